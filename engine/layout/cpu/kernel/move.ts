// Two bodies at a time: a range begins at an even one, and one that is alone at its end is followed by zeros, at which it stays.
import { firstOf, pairOf, secondOf, setPair, squares, twoOf } from './pairs';
import { forces, mass, oldForces, places, stiffness, sums, velocities } from './tables';

/** The longest step where sizes count: the plain form's `limit`. */
const limit: f64 = 10;

function setSums(task: u32, first: v128, second: v128): void {
  const firsts = v128.shuffle<f64>(first, second, 0, 2);
  const seconds = v128.shuffle<f64>(first, second, 1, 3);
  setPair(sums, task, f64x2.add(firsts, seconds));
}

/** `measure` of the plain form, into the sums of a task. */
export function measure(from: u32, to: u32, task: u32): void {
  let swinging = f64x2.splat(0);
  let traction = f64x2.splat(0);
  for (let i = from; i < to; i += 2) {
    const f = pairOf(forces, i);
    const g = pairOf(forces, i + 1);
    const oldF = pairOf(oldForces, i);
    const oldG = pairOf(oldForces, i + 1);
    const swings = f64x2.sqrt(squares(f64x2.sub(oldF, f), f64x2.sub(oldG, g)));
    const pulls = f64x2.sqrt(squares(f64x2.add(oldF, f), f64x2.add(oldG, g)));
    const masses = twoOf(mass, i);
    swinging = f64x2.add(swinging, f64x2.mul(masses, swings));
    traction = f64x2.add(traction, f64x2.mul(masses, pulls));
  }
  setSums(task, swinging, f64x2.mul(f64x2.splat(0.5), traction));
}

/** `integrate` of the plain form. */
export function integrate(from: u32, to: u32, speed: f64, withSizes: bool): void {
  const one = f64x2.splat(1);
  const rate = f64x2.splat(speed);
  const fastest = f64x2.splat(withSizes ? 0.1 * speed : speed);
  const longest = f64x2.splat(limit);
  for (let i = from; i < to; i += 2) {
    const f = pairOf(forces, i);
    const g = pairOf(forces, i + 1);
    const swings = f64x2.sqrt(squares(f64x2.sub(pairOf(oldForces, i), f), f64x2.sub(pairOf(oldForces, i + 1), g)));
    const roots = f64x2.sqrt(f64x2.mul(rate, f64x2.mul(twoOf(mass, i), swings)));
    let factors = f64x2.div(fastest, f64x2.add(one, roots));
    if (withSizes) factors = f64x2.pmin(factors, f64x2.div(longest, f64x2.sqrt(squares(f, g))));
    setPair(places, i, f64x2.add(pairOf(places, i), f64x2.mul(f, firstOf(factors))));
    setPair(places, i + 1, f64x2.add(pairOf(places, i + 1), f64x2.mul(g, secondOf(factors))));
    setPair(oldForces, i, f);
    setPair(oldForces, i + 1, g);
  }
}

/** `push` of the plain form, with its sums into those of a task. */
export function push(
  from: u32,
  to: u32,
  task: u32,
  inertia: f64,
  stride: f64,
  longest: f64,
  gravity: f64,
  isStrong: bool,
): void {
  const zero = f64x2.splat(0);
  const kept = f64x2.splat(inertia);
  let tension = zero;
  let power = zero;
  for (let i = from; i < to; i += 2) {
    const p = pairOf(places, i);
    const q = pairOf(places, i + 1);
    const f = pairOf(forces, i);
    const g = pairOf(forces, i + 1);
    const pulls = squares(f, g);
    const lengths = f64x2.sqrt(pulls);
    const distances = isStrong ? f64x2.splat(1) : f64x2.sqrt(squares(p, q));
    const weights = f64x2.div(f64x2.mul(f64x2.splat(gravity), twoOf(mass, i)), distances);
    const holds = f64x2.add(twoOf(stiffness, i), v128.and(weights, f64x2.gt(distances, zero)));
    const shares = v128.and(
      f64x2.pmin(f64x2.div(f64x2.splat(stride), holds), f64x2.div(f64x2.splat(longest), lengths)),
      f64x2.gt(lengths, zero),
    );
    tension = f64x2.add(tension, v128.and(f64x2.div(pulls, holds), f64x2.gt(holds, zero)));
    const v = f64x2.add(f64x2.mul(kept, pairOf(velocities, i)), f64x2.mul(f, firstOf(shares)));
    const w = f64x2.add(f64x2.mul(kept, pairOf(velocities, i + 1)), f64x2.mul(g, secondOf(shares)));
    power = f64x2.add(power, f64x2.add(f64x2.mul(f, v), f64x2.mul(g, w)));
    setPair(velocities, i, v);
    setPair(velocities, i + 1, w);
    setPair(places, i, f64x2.add(p, v));
    setPair(places, i + 1, f64x2.add(q, w));
  }
  setSums(task, tension, power);
}
