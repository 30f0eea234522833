import { gatherMoments, setMoments } from './moments';
import {
  at,
  boxOf,
  first,
  last,
  mass,
  nearX,
  nearY,
  next,
  order,
  places,
  seriesOf,
  size,
  slot,
  slotMass,
  slotSize,
  slotX,
  slotY,
  sphereOf,
  spread,
} from './tables';

/** Fills a slot with a body whose place is about the centre of its leaf. */
function setSlot(index: usize, z: v128, m: f32, rim: f32): void {
  v128.store_lane<f32>(slotX + (index << 2), z, 0);
  v128.store_lane<f32>(slotY + (index << 2), z, 1);
  store<f32>(slotMass + (index << 2), m);
  store<f32>(slotSize + (index << 2), rim);
}

/** Writes a cell but its moments; its expansion is 0. */
function setCell(index: u32, cx: f64, cy: f64, radius: f64, total: f64, part: f64): void {
  const sphere = sphereOf(index);
  store<f64>(sphere, cx);
  store<f64>(sphere, cy, 8);
  store<f64>(sphere, radius, 16);
  store<f64>(sphere, total, 24);
  const cell = seriesOf(index);
  const zero = f64x2.splat(0);
  v128.store(cell, zero, 48);
  v128.store(cell, zero, 64);
  v128.store(cell, zero, 80);
  v128.store(cell, zero, 96);
  v128.store(cell, zero, 112);
  store<f64>(spread + ((<usize>index) << 3), part);
}

function setBox(box: usize, minX: f64, minY: f64, maxX: f64, maxY: f64): void {
  store<f64>(box, minX);
  store<f64>(box, minY, 8);
  store<f64>(box, maxX, 16);
  store<f64>(box, maxY, 24);
}

function gatherLeaf(leaf: u32, withSizes: bool): void {
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
  let lowest = f64x2.splat(Infinity);
  let highest = f64x2.splat(-Infinity);
  for (let body = bodies; body < bodiesEnd; body += 4) {
    const i = <usize>load<u32>(body);
    const rim: f32 = withSizes ? <f32>load<f64>(size + (i << 3)) : 0;
    const place = v128.load(places + (i << 4));
    lowest = f64x2.pmin(lowest, f64x2.sub(place, f64x2.splat(<f64>rim)));
    highest = f64x2.pmax(highest, f64x2.add(place, f64x2.splat(<f64>rim)));
    setSlot(index++, f32x4.demote_f64x2_zero(f64x2.sub(place, center)), <f32>load<f64>(mass + (i << 3)), rim);
  }
  while ((index & 3) !== 0) setSlot(index++, f32x4.splat(0), 0, 0);
  let squares = f64x2.splat(0);
  let radius: f64 = 0;
  const zero = f32x4.splat(0);
  for (let k = start << 2; k < index << 2; k += 16) {
    const x = v128.load(slotX + k);
    const y = v128.load(slotY + k);
    const low = squaresOf(x, y);
    const high = squaresOf(v128.shuffle<f64>(x, x, 1, 1), v128.shuffle<f64>(y, y, 1, 1));
    squares = f64x2.pmax(squares, f64x2.pmax(low, high));
    if (withSizes) {
      radius = max(radius, reachOf(low, load<f32>(slotSize + k), load<f32>(slotSize + k, 4)));
      radius = max(radius, reachOf(high, load<f32>(slotSize + k, 8), load<f32>(slotSize + k, 12)));
    }
    v128.store(nearX + k, zero);
    v128.store(nearY + k, zero);
  }
  const part = max(f64x2.extract_lane(squares, 0), f64x2.extract_lane(squares, 1));
  const x = f64x2.extract_lane(center, 0);
  const y = f64x2.extract_lane(center, 1);
  setCell(leaf, x, y, withSizes ? radius : sqrt(part), total, part);
  gatherMoments(leaf, total, start << 2, index << 2, part);
  v128.store(boxOf(leaf), lowest);
  v128.store(boxOf(leaf), highest, 16);
}

/** x² + y² of the first two of four places. */
function squaresOf(x: v128, y: v128): v128 {
  const wideX = f64x2.promote_low_f32x4(x);
  const wideY = f64x2.promote_low_f32x4(y);
  return f64x2.add(f64x2.mul(wideX, wideX), f64x2.mul(wideY, wideY));
}

/** The larger distance of two from the centre to the outer rims. */
function reachOf(squares: v128, rim: f32, otherRim: f32): f64 {
  const distances = f64x2.sqrt(squares);
  return max(f64x2.extract_lane(distances, 0) + <f64>rim, f64x2.extract_lane(distances, 1) + <f64>otherRim);
}

function gatherCell(index: u32): void {
  const end = at(next, index);
  let total: f64 = 0;
  let cx: f64 = 0;
  let cy: f64 = 0;
  for (let child = index + 1; child < end; child = at(next, child)) {
    const from = sphereOf(child);
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
    const sphere = sphereOf(child);
    const sx = load<f64>(sphere) - cx;
    const sy = load<f64>(sphere, 8) - cy;
    const m = load<f64>(sphere, 24);
    const from = seriesOf(child);
    const a2x = load<f64>(from);
    const a2y = load<f64>(from, 8);
    const a3x = load<f64>(from, 16);
    const a3y = load<f64>(from, 24);
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
    b4x += load<f64>(from, 32) + (a3x * sx - a3y * sy) + (a2x * s2x - a2y * s2y) + m * s4x;
    b4y += load<f64>(from, 40) + (a3x * sy + a3y * sx) + (a2x * s2y + a2y * s2x) + m * s4y;
    radius = max(radius, sqrt(sx * sx + sy * sy) + load<f64>(sphere, 16));
    const box = boxOf(child);
    minX = min(minX, load<f64>(box));
    minY = min(minY, load<f64>(box, 8));
    maxX = max(maxX, load<f64>(box, 16));
    maxY = max(maxY, load<f64>(box, 24));
  }
  const width = max(cx - minX, maxX - cx);
  const height = max(cy - minY, maxY - cy);
  radius = min(radius, sqrt(width * width + height * height));
  setCell(index, cx, cy, radius, total, 1);
  setBox(boxOf(index), minX, minY, maxX, maxY);
  setMoments(index, total, radius, b2x, b2y, b3x, b3y, b4x, b4y);
}

/** Sums the cells from … to − 1, the inner ones first: `gatherLeaf` and `gatherCell` of the plain form. */
export function gather(from: u32, to: u32, withSizes: bool): void {
  for (let cell = to; cell-- > from; ) {
    if (at(next, cell) === cell + 1) gatherLeaf(cell, withSizes);
    else gatherCell(cell);
  }
}
