import { im, re } from './complex';
import { recordOf, seriesOf, slotMass, slotX, slotY, unitOf } from './tables';

/** Sets the moments of a cell of that mass, and the same in float32, in units of a length ρ: ρ, M₂, M₃, M₄, M_k = k! A_k/ρ^k. */
export function setMoments(
  index: u32,
  total: f64,
  length: f64,
  a2x: f64,
  a2y: f64,
  a3x: f64,
  a3y: f64,
  a4x: f64,
  a4y: f64,
): void {
  const cell = seriesOf(index);
  store<f64>(cell, a2x);
  store<f64>(cell, a2y, 8);
  store<f64>(cell, a3x, 16);
  store<f64>(cell, a3y, 24);
  store<f64>(cell, a4x, 32);
  store<f64>(cell, a4y, 40);
  const record = recordOf(index);
  const inverse = 1 / unitOf(length * length);
  const inverse2 = 2 * inverse * inverse;
  const inverse3 = 3 * inverse2 * inverse;
  const inverse4 = 4 * inverse3 * inverse;
  store<f32>(record, <f32>total);
  store<f32>(record, <f32>length, 4);
  store<f32>(record, <f32>(inverse2 * a2x), 8);
  store<f32>(record, <f32>(inverse2 * a2y), 12);
  store<f32>(record, <f32>(inverse3 * a3x), 16);
  store<f32>(record, <f32>(inverse3 * a3y), 20);
  store<f32>(record, <f32>(inverse4 * a4x), 24);
  store<f32>(record, <f32>(inverse4 * a4y), 28);
}

function totalOf(sums: v128): f64 {
  const pairs = f64x2.add(f64x2.promote_low_f32x4(sums), f64x2.promote_low_f32x4(v128.shuffle<f64>(sums, sums, 1, 1)));
  return f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1);
}

/** Sums the moments of a leaf's slots, in units in which no power leaves float32. */
export function gatherMoments(leaf: u32, total: f64, from: usize, to: usize, square: f64): void {
  const unit = unitOf(square);
  const inverse = f32x4.splat(<f32>(1 / unit));
  let a2x = f32x4.splat(0);
  let a2y = f32x4.splat(0);
  let a3x = f32x4.splat(0);
  let a3y = f32x4.splat(0);
  let a4x = f32x4.splat(0);
  let a4y = f32x4.splat(0);
  for (let k = from; k < to; k += 16) {
    const zx = f32x4.mul(v128.load(slotX + k), inverse);
    const zy = f32x4.mul(v128.load(slotY + k), inverse);
    const m = v128.load(slotMass + k);
    const mx = f32x4.mul(m, zx);
    const my = f32x4.mul(m, zy);
    const m2x = re(mx, my, zx, zy);
    const m2y = im(mx, my, zx, zy);
    const m3x = re(m2x, m2y, zx, zy);
    const m3y = im(m2x, m2y, zx, zy);
    a2x = f32x4.add(a2x, m2x);
    a2y = f32x4.add(a2y, m2y);
    a3x = f32x4.add(a3x, m3x);
    a3y = f32x4.add(a3y, m3y);
    a4x = f32x4.add(a4x, re(m3x, m3y, zx, zy));
    a4y = f32x4.add(a4y, im(m3x, m3y, zx, zy));
  }
  const unit2 = unit * unit * 0.5;
  const unit3 = unit2 * unit * (1.0 / 3.0);
  const unit4 = unit3 * unit * 0.25;
  setMoments(
    leaf,
    total,
    sqrt(square),
    unit2 * totalOf(a2x),
    unit2 * totalOf(a2y),
    unit3 * totalOf(a3x),
    unit3 * totalOf(a3y),
    unit4 * totalOf(a4x),
    unit4 * totalOf(a4y),
  );
}
