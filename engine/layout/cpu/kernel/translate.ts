import { im, re } from './complex';
import { at, far, put, recordOf, seriesOf, sources, sphereOf } from './tables';

/** Keeps 1/w² finite, as between near bodies. */
const tiny: f32 = 1e-30;

/** The first entries of two pairs of pairs, or the second ones. */
function firsts(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 0, 2);
}

function seconds(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 1, 3);
}

/** (a₀, b₀, a₁, b₁) and (a₂, b₂, a₃, b₃). */
function low(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 4, 1, 5);
}

function high(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 6, 3, 7);
}

/** Σa, Σb, Σc, Σd. */
function totals(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(low(a, b), high(a, b));
  const cd = f32x4.add(low(c, d), high(c, d));
  return f32x4.add(firsts(ab, cd), seconds(ab, cd));
}

function addTo(pair: usize, value: v128, factor: f64): void {
  v128.store(pair, f64x2.add(v128.load(pair), f64x2.mul(f64x2.splat(factor), f64x2.promote_low_f32x4(value))));
}

/** Writes 1/w of the far cells where near bodies wait at other times: a loop of its own, since a processor looks ahead no further. */
function invert(own: v128, count: u32): void {
  for (let k: u32 = 0; k < count; k += 4) {
    const a = at(far, k);
    const b = at(far, k + 1);
    const c = at(far, k + 2);
    const d = at(far, k + 3);
    const ab = low(
      f32x4.demote_f64x2_zero(f64x2.sub(own, v128.load(sphereOf(a)))),
      f32x4.demote_f64x2_zero(f64x2.sub(own, v128.load(sphereOf(b)))),
    );
    const cd = low(
      f32x4.demote_f64x2_zero(f64x2.sub(own, v128.load(sphereOf(c)))),
      f32x4.demote_f64x2_zero(f64x2.sub(own, v128.load(sphereOf(d)))),
    );
    const wx = firsts(ab, cd);
    const wy = seconds(ab, cd);
    const square = f32x4.add(f32x4.add(f32x4.mul(wx, wx), f32x4.splat(tiny)), f32x4.mul(wy, wy));
    const inverse = f32x4.div(f32x4.splat(1), square);
    const place = sources + ((<usize>k) << 3);
    v128.store(place, f32x4.mul(wx, inverse));
    v128.store(place, f32x4.mul(wy, f32x4.neg(inverse)), 16);
  }
}

/**
 * `translate` of the plain form in float32, four cells at once. To make up four the cell itself is among them: 1/w counts as 0
 * there. With the lengths ρ of the records, t = ρ′/w, s = ρ/w and M_k = Σ m ((z − c)/ρ′)^k, it is
 * Λ_n ρⁿ/n! += (−1)ⁿ sⁿ/w Σ_k C(n + k, k) M_k t^k, where no power can leave the range of float32.
 */
export function translate(target: u32, count: u32): void {
  for (let k = count; k < count + 3; k++) put(far, k, target);
  const radius = v128.load_splat<f32>(recordOf(target), 4);
  invert(v128.load(sphereOf(target)), count);
  let l0x = f32x4.splat(0);
  let l0y = f32x4.splat(0);
  let l1x = f32x4.splat(0);
  let l1y = f32x4.splat(0);
  let l2x = f32x4.splat(0);
  let l2y = f32x4.splat(0);
  let l3x = f32x4.splat(0);
  let l3y = f32x4.splat(0);
  let l4x = f32x4.splat(0);
  let l4y = f32x4.splat(0);
  for (let k: u32 = 0; k < count; k += 4) {
    const a = at(far, k);
    const b = at(far, k + 1);
    const c = at(far, k + 2);
    const d = at(far, k + 3);
    const place = sources + ((<usize>k) << 3);
    const ux = v128.load(place);
    const uy = v128.load(place, 16);
    const aFirst = v128.load(recordOf(a));
    const bFirst = v128.load(recordOf(b));
    const cFirst = v128.load(recordOf(c));
    const dFirst = v128.load(recordOf(d));
    const abLow = low(aFirst, bFirst);
    const cdLow = low(cFirst, dFirst);
    const m = firsts(abLow, cdLow);
    const reach = seconds(abLow, cdLow);
    const abHigh = high(aFirst, bFirst);
    const cdHigh = high(cFirst, dFirst);
    const m2x = firsts(abHigh, cdHigh);
    const m2y = seconds(abHigh, cdHigh);
    const tx = f32x4.mul(reach, ux);
    const ty = f32x4.mul(reach, uy);
    const t2x = re(tx, ty, tx, ty);
    const t2y = im(tx, ty, tx, ty);
    const a2x = re(m2x, m2y, t2x, t2y);
    const a2y = im(m2x, m2y, t2x, t2y);
    const aLast = v128.load(recordOf(a), 16);
    const bLast = v128.load(recordOf(b), 16);
    const cLast = v128.load(recordOf(c), 16);
    const dLast = v128.load(recordOf(d), 16);
    const abThird = low(aLast, bLast);
    const cdThird = low(cLast, dLast);
    const m3x = firsts(abThird, cdThird);
    const m3y = seconds(abThird, cdThird);
    const t3x = re(t2x, t2y, tx, ty);
    const t3y = im(t2x, t2y, tx, ty);
    const a3x = re(m3x, m3y, t3x, t3y);
    const a3y = im(m3x, m3y, t3x, t3y);
    const abFourth = high(aLast, bLast);
    const cdFourth = high(cLast, dLast);
    const m4x = firsts(abFourth, cdFourth);
    const m4y = seconds(abFourth, cdFourth);
    const t4x = re(t2x, t2y, t2x, t2y);
    const t4y = im(t2x, t2y, t2x, t2y);
    const a4x = re(m4x, m4y, t4x, t4y);
    const a4y = im(m4x, m4y, t4x, t4y);
    const three = f32x4.splat(3);
    const four = f32x4.splat(4);
    const six = f32x4.splat(6);
    const s0x = f32x4.add(f32x4.add(m, a2x), f32x4.add(a3x, a4x));
    const s0y = f32x4.add(f32x4.add(a2y, a3y), a4y);
    l0x = f32x4.add(l0x, re(ux, uy, s0x, s0y));
    l0y = f32x4.add(l0y, im(ux, uy, s0x, s0y));
    const sx = f32x4.mul(radius, ux);
    const sy = f32x4.mul(radius, uy);
    const u1x = re(ux, uy, sx, sy);
    const u1y = im(ux, uy, sx, sy);
    const s1x = f32x4.add(m, f32x4.add(f32x4.mul(three, a2x), f32x4.mul(four, a3x)));
    const s1y = f32x4.add(f32x4.mul(three, a2y), f32x4.mul(four, a3y));
    l1x = f32x4.sub(l1x, re(u1x, u1y, s1x, s1y));
    l1y = f32x4.sub(l1y, im(u1x, u1y, s1x, s1y));
    const u2x = re(u1x, u1y, sx, sy);
    const u2y = im(u1x, u1y, sx, sy);
    const s2x = f32x4.add(m, f32x4.mul(six, a2x));
    const s2y = f32x4.mul(six, a2y);
    l2x = f32x4.add(l2x, re(u2x, u2y, s2x, s2y));
    l2y = f32x4.add(l2y, im(u2x, u2y, s2x, s2y));
    const u3x = re(u2x, u2y, sx, sy);
    const u3y = im(u2x, u2y, sx, sy);
    l3x = f32x4.sub(l3x, f32x4.mul(m, u3x));
    l3y = f32x4.sub(l3y, f32x4.mul(m, u3y));
    l4x = f32x4.add(l4x, f32x4.mul(m, re(u3x, u3y, sx, sy)));
    l4y = f32x4.add(l4y, f32x4.mul(m, im(u3x, u3y, sx, sy)));
  }
  const to = seriesOf(target) + 48;
  const first = totals(l0x, l0y, l1x, l1y);
  addTo(to, first, 1);
  // Where all bodies lie in the centre the rest of the expansion is for nothing.
  const unit = <f64>load<f32>(recordOf(target), 4);
  if (unit === 0) return;
  const inverse = 1 / unit;
  const inverse2 = inverse * inverse;
  const middle = totals(l2x, l2y, l3x, l3y);
  addTo(to + 16, seconds(first, first), inverse);
  addTo(to + 32, middle, 2 * inverse2);
  addTo(to + 48, seconds(middle, middle), 6 * inverse2 * inverse);
  addTo(to + 64, totals(l4x, l4y, l4x, l4y), 24 * inverse2 * inverse2);
}
