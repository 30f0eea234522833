import {
  at,
  cellBytes,
  cells,
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
} from './tables';

/** The plain form's `tiny`. */
const tiny: f32 = 1e-30;

/** Adds four sums in float32 to two pairs in float64. */
function addInto(sums: usize, sum: v128): void {
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(sum)));
  const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(sum, sum, 1, 1));
  v128.store(sums, f64x2.add(v128.load(sums, 16), high), 16);
}

/** `repelNear` of the plain form: four bodies of the first leaf a vector, and two vectors at once, in float32. */
export function repelNear(count: i32): void {
  // Globals are loaded anew at every use.
  const xs = slotX;
  const ys = slotY;
  const masses = slotMass;
  for (let pair = 0; pair < count; pair += 2) {
    const to = at(near, pair);
    const from = at(near, pair + 1);
    const center = cells + <usize>to * cellBytes;
    const other = cells + <usize>from * cellBytes;
    const wx = f32x4.splat(<f32>(load<f64>(center) - load<f64>(other)));
    const wy = f32x4.splat(<f32>(load<f64>(center, 8) - load<f64>(other, 8)));
    const start = (<usize>at(slot, from)) << 2;
    const end = start + ((<usize>at(last, from) - <usize>at(first, from)) << 2);
    let i = (<usize>at(slot, to)) << 2;
    const toEnd = i + ((((<usize>at(last, to) - <usize>at(first, to)) << 2) + 15) & ~15);
    for (; i + 16 < toEnd; i += 32) {
      const ax = f32x4.add(v128.load(xs + i), wx);
      const ay = f32x4.add(v128.load(ys + i), wy);
      const bx = f32x4.add(v128.load(xs + i, 16), wx);
      const by = f32x4.add(v128.load(ys + i, 16), wy);
      let afx = f32x4.splat(0);
      let afy = f32x4.splat(0);
      let bfx = f32x4.splat(0);
      let bfy = f32x4.splat(0);
      for (let j = start; j < end; j += 4) {
        const sx = v128.load_splat<f32>(xs + j);
        const sy = v128.load_splat<f32>(ys + j);
        const m = v128.load_splat<f32>(masses + j);
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
      addInto(nearX + (i << 1), afx);
      addInto(nearY + (i << 1), afy);
      addInto(nearX + (i << 1) + 32, bfx);
      addInto(nearY + (i << 1) + 32, bfy);
    }
    if (i < toEnd) {
      const ax = f32x4.add(v128.load(xs + i), wx);
      const ay = f32x4.add(v128.load(ys + i), wy);
      let afx = f32x4.splat(0);
      let afy = f32x4.splat(0);
      for (let j = start; j < end; j += 4) {
        const dx = f32x4.sub(ax, v128.load_splat<f32>(xs + j));
        const dy = f32x4.sub(ay, v128.load_splat<f32>(ys + j));
        const square = f32x4.add(f32x4.add(f32x4.mul(dx, dx), f32x4.splat(tiny)), f32x4.mul(dy, dy));
        const push = f32x4.div(v128.load_splat<f32>(masses + j), square);
        afx = f32x4.add(afx, f32x4.mul(push, dx));
        afy = f32x4.add(afy, f32x4.mul(push, dy));
      }
      addInto(nearX + (i << 1), afx);
      addInto(nearY + (i << 1), afy);
    }
  }
}

/** `repelNearRims` of the plain form: 1/d′² between the rims, 100 where they overlap, 0 where they touch. */
export function repelNearRims(count: i32): void {
  const xs = slotX;
  const ys = slotY;
  const masses = slotMass;
  const sizes = slotSize;
  const zero = f32x4.splat(0);
  for (let pair = 0; pair < count; pair += 2) {
    const to = at(near, pair);
    const from = at(near, pair + 1);
    const center = cells + <usize>to * cellBytes;
    const other = cells + <usize>from * cellBytes;
    const wx = f32x4.splat(<f32>(load<f64>(center) - load<f64>(other)));
    const wy = f32x4.splat(<f32>(load<f64>(center, 8) - load<f64>(other, 8)));
    const start = (<usize>at(slot, from)) << 2;
    const end = start + ((<usize>at(last, from) - <usize>at(first, from)) << 2);
    const toStart = (<usize>at(slot, to)) << 2;
    const toEnd = toStart + ((<usize>at(last, to) - <usize>at(first, to)) << 2);
    for (let i = toStart; i < toEnd; i += 16) {
      const ax = f32x4.add(v128.load(xs + i), wx);
      const ay = f32x4.add(v128.load(ys + i), wy);
      const rim = v128.load(sizes + i);
      let fx = zero;
      let fy = zero;
      for (let j = start; j < end; j += 4) {
        const dx = f32x4.sub(ax, v128.load_splat<f32>(xs + j));
        const dy = f32x4.sub(ay, v128.load_splat<f32>(ys + j));
        const distance = f32x4.sqrt(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)));
        const gap = f32x4.sub(distance, f32x4.add(rim, v128.load_splat<f32>(sizes + j)));
        const apart = f32x4.min(f32x4.div(f32x4.splat(1), f32x4.mul(gap, gap)), f32x4.splat(1e30));
        const within = v128.and(f32x4.lt(gap, zero), f32x4.splat(100));
        const factor = v128.bitselect(apart, within, f32x4.gt(gap, zero));
        const push = f32x4.mul(v128.load_splat<f32>(masses + j), factor);
        fx = f32x4.add(fx, f32x4.mul(push, dx));
        fy = f32x4.add(fy, f32x4.mul(push, dy));
      }
      addInto(nearX + (i << 1), fx);
      addInto(nearY + (i << 1), fy);
    }
  }
}
