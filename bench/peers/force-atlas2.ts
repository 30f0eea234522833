import iterate from 'graphology-layout-forceatlas2/iterate.js';
import {
  createLayout,
  defaultSettings,
  type ForceAtlas2Settings,
  gephiPlan,
  type PackedGraph,
  type Positions,
  repulsionOf,
} from '../../engine/index.ts';
import { pick, type Start } from './contestant.ts';

/** Ours on one thread, Gephi's defaults. */
export const isthmus =
  (repulsion: 'barnes-hut' | 'multipole'): Start =>
  (graph, start) => {
    const settings = { ...defaultSettings(graph.nodeCount), repulsion };
    const run = createLayout(graph, { plan: gephiPlan(graph, 1, { repulsion }), positions: start });
    const mode = repulsion === 'multipole' ? 'multipole' : `Barnes-Hut, θ ${settings.barnesHutTheta}`;
    return {
      system: 'isthmus (CPU)',
      settings: `ForceAtlas2, Gephi’s defaults, ${mode}`,
      step: () => run.step(1),
      positions: () => run.read(),
      async repulsion(nodes) {
        return repulsionsOf(graph, await run.read(), settings, nodes);
      },
    };
  };

function repulsionsOf(
  graph: PackedGraph,
  positions: Positions,
  settings: ForceAtlas2Settings,
  nodes: readonly number[],
) {
  const of = (repulsion: ForceAtlas2Settings['repulsion']) =>
    pick(repulsionOf(graph, positions, { ...settings, repulsion }), nodes);
  return { approximate: of(settings.repulsion), exact: of('exact') };
}

/** graphology-layout-forceatlas2 with Barnes-Hut on, the rest by default. */
export const graphology =
  (barnesHutTheta: number): Start =>
  (graph, start) => {
    const settings = { ...defaultSettings(graph.nodeCount, 'graphology'), barnesHutTheta };
    const options = {
      linLogMode: false,
      outboundAttractionDistribution: false,
      adjustSizes: false,
      edgeWeightInfluence: 1,
      scalingRatio: settings.scalingRatio,
      strongGravityMode: false,
      gravity: settings.gravity,
      slowDown: 1,
      barnesHutOptimize: true,
      barnesHutTheta,
    };
    const { nodes, edges } = matricesOf(graph, start);
    const positionsNow = () =>
      Float32Array.from({ length: 2 * graph.nodeCount }, (_, k) => nodes[10 * (k >> 1) + (k % 2)]);
    return {
      system: 'graphology-layout-forceatlas2',
      settings: `ForceAtlas2, barnesHutOptimize, θ ${barnesHutTheta}, scalingRatio 1, gravity 1`,
      step: () => iterate(options, nodes, edges),
      positions: positionsNow,
      async repulsion(sample) {
        // One iteration without gravity and edges leaves the repulsion in dx and dy.
        const still = nodes.slice();
        for (let at = 0; at < still.length; at += 10) still.fill(0, at + 2, at + 6);
        iterate({ ...options, gravity: 0 }, still, new Float32Array(0));
        const forces = Float64Array.from({ length: 2 * graph.nodeCount }, (_, k) => still[10 * (k >> 1) + 2 + (k % 2)]);
        return { ...repulsionsOf(graph, positionsNow(), settings, sample), approximate: pick(forces, sample) };
      },
    };
  };

/** The arrays that graphology's worker moves: x, y, dx, dy, old dx, old dy, mass, convergence, size, fixed; source, target, weight. */
function matricesOf(graph: PackedGraph, start: Positions) {
  const nodes = new Float32Array(10 * graph.nodeCount);
  const edges = new Float32Array(3 * graph.edgeCount);
  for (let i = 0; i < graph.nodeCount; i++) {
    nodes.set([start[2 * i], start[2 * i + 1], 0, 0, 0, 0, 1, 1, 1, 0], 10 * i);
  }
  for (let e = 0; e < graph.edgeCount; e++) {
    const [source, target] = [10 * graph.edges[2 * e], 10 * graph.edges[2 * e + 1]];
    edges.set([source, target, 1], 3 * e);
    nodes[source + 6]++;
    nodes[target + 6]++;
  }
  return { nodes, edges };
}
