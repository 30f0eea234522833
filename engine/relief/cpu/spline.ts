import type { Patch } from './convolution.ts';

/** A point's spline touches the knots from 2 before the whole part of its coordinate to 3 after. */
const before = 2;
const support = 6;

/** The knots that the splines of points with these coordinates touch: the first, and how many. */
export function knotsFor(coordinates: Float64Array): { readonly first: number; readonly count: number } {
  let least = Infinity;
  let most = -Infinity;
  for (const coordinate of coordinates) {
    if (coordinate < least) least = coordinate;
    if (coordinate > most) most = coordinate;
  }
  const first = Math.floor(least) - before;
  return { first, count: Math.floor(most) - before + support - first };
}

/**
 * Spreads weights over 6 × 6 knots each by the quintic B-spline: what the knots of a patch receive.
 *
 * @param u column coordinates of the points in the lattice, whole numbers at knots; `v` their row coordinates
 */
export function deposit(u: Float64Array, v: Float64Array, weights: Float64Array, patch: Patch): Float64Array {
  const values = new Float64Array(patch.width * patch.height);
  const across = splineTable(u, patch.column);
  const down = splineTable(v, patch.row);
  for (let point = 0; point < u.length; point++) {
    const first = point * support;
    for (let j = 0; j < support; j++) {
      const start = (down.starts[point] + j) * patch.width + across.starts[point];
      const share = weights[point] * down.weights[first + j];
      for (let i = 0; i < support; i++) values[start + i] += share * across.weights[first + i];
    }
  }
  return values;
}

/**
 * The opposite of `deposit`: values at the points of a grid from those at the knots of a patch.
 *
 * @param u column coordinates of the grid's columns in the lattice; `v` row coordinates of its rows
 */
export function gather(values: Float64Array, patch: Patch, u: Float64Array, v: Float64Array): Float32Array {
  const width = u.length;
  const across = splineTable(u, patch.column);
  const down = splineTable(v, patch.row);
  // Knot rows widened to the grid's columns first: that pass is the smaller one.
  const widened = new Float64Array(patch.height * width);
  for (let row = 0; row < patch.height; row++) {
    for (let column = 0; column < width; column++) {
      const start = row * patch.width + across.starts[column];
      let sum = 0;
      for (let k = 0; k < support; k++) sum += across.weights[column * support + k] * values[start + k];
      widened[row * width + column] = sum;
    }
  }
  const out = new Float32Array(width * v.length);
  for (let row = 0; row < v.length; row++) {
    const [a, b, c, d, e, f] = down.weights.subarray(row * support, (row + 1) * support);
    let at = down.starts[row] * width;
    for (let i = row * width; i < (row + 1) * width; i++, at++) {
      out[i] =
        a * widened[at] +
        b * widened[at + width] +
        c * widened[at + 2 * width] +
        d * widened[at + 3 * width] +
        e * widened[at + 4 * width] +
        f * widened[at + 5 * width];
    }
  }
  return out;
}

/** For each coordinate the first knot of its spline, counted from `origin`, and its six weights. */
function splineTable(coordinates: Float64Array, origin: number): { starts: Int32Array; weights: Float64Array } {
  const starts = new Int32Array(coordinates.length);
  const weights = new Float64Array(coordinates.length * support);
  for (let i = 0; i < coordinates.length; i++) {
    const whole = Math.floor(coordinates[i]);
    starts[i] = whole - before - origin;
    splineInto(weights, i * support, coordinates[i] - whole);
  }
  return { starts, weights };
}

/** The spectrum of the quintic B-spline, sinc⁶, for a frequency in cycles a knot. */
export function splineResponse(frequency: number): number {
  const x = Math.PI * frequency;
  return x === 0 ? 1 : (Math.sin(x) / x) ** 6;
}

/** The quintic B-spline at the six knots around a point, `t` in [0, 1) past the third of them. */
function splineInto(out: Float64Array, first: number, t: number): void {
  const s = 1 - t;
  const ss = s * s;
  const tt = t * t;
  out[first] = (ss * ss * s) / 120;
  out[first + 1] = (26 + t * (-50 + t * (20 + t * (20 + t * (5 * t - 20))))) / 120;
  out[first + 2] = (66 + tt * (-60 + tt * (30 - 10 * t))) / 120;
  out[first + 3] = (66 + ss * (-60 + ss * (30 - 10 * s))) / 120;
  out[first + 4] = (26 + s * (-50 + s * (20 + s * (20 + s * (5 * s - 20))))) / 120;
  out[first + 5] = (tt * tt * t) / 120;
}
