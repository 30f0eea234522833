/** The pair x, y of a body. */
export function pairOf(table: usize, body: u32): v128 {
  return v128.load(table + ((<usize>body) << 4));
}

export function setPair(table: usize, body: u32, pair: v128): void {
  v128.store(table + ((<usize>body) << 4), pair);
}

/** The first or the second number twice. */
export function firstOf(numbers: v128): v128 {
  return v128.shuffle<f64>(numbers, numbers, 0, 0);
}

export function secondOf(numbers: v128): v128 {
  return v128.shuffle<f64>(numbers, numbers, 1, 1);
}

/** (x, y), (x′, y′) → (x² + y², x′² + y′²). */
export function squares(a: v128, b: v128): v128 {
  const xs = v128.shuffle<f64>(a, b, 0, 2);
  const ys = v128.shuffle<f64>(a, b, 1, 3);
  return f64x2.add(f64x2.mul(xs, xs), f64x2.mul(ys, ys));
}

/** The numbers of a body and the one after it. */
export function twoOf(table: usize, body: u32): v128 {
  return v128.load(table + ((<usize>body) << 3));
}
