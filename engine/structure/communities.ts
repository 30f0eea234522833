import { UndirectedGraph } from 'graphology';
import louvain from 'graphology-communities-louvain';
import { IsthmusError } from '../base/errors.ts';
import { createRandom } from '../base/random.ts';
import type { PackedGraph } from '../graph/packed-graph.ts';

/** How communities are found. */
export interface CommunitiesOptions {
  readonly method?: 'louvain' | undefined;
  /** Seed of the order in which nodes are visited (default 1). */
  readonly seed?: number | undefined;
  /** Above 1 for more and smaller communities, below 1 for fewer (default 1). */
  readonly resolution?: number | undefined;
}

/** A partition of the nodes. */
export interface Communities {
  /** The community of each node; 0 is the largest, ties in order of their first node. */
  readonly of: Uint32Array;
  readonly count: number;
  /** Nodes in each community, falling. */
  readonly sizes: Uint32Array;
  /** Newman's modularity at the resolution asked for, weights counted; 0 for a graph without edges. */
  readonly modularity: number;
}

/**
 * Communities by the Louvain method (Blondel et al. 2008). Edges count by weight and in both directions; self-loops and
 * edges without a positive weight do not count. Nodes without edges are communities of their own.
 *
 * @throws UsageError for a resolution that is not above 0.
 */
export function communities(graph: PackedGraph, options: CommunitiesOptions = {}): Communities {
  const { seed = 1, resolution = 1 } = options;
  if (!(resolution > 0 && resolution < Infinity)) {
    throw new IsthmusError('UsageError', `Communities need a finite resolution above 0, but ${resolution} came.`);
  }
  const found = louvain.detailed(simpleGraph(graph), { rng: createRandom(seed), resolution, getEdgeWeight: 'weight' });
  const labels = Uint32Array.from({ length: graph.nodeCount }, (_, node) => found.communities[node]);
  return { ...bySize(labels), modularity: Number.isNaN(found.modularity) ? 0 : found.modularity };
}

/** For graphology: node i is called by its number, parallel edges are one with the sum of their weights. */
function simpleGraph({ nodeCount, offsets, targets, weights }: PackedGraph): UndirectedGraph {
  const simple = new UndirectedGraph();
  for (let node = 0; node < nodeCount; node++) simple.addNode(String(node));
  const sums = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const row = targets.subarray(offsets[node], offsets[node + 1]);
    row.forEach((target, k) => {
      if (target > node) sums[target] += Math.max(0, weights[offsets[node] + k]);
    });
    for (const target of row) {
      if (sums[target] > 0) simple.addEdge(String(node), String(target), { weight: sums[target] });
      sums[target] = 0;
    }
  }
  return simple;
}

/** Communities renumbered from the largest to the smallest. */
function bySize(labels: Uint32Array): Pick<Communities, 'of' | 'count' | 'sizes'> {
  const members = new Map<number, number>();
  for (const label of labels) members.set(label, (members.get(label) ?? 0) + 1);
  // A Map remembers who came first and sorting is stable, so ties stay in order of their first node.
  const ranked = [...members].sort(([, a], [, b]) => b - a);
  const ranks = new Map(ranked.map(([label], rank) => [label, rank]));
  return {
    of: labels.map((label) => ranks.get(label)!),
    count: ranked.length,
    sizes: Uint32Array.from(ranked, ([, size]) => size),
  };
}
