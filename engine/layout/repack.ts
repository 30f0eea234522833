import type { ComponentGraph } from '../graph/components.ts';
import type { Positions } from '../graph/packed-graph.ts';
import { frameOf, packPieces } from './pack-pieces.ts';

/** Where the components of a changed graph go on from. */
export interface Repacking {
  /** What is added to the positions of each, in its own frame: x0, y0, x1, y1, … (stride 2). */
  readonly shifts: Float64Array;
  /** The positions of each in its own frame; undefined where all its nodes are new. */
  readonly starts: readonly (Positions | undefined)[];
}

/**
 * Components of a changed graph. One that goes on from a component of before keeps its frame, so that nothing of it moves:
 * the largest one, where several do, and the frame of most of its nodes, where it is joined of several. What has no frame,
 * broken off or new, goes around the rest. `origins` as in `Standing`.
 */
export function repack(
  parts: readonly ComponentGraph[],
  positions: Positions,
  origins: Float64Array,
  spacing: number,
): Repacking {
  const shifts = new Float64Array(2 * parts.length);
  const taken = new Set<string>();
  const still: number[] = [];
  const free: number[] = [];
  const starts = parts.map(({ nodes }, k) => {
    const node = nodeOfMost(nodes, origins);
    if (node !== undefined && !taken.has(frameName(origins, node))) {
      taken.add(frameName(origins, node));
      shifts.set(origins.subarray(2 * node, 2 * node + 2), 2 * k);
      for (const each of nodes) still.push(positions[2 * each], positions[2 * each + 1]);
      return about(positions, nodes, shifts[2 * k], shifts[2 * k + 1]);
    }
    free.push(k);
    if (node === undefined) return undefined;
    const { x, y } = frameOf(about(positions, nodes, 0, 0));
    return about(positions, nodes, x, y);
  });
  if (free.length === 0) return { shifts, starts };
  const { x, y, radius } = still.length > 0 ? frameOf(Float32Array.from(still)) : { x: 0, y: 0, radius: 0 };
  const pieces = free.filter((k) => parts[k].nodes.length > 1);
  const lone = free.filter((k) => parts[k].nodes.length === 1);
  const outlines = pieces.map((k) => starts[k] ?? outlineOf(spacing * Math.sqrt(parts[k].nodes.length)));
  const packed = packPieces([outlineOf(radius), ...outlines], lone.length, spacing);
  [...pieces, ...lone].forEach((k, place) => {
    shifts[2 * k] = packed[2 * place + 2] - packed[0] + x;
    shifts[2 * k + 1] = packed[2 * place + 3] - packed[1] + y;
  });
  return { shifts, starts };
}

/** A node whose frame is that of most of them, or undefined where all are new. */
function nodeOfMost(nodes: readonly number[], origins: Float64Array): number | undefined {
  const counts = new Map<string, number>();
  let best: number | undefined;
  let most = 0;
  for (const node of nodes) {
    if (Number.isNaN(origins[2 * node])) continue;
    const frame = frameName(origins, node);
    const count = (counts.get(frame) ?? 0) + 1;
    counts.set(frame, count);
    if (count <= most) continue;
    most = count;
    best = node;
  }
  return best;
}

/** No two components have the same frame, since they lie apart. */
function frameName(origins: Float64Array, node: number): string {
  return `${origins[2 * node]} ${origins[2 * node + 1]}`;
}

function about(positions: Positions, nodes: readonly number[], x: number, y: number): Positions {
  return Float32Array.from({ length: 2 * nodes.length }, (_, k) =>
    k % 2 === 0 ? positions[2 * nodes[k >> 1]] - x : positions[2 * nodes[k >> 1] + 1] - y,
  );
}

/** Four places that stand for all in a disc about the origin. */
function outlineOf(radius: number): Positions {
  return Float32Array.of(radius, 0, -radius, 0, 0, radius, 0, -radius);
}
