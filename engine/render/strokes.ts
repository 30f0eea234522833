import type { Buffer, Regl } from 'regl';
import type { EdgeMarks } from '../map/edge-marks.ts';
import { strokeCorners } from './frame.ts';

/** Strokes on the GPU, one an instance. */
export interface Strokes {
  /** Pairs of nodes; energies in two channels, nonlocal and local. */
  readonly ends: Buffer;
  readonly axis: Buffer;
  readonly energy: Buffer;
  readonly count: number;
}

/** Sends the strokes that are gathered between the nodes of an axis, or those that run apart. */
export function createStrokes(regl: Regl, marks: EdgeMarks, which: 'gathered' | 'apart'): Strokes {
  const { ends, axes, energy, nonlocal } = marks;
  const isApart = (e: number) => axes[2 * e] === ends[2 * e] && axes[2 * e + 1] === ends[2 * e + 1];
  const chosen = Uint32Array.from(energy.keys()).filter((e) => isApart(e) === (which === 'apart'));
  const pairs = (values: Uint32Array) =>
    regl.buffer(Float32Array.from({ length: 2 * chosen.length }, (_, k) => values[2 * chosen[k >> 1] + (k % 2)]));
  const channels = new Float32Array(2 * chosen.length);
  chosen.forEach((e, i) => {
    channels[2 * i + (nonlocal[e] ? 0 : 1)] = energy[e];
  });
  const from = pairs(ends);
  const axis = which === 'apart' ? from : pairs(axes);
  return { ends: from, axis, energy: regl.buffer(channels), count: chosen.length };
}

export function destroyStrokes({ ends, axis, energy }: Strokes): void {
  ends.destroy();
  if (axis !== ends) axis.destroy();
  energy.destroy();
}

/** Corners of a stroke in so many pieces of one length: where a piece begins and ends, 0 to 1, then along, side; stride 4. */
export function pieceCorners(pieces: number): number[][] {
  const corners = [0, 1, 2, 3, 4, 5].map((i) => strokeCorners.slice(2 * i, 2 * i + 2));
  return Array.from({ length: pieces }, (_, k) =>
    corners.map((corner) => [k / pieces, (k + 1) / pieces, ...corner]),
  ).flat();
}
