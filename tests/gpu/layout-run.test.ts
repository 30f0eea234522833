import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { mesh, plantedPartition, star } from '../../engine/graph/generators.ts';
import type { PackedGraph, Positions } from '../../engine/graph/packed-graph.ts';
import { energyOf } from '../../engine/layout/energy.ts';
import { createLayout, layout } from '../../engine/layout/layout.ts';
import { gephiPlan, mapPlan } from '../../engine/layout/plan.ts';
import { checkSettings, type ForceAtlas2Settings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { sharedGpu } from '../support/gpu.ts';
import { relativeL2 } from '../support/relative-error.ts';

let gpu: GPU;
beforeAll(async () => {
  gpu = await sharedGpu();
});

/** Random weights and sizes, both with one that is missing or 0, and a hub of many edges. */
function richGraph(): PackedGraph {
  const graph = plantedPartition({ nodes: 300, edges: 1500, blocks: 4, seed: 1 });
  const random = createRandom(2);
  const edges = graph.edges.slice();
  for (let e = 0; e < 400; e++) edges[2 * e + (e % 2)] = 7;
  const weights = Float64Array.from({ length: graph.edgeCount }, (_, e) => (e === 5 ? 0 : 0.1 + 3 * random()));
  const sizes = Float64Array.from({ length: 300 }, () => 1 + 4 * random());
  const column = { kind: 'number', type: 'float' } as const;
  return {
    ...graph,
    edges,
    nodes: [{ ...column, name: 'size', title: 'size', role: 'size', values: sizes }],
    edgeColumns: [{ ...column, name: 'weight', title: 'weight', role: 'weight', values: weights }],
  };
}

/** How far every node moved in so many iterations. */
async function moves(
  graph: PackedGraph,
  settings: Partial<ForceAtlas2Settings>,
  iterations: number,
  device: 'cpu' | 'gpu',
): Promise<{ readonly way: Positions; readonly speed: number; readonly swinging: number; readonly traction: number }> {
  const start = randomStart(graph.nodeCount, 3);
  const plan = [{ name: 'all', settings: checkSettings(settings, graph.nodeCount), iterations }];
  const run = createLayout(graph, { plan, positions: start, gpu, device });
  const { speed, swinging, traction, device: report } = await run.step(iterations);
  expect(report.kind).toBe(device);
  const end = await run.read();
  run.dispose();
  return { way: end.map((coordinate, k) => coordinate - start[k]), speed, swinging, traction };
}

const variants: Partial<ForceAtlas2Settings>[] = [
  {},
  { linLogMode: true },
  { outboundAttractionDistribution: true },
  { strongGravityMode: true, gravity: 0.01 },
  { gravity: 0, scalingRatio: 50 },
  { edgeWeightInfluence: 0 },
  { edgeWeightInfluence: 0.5, normalizeEdgeWeights: true },
  { invertedEdgeWeightsMode: true },
  { adjustSizes: true },
  { adjustSizes: true, linLogMode: true },
  { jitterTolerance: 0.1 },
  { rule: 'graphology' },
  { rule: 'graphology', adjustSizes: true, slowDown: 3 },
  { rule: 'graphology', linLogMode: true, outboundAttractionDistribution: true, strongGravityMode: true },
];

describe('an iteration on the GPU', () => {
  it.each(variants)('moves nodes as the CPU does with %o', async (settings) => {
    const graph = richGraph();
    for (const iterations of [1, 3]) {
      const onCpu = await moves(graph, { repulsion: 'exact', ...settings }, iterations, 'cpu');
      const onGpu = await moves(graph, { repulsion: 'exact', ...settings }, iterations, 'gpu');
      expect(relativeL2(onGpu.way, onCpu.way)).toBeLessThan(1e-3);
      expect(onGpu.speed / onCpu.speed).toBeCloseTo(1, 3);
      expect(onGpu.swinging / onCpu.swinging).toBeCloseTo(1, 3);
      expect(onGpu.traction / onCpu.traction).toBeCloseTo(1, 3);
    }
  });
});

describe('a hub', () => {
  it('is pulled along all of its edges, in however many chunks they come', async () => {
    const graph = star({ leaves: 2500 });
    const settings = { repulsion: 'exact', linLogMode: true } as const;
    const [onCpu, onGpu] = [await moves(graph, settings, 1, 'cpu'), await moves(graph, settings, 1, 'gpu')];
    expect(relativeL2(onGpu.way.subarray(0, 2), onCpu.way.subarray(0, 2))).toBeLessThan(1e-3);
    expect(relativeL2(onGpu.way, onCpu.way)).toBeLessThan(1e-3);
  });
});

describe('a layout on the GPU', () => {
  const graph = plantedPartition({ nodes: 1200, edges: 6000, blocks: 8, seed: 1 });

  it('is the same, bit for bit, in whatever steps it is made, through changes of settings', async () => {
    const plan = [
      { name: 'first', iterations: 7, settings: checkSettings({}, 1200) },
      { name: 'second', iterations: 3, settings: checkSettings({ repulsion: 'exact', linLogMode: true }, 1200) },
      { name: 'third', iterations: 6, settings: checkSettings({ linLogMode: true }, 1200) },
      { name: 'fourth', iterations: 35, settings: checkSettings({ repulsion: 'multipole' }, 1200) },
    ];
    const { positions } = await layout(graph, { plan, seed: 5, gpu, device: 'gpu' });
    const run = createLayout(graph, { plan, seed: 5, gpu, device: 'gpu' });
    const phases: string[] = [];
    for (const iterations of [1, 5, 3, 6, 4, 9, 23]) phases.push((await run.step(iterations)).phase);
    expect(phases).toEqual(['first', 'first', 'second', 'third', 'fourth', 'fourth', 'fourth']);
    expect(await run.read()).toEqual(positions);
    run.dispose();
  });

  it.each([
    ['plain', {}],
    ['LinLog', { linLogMode: true }],
    ['multipole', { repulsion: 'multipole' }],
    ['LinLog, multipole', { linLogMode: true, repulsion: 'multipole' }],
  ] as const)('comes to the energy of the CPU, and falls (%s)', async (_, overrides) => {
    const plan = gephiPlan(graph, 60, overrides);
    const [{ settings }] = plan;
    const energies: number[] = [];
    for (const device of ['cpu', 'gpu'] as const) {
      const onCpu = gephiPlan(graph, 60, { ...overrides, repulsion: 'barnes-hut' });
      const { positions, device: report } = await layout(graph, { plan: device === 'cpu' ? onCpu : plan, gpu, device });
      expect(report.kind).toBe(device);
      expect(report.repulsion).toBe(device === 'cpu' ? undefined : settings.repulsion);
      energies.push(energyOf(graph, positions, settings).total);
    }
    expect(Math.abs(energies[1] / energies[0] - 1)).toBeLessThan(0.01);
    expect(energies[1]).toBeLessThan(energyOf(graph, randomStart(1200, 1), settings).total);
  });

  it.each([
    ['no node', mesh({ columns: 0, rows: 0 })],
    ['one node', mesh({ columns: 1, rows: 1 })],
    ['two nodes', mesh({ columns: 2, rows: 1 })],
    ['isolated nodes', mesh({ columns: 0, rows: 0, isolates: 1100 })],
    ['a star', star({ leaves: 1100 })],
  ])('has finite positions for %s under every rule and plan', async (_, given) => {
    const plans = [
      gephiPlan(given, 25, { repulsion: 'barnes-hut' }),
      gephiPlan(given, 25, { repulsion: 'multipole' }),
      gephiPlan(given, 5, { rule: 'graphology' }),
      gephiPlan(given, 5, { adjustSizes: true, repulsion: 'barnes-hut' }),
      mapPlan(given, 6),
    ];
    for (const plan of plans) {
      const same = new Float32Array(2 * given.nodeCount);
      for (const positions of [undefined, same]) {
        const result = await layout(given, { plan, positions, gpu, device: 'gpu' });
        expect(result.device.kind).toBe('gpu');
        expect(result.positions.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it.each(['cpu', 'gpu'] as const)(
    'has finite positions for negative weights, whatever the rule (%s)',
    async (device) => {
      const rich = richGraph();
      const edgeColumns = rich.edgeColumns.map((column) => ({
        ...column,
        values: Float64Array.from({ length: rich.edgeCount }, (_, e) => (e % 3 === 0 ? -1 : 0.5)),
      })) as PackedGraph['edgeColumns'];
      const graph = { ...rich, edgeColumns };
      for (const rule of ['gephi', 'graphology'] as const) {
        const plan = gephiPlan(graph, 8, { rule, repulsion: 'barnes-hut' });
        const { positions } = await layout(graph, { plan, gpu, device });
        expect(positions.every(Number.isFinite)).toBe(true);
      }
    },
  );
});
