import { describe, expect, it } from 'vitest';
import { IsthmusError } from '../../engine/base/errors.ts';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { layoutInBrowser } from '../../engine/hosts/browser-layout.ts';
import type { RemoteEngine } from '../../engine/hosts/remote.ts';
import { energyOf } from '../../engine/layout/energy.ts';
import { createLayout, layout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';

const graph = plantedPartition({ nodes: 200, edges: 900, blocks: 5, seed: 1 });
const plan = gephiPlan(graph, 300);

/** The engine of a browser that ends as soon as a step goes beyond that iteration. */
function mortalEngine(lastIteration: number): Pick<RemoteEngine, 'createLayout'> {
  return {
    async createLayout(given, options) {
      const run = createLayout(given, { ...options, device: 'cpu' });
      let made = 0;
      return {
        ...run,
        device: { kind: 'gpu', name: 'A GPU', reason: 'A GPU was asked for.' },
        async step(iterations) {
          made += iterations;
          if (made > lastIteration) throw new IsthmusError('DeviceError', 'Chromium ended unexpectedly.');
          const device = { kind: 'gpu', name: 'A GPU', reason: 'A GPU was asked for.' } as const;
          return { ...(await run.step(iterations)), device };
        },
      };
    },
  };
}

const inBrowser = (lastIteration: number, told: number[] = []) =>
  layoutInBrowser(
    { engine: mortalEngine(lastIteration) as RemoteEngine },
    graph,
    { plan, onProgress: ({ done }) => told.push(done) },
    async (...given) => layout(...given),
  );

describe('a layout in a browser', () => {
  it('is the layout, and says where it ran', async () => {
    const result = await inBrowser(300);
    expect(result.positions).toEqual((await layout(graph, { plan })).positions);
    expect(result).toMatchObject({ iterations: 300, seed: 1, plan });
    expect(result.device).toEqual({
      kind: 'gpu',
      name: 'A GPU, in headless Chromium',
      reason: 'A GPU was asked for.',
    });
  });

  it('goes on on the CPU where the browser ends', async () => {
    const told: number[] = [];
    const result = await inBrowser(100, told);
    expect(result.device.kind).toBe('cpu');
    const [, made] = /^Chromium ended unexpectedly\. The layout went on from iteration (\d+) on the CPU\.$/.exec(
      result.device.warning ?? '',
    ) as unknown as [string, string];
    expect(Number(made)).toBeGreaterThan(0);
    expect(Number(made)).toBeLessThanOrEqual(100);
    expect(told.at(-1)).toBe(300);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    const energy = energyOf(graph, result.positions, plan[0].settings).total;
    const expected = energyOf(graph, (await layout(graph, { plan })).positions, plan[0].settings).total;
    expect(Math.abs(energy / expected - 1)).toBeLessThan(0.01);
  });

  it('begins on the CPU where the browser is gone from the start', async () => {
    const result = await inBrowser(0);
    expect(result.device.warning).toBe('Chromium ended unexpectedly. The layout went on from iteration 0 on the CPU.');
    expect(result.positions).toEqual((await layout(graph, { plan })).positions);
  });
});
