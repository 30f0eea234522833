import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantedPartition } from '../../engine/graph/generators.ts';
import type { PackedGraph } from '../../engine/graph/packed-graph.ts';
import { energyOf } from '../../engine/layout/energy.ts';
import { layout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import type { Repulsion } from '../../engine/layout/settings.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { readSample } from '../support/sample.ts';
import type { LayoutPage, Outcome } from './page/layout.ts';

type InPage = typeof globalThis & { readonly layouts: LayoutPage };

let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser({ webgpu: true });
  page = await browser.open('tests/gpu/page/layout.html');
});
afterAll(() => browser.close());

/** The energy in the page over that of the CPU after as many iterations from the same start. */
async function energyRatio(graph: PackedGraph, { positions }: Outcome, iterations: number, repulsion: Repulsion) {
  const plan = gephiPlan(graph, iterations, { repulsion });
  const onCpu = await layout(graph, { plan });
  const energy = energyOf(graph, Float32Array.from(positions), plan[0].settings).total;
  return energy / energyOf(graph, onCpu.positions, plan[0].settings).total;
}

const small = { nodes: 300, edges: 1200, blocks: 5, seed: 1 };
/** Too large for all pairs to be the cheapest way. */
const large = { nodes: 3000, edges: 12_000, blocks: 20, seed: 1 };
/** Of the sample: what two cores that play the GPU can make in some seconds. */
const sampleIterations = 30;

describe('a layout in a page', () => {
  it.each([
    ['exact', small, 150],
    ['barnes-hut', large, 25],
    ['multipole', large, 25],
  ] as const)('comes to the energy of the CPU (%s)', async (repulsion, graph, iterations) => {
    const result = await page.evaluate(
      (...given) => (globalThis as InPage).layouts.layOut(...given),
      ...([graph, iterations, repulsion] as const),
    );
    expect(result.device).toMatchObject({ kind: 'gpu' });
    expect(result.device.warning).toBeUndefined();
    const ratio = await energyRatio(plantedPartition(graph), result, iterations, repulsion);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.01);
  });

  it('lays out the sample to the energy that the CPU has after as many iterations', async () => {
    const result = await page.evaluate(
      (iterations) => (globalThis as InPage).layouts.layOut('sample', iterations, 'barnes-hut'),
      sampleIterations,
    );
    expect(result.device).toMatchObject({ kind: 'gpu' });
    const ratio = await energyRatio(await readSample(), result, sampleIterations, 'barnes-hut');
    expect(Math.abs(ratio - 1)).toBeLessThan(0.01);
  });

  it('outlives the loss of the GPU at iteration 100 of 500', async () => {
    const result = await page.evaluate((given) => (globalThis as InPage).layouts.loseAt100(given, 500), small);
    expect(result.before.device.kind).toBe('gpu');
    expect(result.after).toMatchObject({ iteration: 500, device: { kind: 'gpu' } });
    expect(result.after.device.warning).toMatch(/went on from iteration 100 on the GPU, opened anew\.$/);
    expect(Math.abs((await energyRatio(plantedPartition(small), result, 500, 'exact')) - 1)).toBeLessThan(0.01);
  });
});
