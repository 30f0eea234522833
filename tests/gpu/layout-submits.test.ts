import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OpenDevice, openDevice } from '../../engine/gpu/device.ts';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { createSpeed } from '../../engine/layout/cpu/speed.ts';
import { createGpuRun } from '../../engine/layout/gpu/run.ts';
import { checkSettings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { testGpu } from '../support/gpu.ts';

let opened: OpenDevice;
beforeAll(async () => {
  opened = await openDevice(await testGpu());
});
afterAll(() => opened.dispose());
afterEach(() => vi.restoreAllMocks());

const count = 1500;
const graph = plantedPartition({ nodes: count, edges: 4000, blocks: 5, seed: 1 });

/** Six iterations over all pairs, and the submits that they took, on a GPU that seems to take so many ms for each. */
async function sixIterations(tick: number) {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += tick;
    return now;
  });
  const labels: (string | undefined)[] = [];
  const make = opened.device.createCommandEncoder.bind(opened.device);
  vi.spyOn(opened.device, 'createCommandEncoder').mockImplementation((descriptor) => {
    labels.push(descriptor?.label);
    return make(descriptor);
  });
  const start = { positions: randomStart(count, 1), speed: createSpeed(), iteration: 0 };
  const run = await createGpuRun(opened, graph, start, checkSettings({ repulsion: 'exact' }, count));
  for (let made = 0; made < 6; ) made += await run.advance(6 - made);
  const { positions } = await run.read();
  run.dispose();
  return { positions, labels };
}

describe('a submit', () => {
  it('takes many iterations where they are quick', async () => {
    const { labels } = await sixIterations(0.01);
    // Two, or four where two batches were done before the third was asked for.
    const made = labels.flatMap((label) => /^(\d+) iterations$/.exec(label ?? '')?.[1] ?? []).map(Number);
    expect(made.reduce((sum, each) => sum + each, 0)).toBe(6);
    expect(Math.max(...made)).toBeGreaterThan(1);
  });

  it('takes a part of an iteration where the sum over all pairs is slow, with the same result', async () => {
    const quick = await sixIterations(0.01);
    vi.restoreAllMocks();
    const slow = await sixIterations(50);
    const parts = slow.labels.filter((label) => /^part \d+ of \d+ of an iteration$/.test(label ?? ''));
    expect(parts.length).toBeGreaterThan(6);
    expect(slow.positions).toEqual(quick.positions);
  });
});
