import {
  at,
  first,
  last,
  near,
  nearX,
  nearY,
  slot,
  slotMass,
  slotSize,
  slotX,
  slotY,
  sourceLength,
  sourceStride,
  sources,
  sphereOf,
} from './tables';

/** The plain form's `tiny`. */
const tiny: f32 = 1e-30;

/** Bytes of a row of sources, which are float32 here. */
const row: usize = sourceStride << 2;

function addTo(address: usize, sum: v128): void {
  v128.store(address, f32x4.add(v128.load(address), sum));
}

/** `repelNear` of the plain form, in float32. */
export function repelNear(target: u32, count: u32, withSizes: bool): void {
  const center = sphereOf(target);
  let gathered: usize = 0;
  for (let k: u32 = 0; k < count; k++) {
    const from = at(near, k);
    const wx = f32x4.splat(<f32>(load<f64>(sphereOf(from)) - load<f64>(center)));
    const wy = f32x4.splat(<f32>(load<f64>(sphereOf(from), 8) - load<f64>(center, 8)));
    let rest = at(last, from) - at(first, from);
    // The last vector of a leaf is filled up by what comes after it.
    for (let j = (<usize>at(slot, from)) << 2; ; j += 16) {
      const to = sources + (gathered << 2);
      v128.store(to, f32x4.add(v128.load(slotX + j), wx));
      v128.store(to + row, f32x4.add(v128.load(slotY + j), wy));
      v128.store(to + 2 * row, v128.load(slotMass + j));
      if (withSizes) v128.store(to + 3 * row, v128.load(slotSize + j));
      gathered += <usize>min(rest, 4);
      if (gathered >= sourceLength) {
        repelSources(target, sourceLength, withSizes);
        v128.store(sources, v128.load(sources + (sourceLength << 2)));
        v128.store(sources + row, v128.load(sources + row + (sourceLength << 2)));
        v128.store(sources + 2 * row, v128.load(sources + 2 * row + (sourceLength << 2)));
        v128.store(sources + 3 * row, v128.load(sources + 3 * row + (sourceLength << 2)));
        gathered -= sourceLength;
      }
      if (rest <= 4) break;
      rest -= 4;
    }
  }
  repelSources(target, gathered, withSizes);
}

function repelSources(target: u32, count: usize, withSizes: bool): void {
  const start = (<usize>at(slot, target)) << 2;
  const bodies = (<usize>(at(last, target) - at(first, target))) << 2;
  const end = sources + (count << 2);
  if (withSizes) repelRims(start, start + bodies, end);
  else repelBodies(start, start + ((bodies + 15) & ~15), end);
}

/** Four bodies a vector, and two vectors at once. */
function repelBodies(start: usize, toEnd: usize, end: usize): void {
  // Globals are loaded anew at every use.
  const begin = sources;
  let i = start;
  for (; i + 16 < toEnd; i += 32) {
    const ax = v128.load(slotX + i);
    const ay = v128.load(slotY + i);
    const bx = v128.load(slotX + i, 16);
    const by = v128.load(slotY + i, 16);
    let afx = f32x4.splat(0);
    let afy = f32x4.splat(0);
    let bfx = f32x4.splat(0);
    let bfy = f32x4.splat(0);
    for (let j = begin; j < end; j += 4) {
      const sx = v128.load_splat<f32>(j);
      const sy = v128.load_splat<f32>(j, row);
      const m = v128.load_splat<f32>(j, 2 * row);
      const adx = f32x4.sub(ax, sx);
      const ady = f32x4.sub(ay, sy);
      const bdx = f32x4.sub(bx, sx);
      const bdy = f32x4.sub(by, sy);
      const a = f32x4.add(f32x4.add(f32x4.mul(adx, adx), f32x4.splat(tiny)), f32x4.mul(ady, ady));
      const b = f32x4.add(f32x4.add(f32x4.mul(bdx, bdx), f32x4.splat(tiny)), f32x4.mul(bdy, bdy));
      const aPush = f32x4.div(m, a);
      const bPush = f32x4.div(m, b);
      afx = f32x4.add(afx, f32x4.mul(aPush, adx));
      afy = f32x4.add(afy, f32x4.mul(aPush, ady));
      bfx = f32x4.add(bfx, f32x4.mul(bPush, bdx));
      bfy = f32x4.add(bfy, f32x4.mul(bPush, bdy));
    }
    addTo(nearX + i, afx);
    addTo(nearY + i, afy);
    addTo(nearX + i + 16, bfx);
    addTo(nearY + i + 16, bfy);
  }
  if (i >= toEnd) return;
  const x = v128.load(slotX + i);
  const y = v128.load(slotY + i);
  let fx = f32x4.splat(0);
  let fy = f32x4.splat(0);
  for (let j = begin; j < end; j += 4) {
    const dx = f32x4.sub(x, v128.load_splat<f32>(j));
    const dy = f32x4.sub(y, v128.load_splat<f32>(j, row));
    const square = f32x4.add(f32x4.add(f32x4.mul(dx, dx), f32x4.splat(tiny)), f32x4.mul(dy, dy));
    const push = f32x4.div(v128.load_splat<f32>(j, 2 * row), square);
    fx = f32x4.add(fx, f32x4.mul(push, dx));
    fy = f32x4.add(fy, f32x4.mul(push, dy));
  }
  addTo(nearX + i, fx);
  addTo(nearY + i, fy);
}

/** 1/d′² between the rims, 100 where they overlap, 0 where they touch. */
function repelRims(start: usize, toEnd: usize, end: usize): void {
  const zero = f32x4.splat(0);
  for (let i = start; i < toEnd; i += 16) {
    const ax = v128.load(slotX + i);
    const ay = v128.load(slotY + i);
    const rim = v128.load(slotSize + i);
    let fx = zero;
    let fy = zero;
    for (let j = sources; j < end; j += 4) {
      const dx = f32x4.sub(ax, v128.load_splat<f32>(j));
      const dy = f32x4.sub(ay, v128.load_splat<f32>(j, row));
      const distance = f32x4.sqrt(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)));
      const gap = f32x4.sub(distance, f32x4.add(rim, v128.load_splat<f32>(j, 3 * row)));
      const apart = f32x4.min(f32x4.div(f32x4.splat(1), f32x4.mul(gap, gap)), f32x4.splat(1e30));
      const within = v128.and(f32x4.lt(gap, zero), f32x4.splat(100));
      const factor = v128.bitselect(apart, within, f32x4.gt(gap, zero));
      const push = f32x4.mul(v128.load_splat<f32>(j, 2 * row), factor);
      fx = f32x4.add(fx, f32x4.mul(push, dx));
      fy = f32x4.add(fy, f32x4.mul(push, dy));
    }
    addTo(nearX + i, fx);
    addTo(nearY + i, fy);
  }
}
