import type { Positions } from '../graph/packed-graph.ts';
import { type Disc, packDiscs } from './pack-discs.ts';

/** A component and where its nodes lie, about any centre. */
export interface Piece {
  /** The node of the whole graph that each of its nodes is. */
  readonly nodes: readonly number[];
  readonly positions: Positions;
}

/**
 * Pieces side by side: the widest in the middle, the others around it, and the nodes without any edge on rings about them
 * all. `spacing` is kept free between pieces and between lone nodes, in layout units. Returns what is to be added to the
 * positions of each piece, and after these the places of the lone nodes: x0, y0, x1, y1, … (stride 2).
 */
export function packPieces(pieces: readonly Positions[], loneCount: number, spacing: number): Float64Array {
  const shifts = new Float64Array(2 * (pieces.length + loneCount));
  const framed = pieces.map((positions, k) => ({ k, frame: frameOf(positions) }));
  framed.sort((a, b) => b.frame.radius - a.frame.radius);
  const discs: Disc[] = framed.map(({ frame }) => ({ x: 0, y: 0, radius: frame.radius + spacing / 2 }));
  packDiscs(discs);
  let reach = 0;
  framed.forEach(({ k, frame }, place) => {
    const disc = discs[place];
    reach = Math.max(reach, Math.hypot(disc.x, disc.y) + disc.radius);
    shifts[2 * k] = disc.x - frame.x;
    shifts[2 * k + 1] = disc.y - frame.y;
  });
  ringInto(shifts.subarray(2 * pieces.length), reach, spacing);
  return shifts;
}

/** The positions of all nodes of the whole graph, each piece shifted as `packPieces` has it. */
export function composePieces(nodeCount: number, pieces: readonly Piece[], shifts: Float64Array): Positions {
  const positions = new Float32Array(2 * nodeCount);
  pieces.forEach((piece, k) => {
    piece.nodes.forEach((node, i) => {
      positions[2 * node] = piece.positions[2 * i] + shifts[2 * k];
      positions[2 * node + 1] = piece.positions[2 * i + 1] + shifts[2 * k + 1];
    });
  });
  return positions;
}

/** A disc that holds all positions, not much larger than the smallest (Ritter 1990). */
export function frameOf(positions: Positions): Disc {
  const a = farthestFrom(positions, positions[0], positions[1]);
  const b = farthestFrom(positions, positions[a], positions[a + 1]);
  let x = (positions[a] + positions[b]) / 2;
  let y = (positions[a + 1] + positions[b + 1]) / 2;
  let radius = Math.hypot(positions[a] - positions[b], positions[a + 1] - positions[b + 1]) / 2;
  for (let k = 0; k < positions.length; k += 2) {
    const distance = Math.hypot(positions[k] - x, positions[k + 1] - y);
    if (distance <= radius) continue;
    const grown = (radius + distance) / 2;
    x += ((positions[k] - x) * (grown - radius)) / distance;
    y += ((positions[k + 1] - y) * (grown - radius)) / distance;
    radius = grown;
  }
  return { x, y, radius };
}

/** Where in the array the position farthest from here begins. */
function farthestFrom(positions: Positions, x: number, y: number): number {
  let farthest = 0;
  let most = -1;
  for (let k = 0; k < positions.length; k += 2) {
    const square = (positions[k] - x) ** 2 + (positions[k + 1] - y) ** 2;
    if (square <= most) continue;
    most = square;
    farthest = k;
  }
  return farthest;
}

/** Places at even distances on rings outside of a disc, stride 2, the inner ring full before the next is begun. */
function ringInto(places: Float64Array, reach: number, spacing: number): void {
  const total = places.length / 2;
  let radius = reach === 0 ? 0 : reach + spacing;
  for (let placed = 0; placed < total; radius += spacing) {
    const room = Math.max(1, Math.floor((2 * Math.PI * radius) / spacing));
    const count = Math.min(room, total - placed);
    for (let k = 0; k < count; k++, placed++) {
      const angle = Math.PI / 2 - (2 * Math.PI * k) / count;
      places[2 * placed] = radius * Math.cos(angle);
      places[2 * placed + 1] = radius * Math.sin(angle);
    }
  }
}
