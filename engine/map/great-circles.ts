import { earthBox, fromSphere, toSphere } from '../base/mercator.ts';
import type { Positions } from '../graph/packed-graph.ts';
import { pullAt, swayOf } from './lanes.ts';

/** Where strokes run that are no straight lines between two nodes: straight pieces, one stroke after the other. */
export interface Courses {
  /** One more than there are strokes: the pieces of stroke e are those from starts[e] to starts[e + 1]. */
  readonly starts: Uint32Array;
  /** Both ends of each piece, stride 4, layout units; a piece begins where the one before ends, but at the map's border. */
  readonly pieces: Float32Array;
}

type Vector = readonly [x: number, y: number, z: number];
type Place = readonly [x: number, y: number];

/** Radians of a great circle that a piece covers on the equator; nearer to the poles, where it bends more, fewer. */
const pieceAngle = Math.PI / 90;
const mostPieces = 180;
/** A stroke that swings into a lane has at least so many. */
const lanePieces = 16;

const half = earthBox.maxX;

/**
 * Strokes along great circles, the shortest ways on the Earth, of a geographic map. Where one crosses 180° it leaves the map
 * on one side and comes back on the other; what of it lies beyond Web Mercator's end is left out. The strokes of a bridge
 * swing into a lane as `strokePath` has it, the lane being a great circle too.
 *
 * @param ends node indices of each stroke, stride 2
 * @param axes the same of its lane
 */
export function greatCircles(ends: Uint32Array, axes: Uint32Array, positions: Positions, bundling: number): Courses {
  const starts = new Uint32Array(ends.length / 2 + 1);
  const pieces: number[] = [];
  const placeOf = (node: number): Place => [positions[2 * node], positions[2 * node + 1]];
  for (let e = 0; e < starts.length - 1; e++) {
    const [source, target, from, to] = [ends[2 * e], ends[2 * e + 1], axes[2 * e], axes[2 * e + 1]].map(placeOf);
    const isApart = bundling === 0 || (ends[2 * e] === axes[2 * e] && ends[2 * e + 1] === axes[2 * e + 1]);
    const way = arc(toSphere(...source), toSphere(...target));
    const lane = isApart ? way : arc(toSphere(...from), toSphere(...to));
    const count = Math.max(isApart ? 1 : lanePieces, piecesOf(way));
    const pointAt = isApart ? way.at : gathered(way, lane, bundling);
    let before = source;
    for (let k = 1; k <= count; k++) {
      // A stroke meets its nodes without a rounding error.
      const next = k === count ? target : fromSphere(...pointAt(k / count));
      addPiece(pieces, before, next);
      before = next;
    }
    starts[e + 1] = pieces.length / 4;
  }
  return { starts, pieces: Float32Array.from(pieces) };
}

/** The lines of a stroke, x, y, … in layout units: one, or two where it crosses 180°. */
export function linesOfCourse({ starts, pieces }: Courses, e: number): Float32Array[] {
  const lines: number[][] = [];
  for (let k = 4 * starts[e]; k < 4 * starts[e + 1]; k += 4) {
    const [x0, y0, x1, y1] = pieces.subarray(k, k + 4);
    const line = lines.at(-1);
    if (line !== undefined && line[line.length - 2] === x0 && line[line.length - 1] === y0) line.push(x1, y1);
    else lines.push([x0, y0, x1, y1]);
  }
  return lines.map((points) => Float32Array.from(points));
}

/** Those strokes alone, in that order. */
export function selectCourses({ starts, pieces }: Courses, chosen: Uint32Array): Courses {
  const kept = new Uint32Array(chosen.length + 1);
  chosen.forEach((e, i) => {
    kept[i + 1] = kept[i] + starts[e + 1] - starts[e];
  });
  const values = new Float32Array(4 * kept[chosen.length]);
  chosen.forEach((e, i) => {
    values.set(pieces.subarray(4 * starts[e], 4 * starts[e + 1]), 4 * kept[i]);
  });
  return { starts: kept, pieces: values };
}

/** The shorter part of the great circle through two places. */
interface Arc {
  readonly from: Vector;
  readonly to: Vector;
  /** Radians, 0 to π. */
  readonly angle: number;
  at(along: number): Vector;
}

function arc(from: Vector, to: Vector): Arc {
  const cosine = dot(from, to);
  // What of `to` is square to `from`; between two ends of the Earth any way is as short: that over the north pole.
  let side = mix(to, from, 1, -cosine);
  if (Math.hypot(...side) < 1e-9) side = mix([0, 0, 1], from, 1, -from[2]);
  const length = Math.hypot(...side);
  const angle = Math.atan2(dot(side, to) / (length || 1), cosine);
  const at = (along: number): Vector =>
    mix(from, side, Math.cos(angle * along), length === 0 ? 0 : Math.sin(angle * along) / length);
  return { from, to, angle, at };
}

/** The way drawn towards the lane, for places on the Earth in between: of any length. */
function gathered(way: Arc, lane: Arc, bundling: number): (along: number) => Vector {
  const aside = Math.max(arc(way.from, lane.from).angle, arc(way.to, lane.to).angle);
  const sway = swayOf(bundling, lane.angle, aside);
  return (along) => {
    const share = sway * pullAt(along);
    return mix(way.at(along), lane.at(along), 1 - share, share);
  };
}

/** So many that no corner is seen: on the map a great circle turns by the sine of the latitude for each radian. */
function piecesOf({ from, to, angle, at }: Arc): number {
  const nearPole = Math.min(...[from, at(0.5), to].map(([x, y]) => Math.hypot(x, y)));
  return Math.min(mostPieces, Math.max(1, Math.ceil(angle / (pieceAngle * Math.max(nearPole, 0.01)))));
}

/** Adds the straight piece between two places, in two where it crosses 180°, none where it lies on the map's border. */
function addPiece(pieces: number[], [x0, y0]: Place, [x1, y1]: Place): void {
  if (Math.abs(y0) >= half && Math.abs(y1) >= half) return;
  if (Math.abs(x1 - x0) <= half) {
    pieces.push(x0, y0, x1, y1);
    return;
  }
  const border = x0 > 0 ? half : -half;
  const beyond = x1 + 2 * border;
  const y = y0 + ((border - x0) / (beyond - x0)) * (y1 - y0);
  if (x0 !== border) pieces.push(x0, y0, border, y);
  if (x1 !== -border) pieces.push(-border, y, x1, y1);
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function mix(a: Vector, b: Vector, shareA: number, shareB: number): Vector {
  return [shareA * a[0] + shareB * b[0], shareA * a[1] + shareB * b[1], shareA * a[2] + shareB * b[2]];
}
