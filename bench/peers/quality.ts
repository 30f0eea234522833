import type { PackedGraph, Positions } from '../../engine/index.ts';

/** The mean over some nodes of the share of a node's neighbours that are among as many nearest nodes of the layout. */
export function neighbourhoodPreservation(graph: PackedGraph, positions: Positions, sample: readonly number[]): number {
  let sum = 0;
  let count = 0;
  const order = Uint32Array.from({ length: graph.nodeCount }, (_, i) => i);
  for (const node of sample) {
    const neighbours = new Set(graph.targets.subarray(graph.offsets[node], graph.offsets[node + 1]));
    neighbours.delete(node);
    if (neighbours.size === 0) continue;
    const squares = Float64Array.from(
      order,
      (i) => (positions[2 * i] - positions[2 * node]) ** 2 + (positions[2 * i + 1] - positions[2 * node + 1]) ** 2,
    );
    const reach = squares.toSorted()[neighbours.size];
    let kept = 0;
    for (const neighbour of neighbours) if (squares[neighbour] <= reach) kept++;
    sum += kept / neighbours.size;
    count++;
  }
  return sum / count;
}

/** How far forces are off: ‖F − F_exact‖ / ‖F_exact‖, and the median of |F − F_exact| / |F_exact|. */
export function errorsOf(
  approximate: Float64Array,
  exact: Float64Array,
): { relativeL2: number; medianRelative: number } {
  let difference = 0;
  let length = 0;
  const relative: number[] = [];
  for (let k = 0; k < exact.length; k += 2) {
    const off = (approximate[k] - exact[k]) ** 2 + (approximate[k + 1] - exact[k + 1]) ** 2;
    const square = exact[k] ** 2 + exact[k + 1] ** 2;
    difference += off;
    length += square;
    relative.push(Math.sqrt(off / square));
  }
  return { relativeL2: Math.sqrt(difference / length), medianRelative: median(relative) };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
