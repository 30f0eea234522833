import { describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { componentsOf } from '../../engine/graph/components.ts';
import { extendGraph, keptNodes, removeNodes } from '../../engine/graph/edit.ts';
import { mesh, plantedPartition } from '../../engine/graph/generators.ts';
import { type PackedGraph, pack } from '../../engine/graph/packed-graph.ts';
import { createLayout, type Layout, layout } from '../../engine/layout/layout.ts';
import { gephiPlan, mapPlan } from '../../engine/layout/plan.ts';
import { displacements, medianOf, placeOf, widthOf } from '../support/displacement.ts';
import { readSample } from '../support/sample.ts';

/** The graph with so many nodes more, each with links to three of its own. */
function grown(graph: PackedGraph, count: number): PackedGraph {
  const random = createRandom(5);
  const nodes = Array.from({ length: count }, (_, k) => `new ${k}`);
  const pick = () => graph.ids[Math.floor(random() * graph.nodeCount)];
  return extendGraph(graph, { nodes, edges: nodes.flatMap((id) => [0, 1, 2].map(() => [id, pick()] as const)) });
}

/** Changes the graph under way, lays it out to rest, and says how far nodes that were there moved, in widths of the map. */
async function changed(run: Layout, before: PackedGraph, after: PackedGraph, iterations = 1000) {
  const places = await run.read();
  const kept = keptNodes(before, after);
  await run.change(after, kept);
  const begun = await run.read();
  const step = await run.step(iterations);
  const positions = await run.read();
  const stayed = [...kept.keys()].filter((node) => kept[node] >= 0);
  const width = widthOf(places);
  const moved = stayed.map((node) => {
    const [x, y] = placeOf(places, kept[node]);
    return Math.hypot(positions[2 * node] - x, positions[2 * node + 1] - y) / width;
  });
  return { places, begun, positions, step, kept, stayed, moved, width };
}

function middleOf(positions: Float32Array, isIn: (node: number) => boolean): readonly [number, number] {
  const nodes = Array.from({ length: positions.length / 2 }, (_, node) => node).filter(isIn);
  const mean = (axis: number) => nodes.reduce((sum, node) => sum + positions[2 * node + axis], 0) / nodes.length;
  return [mean(0), mean(1)];
}

describe('a layout of a changed graph', () => {
  it('keeps the sample in place where 100 nodes with three links each are added', async () => {
    const sample = await readSample();
    const run = createLayout(sample, { plan: mapPlan(sample) });
    expect((await run.step(2000)).stopped).toBe('converged');
    const { step, moved, positions, width } = await changed(run, sample, grown(sample, 100), 2000);
    expect(step.stopped).toBe('converged');
    expect(medianOf(moved)).toBeLessThan(0.02);
    expect(positions.length).toBe(2 * 8008);
    expect(Math.abs(widthOf(positions) / width - 1)).toBeLessThan(0.1);
  }, 60_000);

  const graph = plantedPartition({ nodes: 400, edges: 1600, blocks: 4, seed: 1 });

  it.each([
    ['momentum', gephiPlan(graph)],
    ['gephi', gephiPlan(graph, 300, { rule: 'gephi' })],
    ['graphology', gephiPlan(graph, 300, { rule: 'graphology' })],
  ])('goes on from where it stood under the rule of %s, with new nodes beside their neighbours', async (_, plan) => {
    const run = createLayout(graph, { plan });
    const before = await run.step(300);
    const after = grown(graph, 10);
    const { begun, places, kept, stayed, moved, step } = await changed(run, graph, after, 40);
    for (const node of stayed) expect(placeOf(begun, node)).toEqual(placeOf(places, kept[node]));
    for (let node = 400; node < 410; node++) {
      const ends = [...after.targets.subarray(after.offsets[node], after.offsets[node + 1])];
      const mean = [0, 1].map((axis) => ends.reduce((sum, end) => sum + begun[2 * end + axis], 0) / ends.length);
      const away = Math.hypot(begun[2 * node] - mean[0], begun[2 * node + 1] - mean[1]);
      expect(away).toBeGreaterThan(0);
      expect(away / widthOf(places)).toBeLessThan(0.1);
    }
    expect(step.iteration).toBe(before.iteration + 40);
    expect(medianOf(moved)).toBeLessThan(0.02);
  });

  it('is that of the smaller graph, bit for bit, where nodes and their edges are removed', async () => {
    const plan = gephiPlan(graph, 60, { rule: 'graphology' });
    const run = createLayout(graph, { plan });
    await run.step(30);
    const less = removeNodes(graph, [0, 399]);
    const { begun, positions } = await changed(run, graph, less, 10);
    const fresh = createLayout(less, { plan, positions: begun });
    await fresh.step(10);
    expect(positions).toEqual(await fresh.read());
  });

  it('keeps components where they are; what is new goes around them, what is joined lies as one', async () => {
    const apart = plantedPartition({ nodes: 160, edges: 900, blocks: 4, mixing: 0, seed: 1, isolates: 6 });
    const run = createLayout(apart);
    await run.step(1000);
    const withMore = extendGraph(apart, { nodes: ['p', 'q', 'alone'], edges: [['p', 'q']] });
    const more = await changed(run, apart, withMore);
    expect(Math.max(...more.moved)).toBeLessThan(0.05);
    const rim = Math.max(...more.stayed.map((node) => Math.hypot(...placeOf(more.places, node))));
    for (const node of [166, 167, 168]) expect(Math.hypot(...placeOf(more.positions, node))).toBeGreaterThan(0.9 * rim);

    const { of } = componentsOf(withMore);
    const other = of.findIndex((component) => component !== of[0]);
    const joined = extendGraph(withMore, {
      edges: [...of.keys()].filter((i) => of[i] === of[other]).map((i) => [withMore.ids[0], withMore.ids[i]] as const),
    });
    const together = await changed(run, withMore, joined);
    const gap = (positions: Float32Array) => {
      const [a, b] = [of[0], of[other]].map((component) => middleOf(positions, (node) => of[node] === component));
      return Math.hypot(a[0] - b[0], a[1] - b[1]);
    };
    // As far from each other as they come to lie in a layout from the beginning.
    const { positions } = await layout(joined);
    expect(Math.abs(gap(together.positions) / gap(positions) - 1)).toBeLessThan(0.2);
    const others = together.moved.filter((_, k) => of[k] !== of[0] && of[k] !== of[other]);
    expect(Math.max(...others)).toBeLessThan(0.05);
  });

  it('puts what broke off a component outside, and leaves the larger part in place', async () => {
    const path = mesh({ columns: 30, rows: 1 });
    const run = createLayout(path);
    await run.step(1000);
    const { begun, places, kept } = await changed(run, path, removeNodes(path, [9]), 0);
    for (let node = 9; node < 29; node++) expect(placeOf(begun, node)).toEqual(placeOf(places, kept[node]));
    const [x, y] = middleOf(begun, (node) => node >= 9);
    const distances = Array.from({ length: 29 }, (_, node) => Math.hypot(begun[2 * node] - x, begun[2 * node + 1] - y));
    expect(Math.min(...distances.slice(0, 9))).toBeGreaterThan(Math.max(...distances.slice(9)));
  });

  it('begins with nothing, and takes all away', async () => {
    const nothing = pack({ ids: [], edges: new Uint32Array(0) });
    const run = createLayout(nothing);
    await run.change(graph, new Int32Array(400).fill(-1));
    expect((await run.step(1000)).stopped).toBe('converged');
    expect((await run.read()).every(Number.isFinite)).toBe(true);
    await run.change(nothing, new Int32Array(0));
    await run.step(10);
    expect(await run.read()).toEqual(new Float32Array(0));
  });

  it('still holds what was held, and takes turns with steps', async () => {
    const run = createLayout(graph, { plan: gephiPlan(graph, 100, { rule: 'gephi' }) });
    await run.step(5);
    await run.hold(new Map([[399, [300, 200]]]));
    const after = removeNodes(graph, [0]);
    const [before, , later] = await Promise.all([
      run.step(50),
      run.change(after, keptNodes(graph, after)),
      run.step(10),
    ]);
    expect([before.iteration, later.iteration]).toEqual([55, 65]);
    expect(placeOf(await run.read(), 398)).toEqual([300, 200]);
  });

  it('refuses nodes that go on from none that there was, or from one twice', async () => {
    const run = createLayout(graph);
    await expect(run.change(graph, new Int32Array(3))).rejects.toThrow(
      'The changed graph has 400 nodes, but where they come from is said of 3.',
    );
    await expect(run.change(graph, new Int32Array(400).fill(400))).rejects.toThrow('from node 400');
    await expect(run.change(graph, new Int32Array(400).fill(7))).rejects.toThrow(
      'Two nodes of the changed graph are to go on from node 7.',
    );
    expect(displacements(await run.read(), await run.read()).every((way) => way === 0)).toBe(true);
  });
});
