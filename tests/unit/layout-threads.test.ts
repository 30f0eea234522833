import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { createNodeEngine } from '../../engine/hosts/node-engine.ts';
import { layout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import type { ForceAtlas2Settings } from '../../engine/layout/settings.ts';
import { buildNodeWorker } from '../support/node-worker.ts';

const graph = plantedPartition({ nodes: 4000, edges: 12_000, blocks: 8, seed: 1 });

describe('threads', () => {
  let url = new URL('file:///');
  let remove = async () => {};
  beforeAll(async () => {
    ({ url, remove } = await buildNodeWorker());
  });
  afterAll(() => remove());

  it.each<[string, Partial<ForceAtlas2Settings>]>([
    ['linear attraction', {}],
    ['LinLog', { linLogMode: true }],
    ['sizes', { adjustSizes: true }],
    ['the momentum rule', { rule: 'momentum' }],
  ])('give the same positions, bit for bit, however many there are: %s', async (_, overrides) => {
    const plan = gephiPlan(graph, 60, overrides);
    const alone = await layout(graph, { plan });
    expect(alone.device.name).toBe('CPU, one thread, WASM');
    const engine = createNodeEngine(url);
    for (const threads of [2, 3]) {
      const shared = await engine.layout(graph, { plan, threads });
      expect(shared.device.name).toBe(`CPU, ${threads} threads, WASM`);
      expect(shared.positions).toEqual(alone.positions);
    }
    engine.dispose();
  });

  it('are one where nobody opens more, where the graph is small, and where repulsion is not by multipoles', async () => {
    const engine = createNodeEngine(url);
    const nameOf = async (overrides: Partial<ForceAtlas2Settings>, threads?: number) =>
      (await engine.layout(graph, { plan: gephiPlan(graph, 1, overrides), threads })).device.name;
    expect(await nameOf({})).toBe('CPU, one thread, WASM');
    expect(await nameOf({ repulsion: 'barnes-hut' }, 2)).toBe('CPU, one thread');
    engine.dispose();
    const { device } = await layout(graph, { plan: gephiPlan(graph, 1), threads: 4 });
    expect(device.name).toBe('CPU, one thread, WASM');
    await expect(layout(graph, { threads: 0 })).rejects.toMatchObject({
      name: 'UsageError',
      message: 'Threads are a whole number from 1 to 256, but 0 came.',
    });
  });
});
