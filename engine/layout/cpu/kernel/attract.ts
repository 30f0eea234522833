import { firstOf, pairOf, secondOf, setPair, squares } from './pairs';
import { at, ends, forces, mass, offsets, places, pulls, stiffness } from './tables';

/** Where the link k of the other ends or pulls lies. */
function linkAt(table: usize, k: u32): usize {
  return table + ((<usize>k) << 2);
}

/** The place of the other end of a link. */
function endOf(table: usize, link: usize): v128 {
  return v128.load(table + ((<usize>load<u32>(link)) << 3));
}

/** Sets the force on a body there to what its links pull and gravity: `gravitate` of the plain form. */
function setForce(i: u32, place: v128, pull: v128, gravity: f64, isStrong: bool): void {
  const distance = sqrt(f64x2.extract_lane(squares(place, place), 0));
  const weight = distance === 0 ? 0 : (gravity * load<f64>(mass + ((<usize>i) << 3))) / (isStrong ? 1 : distance);
  setPair(forces, i, f64x2.sub(pull, f64x2.mul(f64x2.splat(weight), place)));
}

/** `attractLinearly` of the plain form. */
export function attractLinearly(from: u32, to: u32, gravity: f64, isStrong: bool): void {
  // Globals are loaded anew at every use.
  const xy = places;
  const ahead = pulls - ends;
  for (let i = from; i < to; i++) {
    const own = pairOf(xy, i);
    const end = linkAt(ends, at(offsets, i + 1));
    let sum = f64x2.splat(0);
    let other = f64x2.splat(0);
    for (let link = linkAt(ends, at(offsets, i)); link < end; link += 8) {
      const two = f64x2.promote_low_f32x4(v128.load64_zero(link + ahead));
      sum = f64x2.add(sum, f64x2.mul(firstOf(two), f64x2.sub(own, endOf(xy, link))));
      other = f64x2.add(other, f64x2.mul(secondOf(two), f64x2.sub(own, endOf(xy, link + 4))));
    }
    setForce(i, own, f64x2.neg(f64x2.add(sum, other)), gravity, isStrong);
  }
}

/** `attractEvenly` of the plain form. */
export function attractEvenly(from: u32, to: u32, gravity: f64, isStrong: bool): void {
  // Globals are loaded anew at every use.
  const xy = places;
  const pull = f64x2.splat(<f64>load<f32>(pulls));
  for (let i = from; i < to; i++) {
    const start = at(offsets, i);
    const links = at(offsets, i + 1) - start;
    const first = linkAt(ends, start);
    const end = linkAt(first, links);
    let sum = f64x2.splat(0);
    let other = f64x2.splat(0);
    for (let link = first; link < end; link += 16) {
      sum = f64x2.add(sum, endOf(xy, link));
      other = f64x2.add(other, endOf(xy, link + 4));
      sum = f64x2.add(sum, endOf(xy, link + 8));
      other = f64x2.add(other, endOf(xy, link + 12));
    }
    const own = pairOf(xy, i);
    const all = f64x2.mul(f64x2.splat(<f64>links), own);
    setForce(i, own, f64x2.mul(pull, f64x2.sub(f64x2.add(sum, other), all)), gravity, isStrong);
  }
}

/** ln(1 + d)/d of four distances in float32 to a few units of the last place; 1 at d = 0. */
function slack(d: v128): v128 {
  const one = f32x4.splat(1);
  const u = f32x4.add(one, d);
  // What u rounded off: ln(1 + d) = ln u + (d − (u − 1))/u.
  const rest = f32x4.div(f32x4.sub(d, f32x4.sub(u, one)), u);
  // u = 2^e f with f in [√½, √2).
  const shifted = i32x4.sub(u, i32x4.splat(0x3f3504f3));
  const e = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
  const f = f32x4.sub(i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3)), one);
  // ln f = 2 artanh(s) with s = (f − 1)/(f + 1).
  const s = f32x4.div(f, f32x4.add(f32x4.splat(2), f));
  const z = f32x4.mul(s, s);
  const odd = f32x4.mul(
    z,
    f32x4.add(
      f32x4.splat(0.66666666),
      f32x4.mul(
        z,
        f32x4.add(f32x4.splat(0.4), f32x4.mul(z, f32x4.add(f32x4.splat(0.28571429), f32x4.mul(z, f32x4.splat(0.24))))),
      ),
    ),
  );
  const ln = f32x4.add(f32x4.mul(s, f32x4.add(f32x4.splat(2), odd)), rest);
  const log = f32x4.add(f32x4.mul(e, f32x4.splat(<f32>Math.LN2)), ln);
  return v128.bitselect(f32x4.div(log, d), one, f32x4.gt(d, f32x4.splat(0)));
}

/** `attractByLogarithm` of the plain form, four links at once. */
export function attractByLogarithm(from: u32, to: u32, gravity: f64, isStrong: bool): void {
  // Globals are loaded anew at every use.
  const xy = places;
  const ahead = pulls - ends;
  for (let i = from; i < to; i++) {
    const own = pairOf(xy, i);
    const end = linkAt(ends, at(offsets, i + 1));
    let sum = f64x2.splat(0);
    let held = f32x4.splat(0);
    for (let link = linkAt(ends, at(offsets, i)); link < end; link += 16) {
      const a = f64x2.sub(own, endOf(xy, link));
      const b = f64x2.sub(own, endOf(xy, link + 4));
      const c = f64x2.sub(own, endOf(xy, link + 8));
      const d = f64x2.sub(own, endOf(xy, link + 12));
      const low = f32x4.demote_f64x2_zero(squares(a, b));
      const high = f32x4.demote_f64x2_zero(squares(c, d));
      const distance = f32x4.sqrt(v128.shuffle<f64>(low, high, 0, 2));
      const pull = f32x4.mul(v128.load(link + ahead), slack(distance));
      held = f32x4.add(held, pull);
      const first = f64x2.promote_low_f32x4(pull);
      const second = f64x2.promote_low_f32x4(v128.shuffle<f64>(pull, pull, 1, 1));
      sum = f64x2.add(sum, f64x2.mul(firstOf(first), a));
      sum = f64x2.add(sum, f64x2.mul(secondOf(first), b));
      sum = f64x2.add(sum, f64x2.mul(firstOf(second), c));
      sum = f64x2.add(sum, f64x2.mul(secondOf(second), d));
    }
    setForce(i, own, f64x2.neg(sum), gravity, isStrong);
    const total =
      f32x4.extract_lane(held, 0) +
      f32x4.extract_lane(held, 1) +
      f32x4.extract_lane(held, 2) +
      f32x4.extract_lane(held, 3);
    store<f64>(stiffness + ((<usize>i) << 3), <f64>total);
  }
}
