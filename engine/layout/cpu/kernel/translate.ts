import { at, cellBytes, cells, far } from './tables';
import { times, turned } from './vectors';

/** `translate` of the plain form: a complex number a vector, so that a z = Re a · z + Im a · iz. */
export function translate(count: i32): void {
  const table = cells;
  const pairs = far;
  for (let pair = 0; pair < count; pair += 2) {
    const to = table + <usize>at(pairs, pair) * cellBytes;
    const from = table + <usize>at(pairs, pair + 1) * cellBytes;
    const w = f64x2.sub(v128.load(to), v128.load(from));
    const squares = f64x2.mul(w, w);
    const square = f64x2.add(squares, v128.shuffle<f64>(squares, squares, 1, 0));
    const u = v128.xor(f64x2.div(w, square), f64x2(0.0, -0.0));
    const iu = turned(u);
    const ux = v128.shuffle<f64>(u, u, 0, 0);
    const uy = v128.shuffle<f64>(u, u, 1, 1);
    const v1 = times(ux, u, uy, iu);
    const iv1 = turned(v1);
    const two = f64x2.splat(2);
    const v2 = f64x2.mul(two, times(ux, v1, uy, iv1));
    const iv2 = turned(v2);
    const v3 = f64x2.mul(f64x2.splat(3), times(ux, v2, uy, iv2));
    const iv3 = turned(v3);
    const v4 = f64x2.mul(f64x2.splat(4), times(ux, v3, uy, iv3));
    const iv4 = turned(v4);
    const m = v128.load_splat<f64>(from, 24);
    const a2x = v128.load_splat<f64>(from, 32);
    const a2y = v128.load_splat<f64>(from, 40);
    const a3x = v128.load_splat<f64>(from, 48);
    const a3y = v128.load_splat<f64>(from, 56);
    const a4x = v128.load_splat<f64>(from, 64);
    const a4y = v128.load_splat<f64>(from, 72);
    const l0 = f64x2.add(
      f64x2.add(f64x2.mul(m, u), times(a2x, v2, a2y, iv2)),
      f64x2.add(times(a3x, v3, a3y, iv3), times(a4x, v4, a4y, iv4)),
    );
    const l1 = f64x2.add(f64x2.add(f64x2.mul(m, v1), times(a2x, v3, a2y, iv3)), times(a3x, v4, a3y, iv4));
    const l2 = f64x2.add(f64x2.mul(m, v2), times(a2x, v4, a2y, iv4));
    v128.store(to, f64x2.add(v128.load(to, 80), l0), 80);
    v128.store(to, f64x2.sub(v128.load(to, 96), l1), 96);
    v128.store(to, f64x2.add(v128.load(to, 112), l2), 112);
    v128.store(to, f64x2.sub(v128.load(to, 128), f64x2.mul(m, v3)), 128);
    v128.store(to, f64x2.add(v128.load(to, 144), f64x2.mul(m, v4)), 144);
  }
}
