import { im, re } from './complex';
import {
  at,
  first,
  forces,
  last,
  nearX,
  nearY,
  next,
  order,
  seriesOf,
  slot,
  slotMass,
  slotX,
  slotY,
  sphereOf,
  spread as spreads,
  unitOf,
} from './tables';

function addTo(address: usize, value: f64): void {
  store<f64>(address, load<f64>(address) + value);
}

function spreadCell(index: u32): void {
  const cell = seriesOf(index);
  const center = sphereOf(index);
  const end = at(next, index);
  const l0x = load<f64>(cell, 48);
  const l0y = load<f64>(cell, 56);
  const l1x = load<f64>(cell, 64);
  const l1y = load<f64>(cell, 72);
  const l2x = load<f64>(cell, 80);
  const l2y = load<f64>(cell, 88);
  const l3x = load<f64>(cell, 96);
  const l3y = load<f64>(cell, 104);
  const l4x = load<f64>(cell, 112);
  const l4y = load<f64>(cell, 120);
  for (let child = index + 1; child < end; child = at(next, child)) {
    const to = seriesOf(child);
    const sx = load<f64>(sphereOf(child)) - load<f64>(center);
    const sy = load<f64>(sphereOf(child), 8) - load<f64>(center, 8);
    const s2x = (sx * sx - sy * sy) * 0.5;
    const s2y = sx * sy;
    const s3x = (s2x * sx - s2y * sy) / 3;
    const s3y = (s2x * sy + s2y * sx) / 3;
    const s4x = (s3x * sx - s3y * sy) * 0.25;
    const s4y = (s3x * sy + s3y * sx) * 0.25;
    const e0x = l0x + (l1x * sx - l1y * sy) + (l2x * s2x - l2y * s2y) + (l3x * s3x - l3y * s3y);
    const e0y = l0y + (l1x * sy + l1y * sx) + (l2x * s2y + l2y * s2x) + (l3x * s3y + l3y * s3x);
    addTo(to + 48, e0x + (l4x * s4x - l4y * s4y));
    addTo(to + 56, e0y + (l4x * s4y + l4y * s4x));
    addTo(to + 64, l1x + (l2x * sx - l2y * sy) + (l3x * s2x - l3y * s2y) + (l4x * s3x - l4y * s3y));
    addTo(to + 72, l1y + (l2x * sy + l2y * sx) + (l3x * s2y + l3y * s2x) + (l4x * s3y + l4y * s3x));
    addTo(to + 80, l2x + (l3x * sx - l3y * sy) + (l4x * s2x - l4y * s2y));
    addTo(to + 88, l2y + (l3x * sy + l3y * sx) + (l4x * s2y + l4y * s2x));
    addTo(to + 96, l3x + (l4x * sx - l4y * sy));
    addTo(to + 104, l3y + (l4x * sy + l4y * sx));
    addTo(to + 112, l4x);
    addTo(to + 120, l4y);
  }
}

function addForce(body: u32, force: v128): void {
  const address = forces + ((<usize>body) << 4);
  v128.store(address, f64x2.add(v128.load(address), f64x2.promote_low_f32x4(force)));
}

function lane(value: f64): v128 {
  return f32x4.splat(<f32>value);
}

/** Four bodies at once in float32, in units in which no power leaves it. */
function spreadLeaf(leaf: u32, scalingRatio: f64): void {
  const cell = seriesOf(leaf);
  const unit = unitOf(load<f64>(spreads + ((<usize>leaf) << 3)));
  const unit2 = unit * unit * 0.5;
  const unit3 = unit2 * unit * (1.0 / 3.0);
  const unit4 = unit3 * unit * 0.25;
  const l0x = lane(load<f64>(cell, 48));
  const l0y = lane(load<f64>(cell, 56));
  const l1x = lane(unit * load<f64>(cell, 64));
  const l1y = lane(unit * load<f64>(cell, 72));
  const l2x = lane(unit2 * load<f64>(cell, 80));
  const l2y = lane(unit2 * load<f64>(cell, 88));
  const l3x = lane(unit3 * load<f64>(cell, 96));
  const l3y = lane(unit3 * load<f64>(cell, 104));
  const l4x = lane(unit4 * load<f64>(cell, 112));
  const l4y = lane(unit4 * load<f64>(cell, 120));
  const inverse = lane(1 / unit);
  const ratio = lane(scalingRatio);
  const end = at(last, leaf);
  let k = (<usize>at(slot, leaf)) << 2;
  for (let place = at(first, leaf); place < end; place += 4, k += 16) {
    const zx = f32x4.mul(v128.load(slotX + k), inverse);
    const zy = f32x4.mul(v128.load(slotY + k), inverse);
    const b3x = f32x4.add(l3x, re(l4x, l4y, zx, zy));
    const b3y = f32x4.add(l3y, im(l4x, l4y, zx, zy));
    const b2x = f32x4.add(l2x, re(b3x, b3y, zx, zy));
    const b2y = f32x4.add(l2y, im(b3x, b3y, zx, zy));
    const b1x = f32x4.add(l1x, re(b2x, b2y, zx, zy));
    const b1y = f32x4.add(l1y, im(b2x, b2y, zx, zy));
    const b0x = f32x4.add(l0x, re(b1x, b1y, zx, zy));
    const b0y = f32x4.add(l0y, im(b1x, b1y, zx, zy));
    const strength = f32x4.mul(ratio, v128.load(slotMass + k));
    const fx = f32x4.mul(strength, f32x4.add(v128.load(nearX + k), b0x));
    const fy = f32x4.mul(strength, f32x4.sub(v128.load(nearY + k), b0y));
    const two = v128.shuffle<f32>(fx, fy, 0, 4, 1, 5);
    addForce(at(order, place), two);
    if (place + 1 === end) break;
    addForce(at(order, place + 1), v128.shuffle<f64>(two, two, 1, 1));
    if (place + 2 === end) break;
    const others = v128.shuffle<f32>(fx, fy, 2, 6, 3, 7);
    addForce(at(order, place + 2), others);
    if (place + 3 === end) break;
    addForce(at(order, place + 3), v128.shuffle<f64>(others, others, 1, 1));
  }
}

/** Hands expansions on in the cells from … to − 1, the outer ones first: `spreadCell` and `spreadLeaf` of the plain form. */
export function spread(from: u32, to: u32, scalingRatio: f64): void {
  for (let cell = from; cell < to; cell++) {
    if (at(next, cell) === cell + 1) spreadLeaf(cell, scalingRatio);
    else spreadCell(cell);
  }
}
