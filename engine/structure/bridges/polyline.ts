import type { Point } from './geometry.ts';

/** Length of a polyline x0, y0, x1, y1, …. */
export function lengthOf(path: Float32Array): number {
  let length = 0;
  for (let i = 2; i < path.length; i += 2) length += Math.hypot(path[i] - path[i - 2], path[i + 1] - path[i - 1]);
  return length;
}

/** The point so far along a polyline. */
export function pointAlong(path: Float32Array, distance: number): Point {
  let rest = Math.max(0, distance);
  for (let i = 2; i < path.length; i += 2) {
    const dx = path[i] - path[i - 2];
    const dy = path[i + 1] - path[i - 1];
    const length = Math.hypot(dx, dy);
    if (rest <= length && length > 0) {
      return { x: path[i - 2] + (dx * rest) / length, y: path[i - 1] + (dy * rest) / length };
    }
    rest -= length;
  }
  return { x: path[path.length - 2], y: path[path.length - 1] };
}

/** The nearest point of a polyline: how far along it lies, and how far away. */
export function nearestOn(path: Float32Array, { x, y }: Point): { readonly along: number; readonly away: number } {
  let along = 0;
  let best = { along: 0, away: Math.hypot(x - path[0], y - path[1]) };
  for (let i = 2; i < path.length; i += 2) {
    const dx = path[i] - path[i - 2];
    const dy = path[i + 1] - path[i - 1];
    const length = Math.hypot(dx, dy);
    if (length === 0) continue;
    const t = Math.min(1, Math.max(0, ((x - path[i - 2]) * dx + (y - path[i - 1]) * dy) / (length * length)));
    const away = Math.hypot(x - path[i - 2] - t * dx, y - path[i - 1] - t * dy);
    if (away < best.away) best = { along: along + t * length, away };
    along += length;
  }
  return best;
}

/** The polyline with its corners cut (Chaikin 1974), three times over; its ends stay. */
export function smoothed(path: Float32Array): Float32Array {
  let points = path;
  for (let round = 0; round < 3 && points.length > 4; round++) {
    const cut = [points[0], points[1]];
    for (let i = 0; i + 3 < points.length; i += 2) {
      for (const t of [0.25, 0.75]) {
        cut.push(points[i] + t * (points[i + 2] - points[i]), points[i + 1] + t * (points[i + 3] - points[i + 1]));
      }
    }
    cut.push(points[points.length - 2], points[points.length - 1]);
    points = Float32Array.from(cut);
  }
  return points;
}
