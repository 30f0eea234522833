import type { PackedGraph, Positions } from '../../engine/graph/packed-graph.ts';

/**
 * The repulsion of every `stride`th node by the formula, k m_i Σ m_j (x_i − x_j)/d², in float64 over all others, with
 * Gephi's masses: 0, 0 for the nodes between.
 */
export function exactRepulsion(
  graph: PackedGraph,
  positions: Positions,
  scalingRatio: number,
  stride = 1,
): Float64Array {
  const count = graph.nodeCount;
  const mass = new Float64Array(count).fill(1);
  for (const node of graph.edges) mass[node]++;
  const forces = new Float64Array(2 * count);
  for (let i = 0; i < count; i += stride) {
    for (let j = 0; j < count; j++) {
      const dx = positions[2 * i] - positions[2 * j];
      const dy = positions[2 * i + 1] - positions[2 * j + 1];
      const square = dx * dx + dy * dy;
      if (square === 0) continue;
      forces[2 * i] += (scalingRatio * mass[i] * mass[j] * dx) / square;
      forces[2 * i + 1] += (scalingRatio * mass[i] * mass[j] * dy) / square;
    }
  }
  return forces;
}

/** Relative L2 error over all nodes that have a force in `truth`, and the median of their relative errors. */
export function errorsOf(
  forces: ArrayLike<number>,
  truth: Float64Array,
): { readonly l2: number; readonly median: number } {
  const relative: number[] = [];
  let difference = 0;
  let total = 0;
  for (let k = 0; k < truth.length; k += 2) {
    const square = truth[k] ** 2 + truth[k + 1] ** 2;
    if (square === 0) continue;
    const off = (forces[k] - truth[k]) ** 2 + (forces[k + 1] - truth[k + 1]) ** 2;
    relative.push(Math.sqrt(off / square));
    difference += off;
    total += square;
  }
  relative.sort((a, b) => a - b);
  return { l2: total === 0 ? 0 : Math.sqrt(difference / total), median: relative[relative.length >> 1] ?? 0 };
}
