import {
  edgeLengthUniformity,
  neighbourhoodPreservation,
  type PackedGraph,
  type Positions,
  stress,
} from '../../engine/index.ts';

/** What can be said of a layout whatever its forces are. */
export interface Quality {
  /** The mean share of a node's neighbours among as many nearest nodes. */
  readonly neighbourhoodPreservation: number | null;
  /** 0 to 1, of distances on the map against steps in the graph, at the best scale. */
  readonly stress: number | null;
  /** Standard deviation over mean of the lengths of edges. */
  readonly edgeLengthUniformity: number | null;
}

export function qualityOf(graph: PackedGraph, positions: Positions): Quality {
  return {
    neighbourhoodPreservation: neighbourhoodPreservation(graph, positions, { nodes: 2000 }).value,
    stress: stress(graph, positions, { pivots: 50 }).value,
    edgeLengthUniformity: edgeLengthUniformity(graph, positions).uniformity,
  };
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
