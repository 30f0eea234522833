import Graph from 'graphology';
import forceAtlas2, { type ForceAtlas2Settings } from 'graphology-layout-forceatlas2';
import { numbersOfRole } from '../../engine/graph/columns.ts';
import type { PackedGraph, Positions } from '../../engine/graph/packed-graph.ts';

/** Positions after that many iterations of graphology-layout-forceatlas2 over all pairs. */
export function graphologyRun(
  graph: PackedGraph,
  start: Positions,
  iterations: number,
  settings: ForceAtlas2Settings,
): Positions {
  const theirs = new Graph({ multi: true });
  const sizes = numbersOfRole(graph.nodes, 'size');
  const weights = numbersOfRole(graph.edgeColumns, 'weight');
  for (let i = 0; i < graph.nodeCount; i++) {
    theirs.addNode(i, { x: start[2 * i], y: start[2 * i + 1], size: sizes?.values[i] ?? 1 });
  }
  for (let e = 0; e < graph.edgeCount; e++) {
    theirs.addEdge(graph.edges[2 * e], graph.edges[2 * e + 1], { weight: weights?.values[e] ?? 1 });
  }
  const places = forceAtlas2(theirs, { iterations, settings: { ...settings, barnesHutOptimize: false } });
  return Float32Array.from({ length: 2 * graph.nodeCount }, (_, k) => places[k >> 1][k % 2 === 0 ? 'x' : 'y']);
}
