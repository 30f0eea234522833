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

function entry(table: usize, index: usize): f64 {
  return load<f64>(table + (index << 3));
}

function setSlot(index: usize, zx: f32, zy: f32, m: f32, rim: f32): void {
  store<f32>(slotX + (index << 2), zx);
  store<f32>(slotY + (index << 2), zy);
  store<f32>(slotMass + (index << 2), m);
  store<f32>(slotSize + (index << 2), rim);
  store<f64>(nearX + (index << 3), 0);
  store<f64>(nearY + (index << 3), 0);
}

/** Writes a cell but its moments; its expansion is 0. */
function setCell(cell: usize, cx: f64, cy: f64, radius: f64, total: f64, spread: f64): void {
  store<f64>(cell, cx);
  store<f64>(cell, cy, 8);
  store<f64>(cell, radius, 16);
  store<f64>(cell, total, 24);
  memory.fill(cell + 80, 0, 80);
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
  const start = <usize>at(first, leaf);
  const end = <usize>at(last, leaf);
  let total: f64 = 0;
  let cx: f64 = 0;
  let cy: f64 = 0;
  for (let place = start; place < end; place++) {
    const i = <usize>at(order, <u32>place);
    const m = entry(mass, i);
    total += m;
    cx += m * entry(places, i << 1);
    cy += m * entry(places, (i << 1) + 1);
  }
  cx /= total;
  cy /= total;
  let index = <usize>at(slot, leaf);
  let spread: f64 = 0;
  let radius: f64 = 0;
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  let a2x: f64 = 0;
  let a2y: f64 = 0;
  let a3x: f64 = 0;
  let a3y: f64 = 0;
  let a4x: f64 = 0;
  let a4y: f64 = 0;
  for (let place = start; place < end; place++) {
    const i = <usize>at(order, <u32>place);
    const rim: f32 = withSizes ? <f32>entry(size, i) : 0;
    const xi = entry(places, i << 1);
    const yi = entry(places, (i << 1) + 1);
    minX = min(minX, xi - <f64>rim);
    minY = min(minY, yi - <f64>rim);
    maxX = max(maxX, xi + <f64>rim);
    maxY = max(maxY, yi + <f64>rim);
    const shortX = <f32>(xi - cx);
    const shortY = <f32>(yi - cy);
    const shortMass = <f32>entry(mass, i);
    setSlot(index++, shortX, shortY, shortMass, rim);
    const zx = <f64>shortX;
    const zy = <f64>shortY;
    const m = <f64>shortMass;
    const square = zx * zx + zy * zy;
    spread = max(spread, square);
    if (withSizes) radius = max(radius, sqrt(square) + <f64>rim);
    const z2x = (zx * zx - zy * zy) * 0.5;
    const z2y = zx * zy;
    const z3x = (z2x * zx - z2y * zy) / 3;
    const z3y = (z2x * zy + z2y * zx) / 3;
    a2x += m * z2x;
    a2y += m * z2y;
    a3x += m * z3x;
    a3y += m * z3y;
    a4x += m * (z3x * zx - z3y * zy) * 0.25;
    a4y += m * (z3x * zy + z3y * zx) * 0.25;
  }
  while ((index & 3) !== 0) setSlot(index++, 0, 0, 0, 0);
  setCell(cell, cx, cy, withSizes ? radius : sqrt(spread), total, spread);
  setBox(cell, minX, minY, maxX, maxY);
  setMoments(cell, a2x, a2y, a3x, a3y, a4x, a4y);
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
