import { UndirectedGraph } from 'graphology';
import graphologyLouvain from 'graphology-communities-louvain';
import type { Level } from './level.ts';

/** Communities by the Louvain method (Blondel et al. 2008) of graphology: the community of each node. */
export function louvain(level: Level, resolution: number, random: () => number): Uint32Array {
  const found = graphologyLouvain(simpleGraph(level), { rng: random, resolution, getEdgeWeight: 'weight' });
  return Uint32Array.from({ length: level.nodeCount }, (_, node) => found[node]);
}

/** For graphology: node i is called by its number, parallel edges are one with the sum of their weights. */
function simpleGraph({ nodeCount, offsets, targets, weights }: Level): UndirectedGraph {
  const simple = new UndirectedGraph();
  for (let node = 0; node < nodeCount; node++) simple.addNode(String(node));
  const sums = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const row = targets.subarray(offsets[node], offsets[node + 1]);
    row.forEach((target, k) => {
      if (target > node) sums[target] += weights[offsets[node] + k];
    });
    for (const target of row) {
      if (sums[target] > 0) simple.addEdge(String(node), String(target), { weight: sums[target] });
      sums[target] = 0;
    }
  }
  return simple;
}
