import type { PackedGraph, Positions } from '../../engine/index.ts';

/** A layout of a system, under way. */
export interface Contestant {
  readonly system: string;
  /** What is set other than by default, and what the defaults that matter are. */
  readonly settings: string;
  /** One whole iteration. */
  step(): unknown;
  positions(): Positions | Promise<Positions>;
  /** What the system's approximation makes of its own repulsion on some nodes, and the exact sums of it: x0, y0, x1, y1, … */
  repulsion(nodes: readonly number[]): Promise<{ readonly approximate: Float64Array; readonly exact: Float64Array }>;
}

/** Starts a system on a graph from these positions. */
export type Start = (graph: PackedGraph, positions: Positions) => Contestant;

/** Picks x and y of some nodes out of those of all. */
export function pick(forces: ArrayLike<number>, nodes: readonly number[]): Float64Array {
  return Float64Array.from({ length: 2 * nodes.length }, (_, k) => forces[2 * nodes[k >> 1] + (k % 2)]);
}

/** Sums a pair force over all others, for some nodes: `push` is the factor of the vector from j to i, by its square. */
export function sumPairs(
  positions: Positions,
  nodes: readonly number[],
  push: (square: number, i: number, j: number) => number,
): Float64Array {
  const forces = new Float64Array(2 * nodes.length);
  for (const [k, i] of nodes.entries()) {
    for (let j = 0; j < positions.length / 2; j++) {
      const dx = positions[2 * i] - positions[2 * j];
      const dy = positions[2 * i + 1] - positions[2 * j + 1];
      const square = dx * dx + dy * dy;
      if (square === 0) continue;
      const factor = push(square, i, j);
      forces[2 * k] += factor * dx;
      forces[2 * k + 1] += factor * dy;
    }
  }
  return forces;
}
