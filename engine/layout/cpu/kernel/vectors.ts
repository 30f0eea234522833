/** (x, y) → (−y, x): times i. */
export function turned(z: v128): v128 {
  return v128.xor(v128.shuffle<f64>(z, z, 1, 0), f64x2(-0.0, 0.0));
}

/** Re a · z + Im a · iz. */
export function times(re: v128, z: v128, im: v128, iz: v128): v128 {
  return f64x2.add(f64x2.mul(re, z), f64x2.mul(im, iz));
}
