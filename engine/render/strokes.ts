import type { Buffer, Regl } from 'regl';
import { type EdgeMarks, isApart } from '../map/edge-marks.ts';
import type { Courses } from '../map/great-circles.ts';
import { swing } from '../map/lanes.ts';
import { strokeCorners } from './frame.ts';

/** Strokes on the GPU, one an instance; of strokes along great circles one piece an instance. */
export interface Strokes {
  /** Pairs of nodes; energies in two channels, nonlocal and local. */
  readonly ends: Buffer;
  readonly axis: Buffer;
  readonly energy: Buffer;
  /** Both ends of each piece, layout units; undefined where strokes run between nodes. */
  readonly piece?: Buffer;
  readonly count: number;
}

/** Strokes that are drawn alike: local ones, nonlocal ones that run apart, and those gathered between the nodes of an axis. */
type StrokeKind = 'local' | 'apart' | 'gathered';

/** Sends the strokes of a kind; of marks without courses. */
export function createStrokes(regl: Regl, marks: EdgeMarks, kind: StrokeKind): Strokes {
  const kindOf = (e: number) => (!isApart(marks, e) ? 'gathered' : marks.nonlocal[e] ? 'apart' : 'local');
  const chosen = Uint32Array.from(marks.energy.keys()).filter((e) => kindOf(e) === kind);
  const ends = pairsOf(regl, marks.ends, chosen);
  const axis = kind === 'gathered' ? pairsOf(regl, marks.axes, chosen) : ends;
  return { ends, axis, energy: energiesOf(regl, marks, chosen), count: chosen.length };
}

/** Sends the pieces of strokes along great circles. */
export function createCourses(regl: Regl, marks: EdgeMarks, { starts, pieces }: Courses): Strokes {
  const strokeOf = new Uint32Array(pieces.length / 4);
  for (let e = 0; e < marks.energy.length; e++) strokeOf.fill(e, starts[e], starts[e + 1]);
  const ends = pairsOf(regl, marks.ends, strokeOf);
  const energy = energiesOf(regl, marks, strokeOf);
  return { ends, axis: ends, energy, piece: regl.buffer(pieces), count: strokeOf.length };
}

export function destroyStrokes({ ends, axis, energy, piece }: Strokes): void {
  ends.destroy();
  if (axis !== ends) axis.destroy();
  energy.destroy();
  piece?.destroy();
}

function pairsOf(regl: Regl, values: Uint32Array, chosen: Uint32Array): Buffer {
  return regl.buffer(Float32Array.from({ length: 2 * chosen.length }, (_, k) => values[2 * chosen[k >> 1] + (k % 2)]));
}

function energiesOf(regl: Regl, { energy, nonlocal }: EdgeMarks, chosen: Uint32Array): Buffer {
  const channels = new Float32Array(2 * chosen.length);
  chosen.forEach((e, i) => {
    channels[2 * i + (nonlocal[e] ? 0 : 1)] = energy[e];
  });
  return regl.buffer(channels);
}

/** Where a stroke is cut that swings into a lane: `pieces` times at either end, not between, where it runs straight. */
export function swingCuts(pieces: number): number[] {
  const way = Array.from({ length: pieces + 1 }, (_, k) => (swing * k) / pieces);
  return [...way, ...way.map((share) => 1 - share).reverse()];
}

/** Corners of a stroke in pieces, cut at such shares of its length: a piece's begin and end, then along, side; stride 4. */
export function pieceCorners(cuts: readonly number[]): number[][] {
  const corners = [0, 1, 2, 3, 4, 5].map((i) => strokeCorners.slice(2 * i, 2 * i + 2));
  return cuts.slice(1).flatMap((end, k) => corners.map((corner) => [cuts[k], end, ...corner]));
}
