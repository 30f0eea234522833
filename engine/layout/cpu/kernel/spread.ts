import {
  at,
  cellBytes,
  cells,
  first,
  forces,
  last,
  nearX,
  nearY,
  next,
  order,
  slot,
  slotMass,
  slotX,
  slotY,
} from './tables';

function addTo(address: usize, value: f64): void {
  store<f64>(address, load<f64>(address) + value);
}

function spreadCell(index: u32): void {
  const cell = cells + <usize>index * cellBytes;
  const end = at(next, index);
  const l0x = load<f64>(cell, 80);
  const l0y = load<f64>(cell, 88);
  const l1x = load<f64>(cell, 96);
  const l1y = load<f64>(cell, 104);
  const l2x = load<f64>(cell, 112);
  const l2y = load<f64>(cell, 120);
  const l3x = load<f64>(cell, 128);
  const l3y = load<f64>(cell, 136);
  const l4x = load<f64>(cell, 144);
  const l4y = load<f64>(cell, 152);
  for (let child = index + 1; child < end; child = at(next, child)) {
    const to = cells + <usize>child * cellBytes;
    const sx = load<f64>(to) - load<f64>(cell);
    const sy = load<f64>(to, 8) - load<f64>(cell, 8);
    const s2x = (sx * sx - sy * sy) * 0.5;
    const s2y = sx * sy;
    const s3x = (s2x * sx - s2y * sy) / 3;
    const s3y = (s2x * sy + s2y * sx) / 3;
    const s4x = (s3x * sx - s3y * sy) * 0.25;
    const s4y = (s3x * sy + s3y * sx) * 0.25;
    const e0x = l0x + (l1x * sx - l1y * sy) + (l2x * s2x - l2y * s2y) + (l3x * s3x - l3y * s3y);
    const e0y = l0y + (l1x * sy + l1y * sx) + (l2x * s2y + l2y * s2x) + (l3x * s3y + l3y * s3x);
    addTo(to + 80, e0x + (l4x * s4x - l4y * s4y));
    addTo(to + 88, e0y + (l4x * s4y + l4y * s4x));
    addTo(to + 96, l1x + (l2x * sx - l2y * sy) + (l3x * s2x - l3y * s2y) + (l4x * s3x - l4y * s3y));
    addTo(to + 104, l1y + (l2x * sy + l2y * sx) + (l3x * s2y + l3y * s2x) + (l4x * s3y + l4y * s3x));
    addTo(to + 112, l2x + (l3x * sx - l3y * sy) + (l4x * s2x - l4y * s2y));
    addTo(to + 120, l2y + (l3x * sy + l3y * sx) + (l4x * s2y + l4y * s2x));
    addTo(to + 128, l3x + (l4x * sx - l4y * sy));
    addTo(to + 136, l3y + (l4x * sy + l4y * sx));
    addTo(to + 144, l4x);
    addTo(to + 152, l4y);
  }
}

/** Two entries of a table of f32 as f64. */
function twoOf(table: usize, index: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(table + (index << 2)));
}

/** Two bodies at once: x of both a vector, and y. */
function spreadLeaf(leaf: u32, scalingRatio: f64): void {
  const cell = cells + <usize>leaf * cellBytes;
  const l0x = v128.load_splat<f64>(cell, 80);
  const l0y = v128.load_splat<f64>(cell, 88);
  const l1x = v128.load_splat<f64>(cell, 96);
  const l1y = v128.load_splat<f64>(cell, 104);
  const l2x = f64x2.splat(load<f64>(cell, 112) * 0.5);
  const l2y = f64x2.splat(load<f64>(cell, 120) * 0.5);
  const l3x = f64x2.splat(load<f64>(cell, 128) * (1.0 / 6.0));
  const l3y = f64x2.splat(load<f64>(cell, 136) * (1.0 / 6.0));
  const l4x = f64x2.splat(load<f64>(cell, 144) * (1.0 / 24.0));
  const l4y = f64x2.splat(load<f64>(cell, 152) * (1.0 / 24.0));
  const ratio = f64x2.splat(scalingRatio);
  const bodies = order;
  const end = <usize>at(last, leaf);
  let index = <usize>at(slot, leaf);
  for (let place = <usize>at(first, leaf); place < end; place += 2, index += 2) {
    const zx = twoOf(slotX, index);
    const zy = twoOf(slotY, index);
    const b3x = f64x2.add(l3x, f64x2.sub(f64x2.mul(l4x, zx), f64x2.mul(l4y, zy)));
    const b3y = f64x2.add(l3y, f64x2.add(f64x2.mul(l4x, zy), f64x2.mul(l4y, zx)));
    const b2x = f64x2.add(l2x, f64x2.sub(f64x2.mul(b3x, zx), f64x2.mul(b3y, zy)));
    const b2y = f64x2.add(l2y, f64x2.add(f64x2.mul(b3x, zy), f64x2.mul(b3y, zx)));
    const b1x = f64x2.add(l1x, f64x2.sub(f64x2.mul(b2x, zx), f64x2.mul(b2y, zy)));
    const b1y = f64x2.add(l1y, f64x2.add(f64x2.mul(b2x, zy), f64x2.mul(b2y, zx)));
    const b0x = f64x2.add(l0x, f64x2.sub(f64x2.mul(b1x, zx), f64x2.mul(b1y, zy)));
    const b0y = f64x2.add(l0y, f64x2.add(f64x2.mul(b1x, zy), f64x2.mul(b1y, zx)));
    const strength = f64x2.mul(ratio, twoOf(slotMass, index));
    const fx = f64x2.mul(strength, f64x2.add(v128.load(nearX + (index << 3)), b0x));
    const fy = f64x2.mul(strength, f64x2.sub(v128.load(nearY + (index << 3)), b0y));
    const force = forces + ((<usize>at(bodies, <u32>place)) << 4);
    v128.store(force, f64x2.add(v128.load(force), v128.shuffle<f64>(fx, fy, 0, 2)));
    if (place + 1 === end) break;
    const other = forces + ((<usize>at(bodies, <u32>place + 1)) << 4);
    v128.store(other, f64x2.add(v128.load(other), v128.shuffle<f64>(fx, fy, 1, 3)));
  }
}

/** Hands expansions on in the cells from … to − 1, the outer ones first: `spreadCell` and `spreadLeaf` of the plain form. */
export function spread(from: u32, to: u32, scalingRatio: f64): void {
  for (let cell = from; cell < to; cell++) {
    if (at(next, cell) === cell + 1) spreadLeaf(cell, scalingRatio);
    else spreadCell(cell);
  }
}
