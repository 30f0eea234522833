import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { type OpenDevice, openDevice } from '../../engine/gpu/device.ts';
import { mesh, plantedPartition, powerLaw, star } from '../../engine/graph/generators.ts';
import type { PackedGraph, Positions } from '../../engine/graph/packed-graph.ts';
import { gpuRepulsionOf } from '../../engine/layout/gpu/repulsion-of.ts';
import { layout } from '../../engine/layout/layout.ts';
import { gephiPlan, mapPlan } from '../../engine/layout/plan.ts';
import { repulsionOf } from '../../engine/layout/repulsion.ts';
import { checkSettings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { testGpu } from '../support/gpu.ts';
import { errorsOf, exactRepulsion } from '../support/gpu-layout.ts';
import { relativeL2 } from '../support/relative-error.ts';
import { readSample } from '../support/sample.ts';

let opened: OpenDevice;
beforeAll(async () => {
  opened = await openDevice(await testGpu());
});
afterAll(() => opened.dispose());

const random = createRandom(3);
const two = plantedPartition({ nodes: 3000, edges: 9000, blocks: 10, seed: 1 });
const places: [string, PackedGraph, Positions][] = [
  ['a uniform square', two, randomStart(3000, 1)],
  ['two components far apart', two, randomStart(3000, 1).map((c, k) => (k < 3000 ? c : c + 1e6))],
  ['clumps far below the resolution of a key', two, randomStart(3000, 2).map((c, k) => c * (k % 6 < 2 ? 1e-7 : 1))],
  ['a line', two, randomStart(3000, 3).map((c, k) => (k % 2 === 0 ? c : 7))],
  ['a star', star({ leaves: 5000 }), randomStart(5001, 1)],
  ['a third of the nodes in one place', two, randomStart(3000, 4).map((c, k) => (k % 6 < 2 ? 11 : c))],
  ['all nodes but one in one place', two, randomStart(3000, 4).map((c, k) => (k < 2 ? c : 11))],
  ['an outlier', two, randomStart(3000, 5).map((c, k) => (k < 2 ? 1e9 : c))],
  ['heavy tails', two, randomStart(3000, 6).map((c) => c / (random() + 1e-4))],
  ['a power law', powerLaw({ nodes: 10_000, links: 3, seed: 1 }), randomStart(10_000, 1)],
];

describe.each(['barnes-hut', 'multipole'] as const)('the repulsion by default settings (%s)', (repulsion) => {
  const settings = checkSettings({ repulsion }, 7908);
  const expectAccurate = async (graph: PackedGraph, positions: Positions, stride = 1) => {
    const forces = await gpuRepulsionOf(opened, graph, positions, settings);
    expect(forces.every(Number.isFinite)).toBe(true);
    const { l2, median } = errorsOf(forces, exactRepulsion(graph, positions, settings.scalingRatio, stride));
    expect(l2).toBeLessThan(3e-3);
    expect(median).toBeLessThan(1.5e-2);
  };

  it.each(places)('is right to 0.3 % over %s', (_, graph, positions) => expectAccurate(graph, positions));

  it('is right to 0.3 % over a star of 100,000 leaves', () =>
    expectAccurate(star({ leaves: 100_000 }), randomStart(100_001, 1), 500));

  const plans: [string, (graph: PackedGraph) => ReturnType<typeof gephiPlan>][] = [
    ['plain', (graph) => gephiPlan(graph, 150)],
    ['LinLog', (graph) => gephiPlan(graph, 150, { linLogMode: true })],
    ['as a map', (graph) => mapPlan(graph, 150)],
  ];
  it.each(plans)('is right to 0.3 % over the sample, formed %s', async (_, planOf) => {
    const graph = await readSample();
    const { positions } = await layout(graph, { plan: planOf(graph) });
    await expectAccurate(graph, positions, 4);
  });

  it('is right to 0.3 % over clusters and 2,000 nodes without an edge', async () => {
    const graph = plantedPartition({ nodes: 3000, edges: 12_000, blocks: 10, seed: 1, isolates: 2000 });
    const { positions } = await layout(graph, { plan: gephiPlan(graph, 100) });
    await expectAccurate(graph, positions, 2);
  });

  it.each([1, 2, 3, 7, 8, 9, 255, 256, 257])('is right to 0.3 % for %i nodes', async (nodes) => {
    await expectAccurate(mesh({ columns: 0, rows: 0, isolates: nodes }), randomStart(nodes, nodes));
  });

  it('is the same, bit for bit, each time', async () => {
    const [, graph, positions] = places[9];
    const [first, second] = [
      await gpuRepulsionOf(opened, graph, positions, settings),
      await gpuRepulsionOf(opened, graph, positions, settings),
    ];
    expect(second).toEqual(first);
  });
});

describe('θ', () => {
  it('makes the sum coarser as it grows, exact at 0, and never breaks it', async () => {
    const [, graph, positions] = places[0];
    const truth = exactRepulsion(graph, positions, 2);
    const errors: number[] = [];
    for (const barnesHutTheta of [0, 0.3, 0.6, 1.2, 2]) {
      const forces = await gpuRepulsionOf(
        opened,
        graph,
        positions,
        checkSettings({ repulsion: 'barnes-hut', barnesHutTheta }, 3000),
      );
      errors.push(relativeL2(forces, truth));
    }
    expect(errors[0]).toBeLessThan(1e-5);
    for (let k = 2; k < errors.length; k++) expect(errors[k]).toBeGreaterThan(errors[k - 1]);
    expect(errors[4]).toBeLessThan(0.05);
  });
});

describe('the sum over all pairs', () => {
  it.each([1, 2, 63, 64, 65, 2000])('is that of the CPU for %i nodes', async (nodes) => {
    const settings = checkSettings({ repulsion: 'exact' }, nodes);
    const graph = mesh({ columns: nodes, rows: 1 });
    const positions = randomStart(nodes, nodes);
    const forces = await gpuRepulsionOf(opened, graph, positions, settings);
    const truth = repulsionOf(graph, positions, settings);
    expect(forces.every(Number.isFinite)).toBe(true);
    if (nodes > 1) expect(relativeL2(forces, truth)).toBeLessThan(1e-5);
  });

  it.each(['exact', 'barnes-hut', 'multipole'] as const)('counts sizes as the CPU does (%s)', async (repulsion) => {
    const graph = withSizes(plantedPartition({ nodes: 1500, edges: 6000, blocks: 5, seed: 1 }));
    const settings = checkSettings({ repulsion, adjustSizes: true }, 1500);
    const positions = randomStart(1500, 1);
    const forces = await gpuRepulsionOf(opened, graph, positions, settings);
    const truth = repulsionOf(graph, positions, { ...settings, repulsion: 'exact' });
    // Near the rim the force of a pair has no bound, and float32 rounds the gap.
    expect(relativeL2(forces, truth)).toBeLessThan(5e-3);
  });
});

function withSizes(graph: PackedGraph): PackedGraph {
  const sizes = createRandom(1);
  const values = Float64Array.from({ length: graph.nodeCount }, () => 1 + 20 * sizes());
  return {
    ...graph,
    nodes: [{ kind: 'number', name: 'size', title: 'size', type: 'float', role: 'size', values }],
  };
}
