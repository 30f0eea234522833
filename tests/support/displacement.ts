import type { Positions } from '../../engine/graph/packed-graph.ts';

export function placeOf(positions: Positions, node: number): readonly [number, number] {
  return [positions[2 * node], positions[2 * node + 1]];
}

/** The larger side of the box around all. */
export function widthOf(positions: Positions): number {
  const extent = (axis: number) => {
    const values = positions.filter((_, k) => k % 2 === axis);
    return (
      values.reduce((most, value) => Math.max(most, value)) - values.reduce((least, value) => Math.min(least, value))
    );
  };
  return Math.max(extent(0), extent(1));
}

/** How far each node of `before` has moved; `rowOf` says which it is in `after`. */
export function displacements(before: Positions, after: Positions, rowOf = (node: number): number => node): number[] {
  return Array.from({ length: before.length / 2 }, (_, node) =>
    Math.hypot(after[2 * rowOf(node)] - before[2 * node], after[2 * rowOf(node) + 1] - before[2 * node + 1]),
  );
}

export function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
