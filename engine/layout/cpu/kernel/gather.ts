import {
  at,
  cellBytes,
  cells,
  first,
  last,
  mass,
  nearX,
  nearY,
  next,
  order,
  places,
  size,
  slot,
  slotMass,
  slotSize,
  slotX,
  slotY,
} from './tables';
import { times, turned } from './vectors';

/** Fills a slot with a body whose place is about the centre of its leaf. */
function setSlot(index: usize, z: v128, m: f32, rim: f32): void {
  v128.store_lane<f32>(slotX + (index << 2), z, 0);
  v128.store_lane<f32>(slotY + (index << 2), z, 1);
  store<f32>(slotMass + (index << 2), m);
  store<f32>(slotSize + (index << 2), rim);
}

/** Writes a cell but its moments; its expansion is 0. */
function setCell(cell: usize, cx: f64, cy: f64, radius: f64, total: f64, spread: f64): void {
  store<f64>(cell, cx);
  store<f64>(cell, cy, 8);
  store<f64>(cell, radius, 16);
  store<f64>(cell, total, 24);
  const zero = f64x2.splat(0);
  v128.store(cell, zero, 80);
  v128.store(cell, zero, 96);
  v128.store(cell, zero, 112);
  v128.store(cell, zero, 128);
  v128.store(cell, zero, 144);
  store<f64>(cell, spread, 160);
}

function setBox(cell: usize, minX: f64, minY: f64, maxX: f64, maxY: f64): void {
  store<f64>(cell, minX, 176);
  store<f64>(cell, minY, 184);
  store<f64>(cell, maxX, 192);
  store<f64>(cell, maxY, 200);
}

function setMoments(cell: usize, a2x: f64, a2y: f64, a3x: f64, a3y: f64, a4x: f64, a4y: f64): void {
  store<f64>(cell, a2x, 32);
  store<f64>(cell, a2y, 40);
  store<f64>(cell, a3x, 48);
  store<f64>(cell, a3y, 56);
  store<f64>(cell, a4x, 64);
  store<f64>(cell, a4y, 72);
}

function gatherLeaf(leaf: u32, withSizes: bool): void {
  const cell = cells + <usize>leaf * cellBytes;
  const bodies = order + ((<usize>at(first, leaf)) << 2);
  const bodiesEnd = order + ((<usize>at(last, leaf)) << 2);
  let total: f64 = 0;
  let center = f64x2.splat(0);
  for (let body = bodies; body < bodiesEnd; body += 4) {
    const i = <usize>load<u32>(body);
    const m = load<f64>(mass + (i << 3));
    total += m;
    center = f64x2.add(center, f64x2.mul(f64x2.splat(m), v128.load(places + (i << 4))));
  }
  center = f64x2.div(center, f64x2.splat(total));
  const start = <usize>at(slot, leaf);
  let index = start;
  let spread: f64 = 0;
  let radius: f64 = 0;
  let lowest = f64x2.splat(Infinity);
  let highest = f64x2.splat(-Infinity);
  let a2 = f64x2.splat(0);
  let a3 = f64x2.splat(0);
  let a4 = f64x2.splat(0);
  for (let body = bodies; body < bodiesEnd; body += 4) {
    const i = <usize>load<u32>(body);
    const shortRim: f32 = withSizes ? <f32>load<f64>(size + (i << 3)) : 0;
    const rim = f64x2.splat(<f64>shortRim);
    const place = v128.load(places + (i << 4));
    lowest = f64x2.pmin(lowest, f64x2.sub(place, rim));
    highest = f64x2.pmax(highest, f64x2.add(place, rim));
    const short = f32x4.demote_f64x2_zero(f64x2.sub(place, center));
    const shortMass = <f32>load<f64>(mass + (i << 3));
    setSlot(index++, short, shortMass, shortRim);
    const z = f64x2.promote_low_f32x4(short);
    const zx = v128.shuffle<f64>(z, z, 0, 0);
    const zy = v128.shuffle<f64>(z, z, 1, 1);
    const m = f64x2.splat(<f64>shortMass);
    const squares = f64x2.mul(z, z);
    const square = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
    if (square > spread) spread = square;
    if (withSizes) radius = max(radius, sqrt(square) + <f64>shortRim);
    const z2 = times(zx, z, zy, turned(z));
    const z3 = times(zx, z2, zy, turned(z2));
    const z4 = times(zx, z3, zy, turned(z3));
    a2 = f64x2.add(a2, f64x2.mul(m, z2));
    a3 = f64x2.add(a3, f64x2.mul(m, z3));
    a4 = f64x2.add(a4, f64x2.mul(m, z4));
  }
  while ((index & 3) !== 0) setSlot(index++, f32x4.splat(0), 0, 0);
  const zero = f64x2.splat(0);
  for (let k = start << 3; k < index << 3; k += 16) {
    v128.store(nearX + k, zero);
    v128.store(nearY + k, zero);
  }
  const x = f64x2.extract_lane(center, 0);
  const y = f64x2.extract_lane(center, 1);
  setCell(cell, x, y, withSizes ? radius : sqrt(spread), total, spread);
  v128.store(cell, f64x2.mul(a2, f64x2.splat(0.5)), 32);
  v128.store(cell, f64x2.mul(a3, f64x2.splat(1.0 / 6.0)), 48);
  v128.store(cell, f64x2.mul(a4, f64x2.splat(1.0 / 24.0)), 64);
  v128.store(cell, lowest, 176);
  v128.store(cell, highest, 192);
}

function gatherCell(index: u32): void {
  const cell = cells + <usize>index * cellBytes;
  const end = at(next, index);
  let total: f64 = 0;
  let cx: f64 = 0;
  let cy: f64 = 0;
  for (let child = index + 1; child < end; child = at(next, child)) {
    const from = cells + <usize>child * cellBytes;
    const m = load<f64>(from, 24);
    total += m;
    cx += m * load<f64>(from);
    cy += m * load<f64>(from, 8);
  }
  cx /= total;
  cy /= total;
  let radius: f64 = 0;
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  let b2x: f64 = 0;
  let b2y: f64 = 0;
  let b3x: f64 = 0;
  let b3y: f64 = 0;
  let b4x: f64 = 0;
  let b4y: f64 = 0;
  for (let child = index + 1; child < end; child = at(next, child)) {
    const from = cells + <usize>child * cellBytes;
    const sx = load<f64>(from) - cx;
    const sy = load<f64>(from, 8) - cy;
    const m = load<f64>(from, 24);
    const a2x = load<f64>(from, 32);
    const a2y = load<f64>(from, 40);
    const a3x = load<f64>(from, 48);
    const a3y = load<f64>(from, 56);
    const s2x = (sx * sx - sy * sy) * 0.5;
    const s2y = sx * sy;
    const s3x = (s2x * sx - s2y * sy) / 3;
    const s3y = (s2x * sy + s2y * sx) / 3;
    const s4x = (s3x * sx - s3y * sy) * 0.25;
    const s4y = (s3x * sy + s3y * sx) * 0.25;
    b2x += a2x + m * s2x;
    b2y += a2y + m * s2y;
    b3x += a3x + (a2x * sx - a2y * sy) + m * s3x;
    b3y += a3y + (a2x * sy + a2y * sx) + m * s3y;
    b4x += load<f64>(from, 64) + (a3x * sx - a3y * sy) + (a2x * s2x - a2y * s2y) + m * s4x;
    b4y += load<f64>(from, 72) + (a3x * sy + a3y * sx) + (a2x * s2y + a2y * s2x) + m * s4y;
    radius = max(radius, sqrt(sx * sx + sy * sy) + load<f64>(from, 16));
    minX = min(minX, load<f64>(from, 176));
    minY = min(minY, load<f64>(from, 184));
    maxX = max(maxX, load<f64>(from, 192));
    maxY = max(maxY, load<f64>(from, 200));
  }
  const width = max(cx - minX, maxX - cx);
  const height = max(cy - minY, maxY - cy);
  setCell(cell, cx, cy, min(radius, sqrt(width * width + height * height)), total, 1);
  setBox(cell, minX, minY, maxX, maxY);
  setMoments(cell, b2x, b2y, b3x, b3y, b4x, b4y);
}

/** Sums the cells from … to − 1, the inner ones first: `gatherLeaf` and `gatherCell` of the plain form. */
export function gather(from: u32, to: u32, withSizes: bool): void {
  for (let cell = to; cell-- > from; ) {
    if (at(next, cell) === cell + 1) gatherLeaf(cell, withSizes);
    else gatherCell(cell);
  }
}
