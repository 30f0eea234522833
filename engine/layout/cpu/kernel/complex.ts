/** Re ab and Im ab of four pairs of complex numbers in float32. */
export function re(ax: v128, ay: v128, bx: v128, by: v128): v128 {
  return f32x4.sub(f32x4.mul(ax, bx), f32x4.mul(ay, by));
}

export function im(ax: v128, ay: v128, bx: v128, by: v128): v128 {
  return f32x4.add(f32x4.mul(ax, by), f32x4.mul(ay, bx));
}
