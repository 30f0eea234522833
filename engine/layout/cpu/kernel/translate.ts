import { at, blank, far, seriesOf, sphereOf } from './tables';

/** The first entries of two pairs, or the second ones. */
function firsts(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 0, 2);
}

function seconds(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 1, 3);
}

/** Re ab and Im ab. */
function re(ax: v128, ay: v128, bx: v128, by: v128): v128 {
  return f64x2.sub(f64x2.mul(ax, bx), f64x2.mul(ay, by));
}

function im(ax: v128, ay: v128, bx: v128, by: v128): v128 {
  return f64x2.add(f64x2.mul(ax, by), f64x2.mul(ay, bx));
}

/** Adds the sums of the two entries of x and of y to a pair. */
function addInto(pair: usize, x: v128, y: v128): void {
  v128.store(pair, f64x2.add(v128.load(pair), f64x2.add(firsts(x, y), seconds(x, y))));
}

/** `translate` of the plain form, two cells at once: an odd one is paired with the blank cell. */
export function translate(target: u32, count: u32): void {
  store<u32>(far + ((<usize>count) << 2), blank);
  const x = v128.load_splat<f64>(sphereOf(target));
  const y = v128.load_splat<f64>(sphereOf(target), 8);
  let l0x = f64x2.splat(0);
  let l0y = f64x2.splat(0);
  let l1x = f64x2.splat(0);
  let l1y = f64x2.splat(0);
  let l2x = f64x2.splat(0);
  let l2y = f64x2.splat(0);
  let l3x = f64x2.splat(0);
  let l3y = f64x2.splat(0);
  let l4x = f64x2.splat(0);
  let l4y = f64x2.splat(0);
  for (let k: u32 = 0; k < count; k += 2) {
    const cell = at(far, k);
    const other = at(far, k + 1);
    const c = v128.load(sphereOf(cell));
    const d = v128.load(sphereOf(other));
    const m = seconds(v128.load(sphereOf(cell), 16), v128.load(sphereOf(other), 16));
    const wx = f64x2.sub(x, firsts(c, d));
    const wy = f64x2.sub(seconds(c, d), y);
    const inverse = f64x2.div(f64x2.splat(1), f64x2.add(f64x2.mul(wx, wx), f64x2.mul(wy, wy)));
    const ux = f64x2.mul(wx, inverse);
    const uy = f64x2.mul(wy, inverse);
    const v1x = re(ux, uy, ux, uy);
    const v1y = im(ux, uy, ux, uy);
    const v2x = f64x2.mul(f64x2.splat(2), re(v1x, v1y, ux, uy));
    const v2y = f64x2.mul(f64x2.splat(2), im(v1x, v1y, ux, uy));
    const v3x = f64x2.mul(f64x2.splat(3), re(v2x, v2y, ux, uy));
    const v3y = f64x2.mul(f64x2.splat(3), im(v2x, v2y, ux, uy));
    const v4x = f64x2.mul(f64x2.splat(4), re(v3x, v3y, ux, uy));
    const v4y = f64x2.mul(f64x2.splat(4), im(v3x, v3y, ux, uy));
    const a2 = v128.load(seriesOf(cell));
    const a3 = v128.load(seriesOf(cell), 16);
    const a4 = v128.load(seriesOf(cell), 32);
    const b2 = v128.load(seriesOf(other));
    const b3 = v128.load(seriesOf(other), 16);
    const b4 = v128.load(seriesOf(other), 32);
    const a2x = firsts(a2, b2);
    const a2y = seconds(a2, b2);
    const a3x = firsts(a3, b3);
    const a3y = seconds(a3, b3);
    const a4x = firsts(a4, b4);
    const a4y = seconds(a4, b4);
    l0x = f64x2.add(l0x, f64x2.add(f64x2.add(f64x2.mul(m, ux), re(a2x, a2y, v2x, v2y)), re(a3x, a3y, v3x, v3y)));
    l0y = f64x2.add(l0y, f64x2.add(f64x2.add(f64x2.mul(m, uy), im(a2x, a2y, v2x, v2y)), im(a3x, a3y, v3x, v3y)));
    l0x = f64x2.add(l0x, re(a4x, a4y, v4x, v4y));
    l0y = f64x2.add(l0y, im(a4x, a4y, v4x, v4y));
    l1x = f64x2.sub(l1x, f64x2.add(f64x2.add(f64x2.mul(m, v1x), re(a2x, a2y, v3x, v3y)), re(a3x, a3y, v4x, v4y)));
    l1y = f64x2.sub(l1y, f64x2.add(f64x2.add(f64x2.mul(m, v1y), im(a2x, a2y, v3x, v3y)), im(a3x, a3y, v4x, v4y)));
    l2x = f64x2.add(l2x, f64x2.add(f64x2.mul(m, v2x), re(a2x, a2y, v4x, v4y)));
    l2y = f64x2.add(l2y, f64x2.add(f64x2.mul(m, v2y), im(a2x, a2y, v4x, v4y)));
    l3x = f64x2.sub(l3x, f64x2.mul(m, v3x));
    l3y = f64x2.sub(l3y, f64x2.mul(m, v3y));
    l4x = f64x2.add(l4x, f64x2.mul(m, v4x));
    l4y = f64x2.add(l4y, f64x2.mul(m, v4y));
  }
  const to = seriesOf(target) + 48;
  addInto(to, l0x, l0y);
  addInto(to + 16, l1x, l1y);
  addInto(to + 32, l2x, l2y);
  addInto(to + 48, l3x, l3y);
  addInto(to + 64, l4x, l4y);
}
