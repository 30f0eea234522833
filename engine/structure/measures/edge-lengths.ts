import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import { checkPositions, edgeLengths } from './distances.ts';

/** How long edges are; self-loops left out, parallel edges each counted. */
export interface EdgeLengths {
  /** Layout units; null without edges. */
  readonly mean: number | null;
  /** Standard deviation over mean: 0 where all edges are of one length; null without edges or where they have no length. */
  readonly uniformity: number | null;
}

/** Edge-length uniformity σ/mean, σ over all edges. @throws InputError unless there are two finite coordinates a node. */
export function edgeLengthUniformity(graph: PackedGraph, positions: Positions): EdgeLengths {
  checkPositions(graph, positions);
  const lengths = edgeLengths(graph, positions);
  if (lengths.length === 0) return { mean: null, uniformity: null };
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  const variance = lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0) / lengths.length;
  return { mean, uniformity: mean === 0 ? null : Math.sqrt(variance) / mean };
}
