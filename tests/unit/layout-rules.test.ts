import { describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { type PackedGraph, type Positions, pack } from '../../engine/graph/packed-graph.ts';
import { createLayout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import type { ForceAtlas2Settings } from '../../engine/layout/settings.ts';
import { type ReferenceSettings, referenceNodes, referenceStep } from '../support/forceatlas2.ts';
import { graphologyRun } from '../support/graphology.ts';
import { relativeL2 } from '../support/relative-error.ts';

const nodeCount = 120;

/** A graph with weights, sizes, hubs, a pair of parallel edges and one isolated node, and a state for it. */
function example(): { graph: PackedGraph; start: Positions; weights: Float64Array; sizes: Float64Array } {
  const random = createRandom(5);
  const pick = (count: number) => Math.floor(random() * count);
  const ends: number[] = [0, 1, 0, 1];
  while (ends.length < 800) {
    const source = pick(random() < 0.4 ? 5 : nodeCount - 1);
    const target = pick(nodeCount - 1);
    if (source !== target) ends.push(source, target);
  }
  const weights = Float64Array.from({ length: ends.length / 2 }, () => Math.fround(0.1 + 3 * random()));
  weights[7] = 0;
  const sizes = Float64Array.from({ length: nodeCount }, () => Math.fround(1 + 4 * random()));
  const column = { kind: 'number' as const, type: 'float' };
  const graph = pack({
    ids: Array.from({ length: nodeCount }, (_, i) => String(i)),
    edges: Uint32Array.from(ends),
    nodes: [{ ...column, name: 'size', title: 'size', role: 'size', values: sizes }],
    edgeColumns: [{ ...column, name: 'weight', title: 'weight', role: 'weight', values: weights }],
  });
  const start = Float32Array.from({ length: 2 * nodeCount }, () => 200 * (random() - 0.5));
  return { graph, start, weights, sizes };
}

async function run(
  graph: PackedGraph,
  start: Positions,
  iterations: number,
  settings: Partial<ForceAtlas2Settings>,
): Promise<Positions> {
  const layout = createLayout(graph, { plan: gephiPlan(graph, iterations, settings), positions: start });
  await layout.step(iterations);
  return layout.read();
}

const cases: Record<string, Partial<ReferenceSettings>> = {
  linear: {},
  LinLog: { linLogMode: true },
  'dissuade hubs': { outboundAttractionDistribution: true },
  'LinLog, dissuade hubs': { linLogMode: true, outboundAttractionDistribution: true },
  'strong gravity': { strongGravityMode: true, gravity: 0.3 },
  'no gravity, weak repulsion': { gravity: 0, scalingRatio: 0.5 },
  'δ 0': { edgeWeightInfluence: 0 },
  'δ 0.5': { edgeWeightInfluence: 0.5 },
  'inverted weights': { invertedEdgeWeightsMode: true },
  'normalised weights': { normalizeEdgeWeights: true },
  'inverted and normalised weights, δ 0.5': {
    invertedEdgeWeightsMode: true,
    normalizeEdgeWeights: true,
    edgeWeightInfluence: 0.5,
  },
  adjustSizes: { adjustSizes: true },
  'adjustSizes, LinLog': { adjustSizes: true, linLogMode: true },
  'adjustSizes, dissuade hubs': { adjustSizes: true, outboundAttractionDistribution: true },
  'jitter tolerance': { jitterTolerance: 0.2 },
};

describe.each(Object.entries(cases))("Gephi's rule, %s", (_, given) => {
  it.each([1, 6])('gives the positions of the formulas after %i iterations', async (iterations) => {
    const { graph, start, weights, sizes } = example();
    const settings: ReferenceSettings = {
      scalingRatio: 2,
      gravity: 1,
      strongGravityMode: false,
      linLogMode: false,
      outboundAttractionDistribution: false,
      adjustSizes: false,
      edgeWeightInfluence: 1,
      normalizeEdgeWeights: false,
      invertedEdgeWeightsMode: false,
      jitterTolerance: 1,
      ...given,
    };
    const edges = Array.from(weights, (weight, e) => ({
      source: graph.edges[2 * e],
      target: graph.edges[2 * e + 1],
      weight,
    }));
    const nodes = referenceNodes(start, sizes, edges);
    const pace = { speed: 1, efficiency: 1 };
    for (let k = 0; k < iterations; k++) referenceStep(nodes, edges, settings, pace);
    const positions = await run(graph, start, iterations, { repulsion: 'exact', ...settings });
    const moved = nodes.flatMap(({ x, y }, i) => [x - start[2 * i], y - start[2 * i + 1]]);
    expect(Math.hypot(...moved)).toBeGreaterThan(1);
    const ours = positions.map((coordinate, k) => coordinate - start[k]);
    expect(relativeL2(ours, moved)).toBeLessThan(1e-4);
  });
});

const graphologyCases: Record<string, Partial<ForceAtlas2Settings>> = {
  linear: {},
  LinLog: { linLogMode: true },
  'outbound attraction distribution': { outboundAttractionDistribution: true },
  'strong gravity, slowed down': { strongGravityMode: true, gravity: 0.05, scalingRatio: 10, slowDown: 5 },
  'δ 0.5': { edgeWeightInfluence: 0.5 },
  adjustSizes: { adjustSizes: true },
};

describe.each(Object.entries(graphologyCases))("graphology's rule, %s", (_, given) => {
  it.each([1, 3])('gives the positions of graphology-layout-forceatlas2 after %i iterations', async (iterations) => {
    const { graph, start } = example();
    const theirs = graphologyRun(graph, start, iterations, given);
    const ours = await run(graph, start, iterations, { rule: 'graphology', repulsion: 'exact', ...given });
    expect(relativeL2(theirs, start)).toBeGreaterThan(1e-3);
    // graphology keeps forces and positions in float32, whose rounding the iterations enlarge.
    const moves = (positions: Positions) => positions.map((coordinate, k) => coordinate - start[k]);
    expect(relativeL2(moves(ours), moves(theirs))).toBeLessThan(1e-4);
  });
});
