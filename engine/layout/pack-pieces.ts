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
 * all. `spacing` is kept free between pieces and between lone nodes, in layout units.
 */
export function composePieces(
  nodeCount: number,
  pieces: readonly Piece[],
  loners: readonly number[],
  spacing: number,
): Positions {
  const positions = new Float32Array(2 * nodeCount);
  const framed = pieces.map((piece) => ({ piece, frame: frameOf(piece.positions) }));
  framed.sort((a, b) => b.frame.radius - a.frame.radius);
  const discs: Disc[] = framed.map(({ frame }) => ({ x: 0, y: 0, radius: frame.radius + spacing / 2 }));
  packDiscs(discs);
  let reach = 0;
  framed.forEach(({ piece, frame }, k) => {
    const disc = discs[k];
    reach = Math.max(reach, Math.hypot(disc.x, disc.y) + disc.radius);
    piece.nodes.forEach((node, i) => {
      positions[2 * node] = piece.positions[2 * i] - frame.x + disc.x;
      positions[2 * node + 1] = piece.positions[2 * i + 1] - frame.y + disc.y;
    });
  });
  ringInto(positions, loners, reach, spacing);
  return positions;
}

/** A disc that holds all positions, not much larger than the smallest (Ritter 1990). */
function frameOf(positions: Positions): Disc {
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

/** Nodes at even distances on rings outside of a disc, the inner ring full before the next is begun. */
function ringInto(positions: Positions, nodes: readonly number[], reach: number, spacing: number): void {
  let radius = reach === 0 ? 0 : reach + spacing;
  for (let placed = 0; placed < nodes.length; radius += spacing) {
    const room = Math.max(1, Math.floor((2 * Math.PI * radius) / spacing));
    const count = Math.min(room, nodes.length - placed);
    for (let k = 0; k < count; k++, placed++) {
      const angle = Math.PI / 2 - (2 * Math.PI * k) / count;
      positions[2 * nodes[placed]] = radius * Math.cos(angle);
      positions[2 * nodes[placed] + 1] = radius * Math.sin(angle);
    }
  }
}
