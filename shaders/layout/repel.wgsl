/// The repulsion between two bodies, but for the strength and mass of the first.
fn repel(delta: vec2<f32>, mass: f32, sizes: f32) -> vec2<f32> {
  let square = dot(delta, delta);
  if (square < tinySquare) {
    return vec2(0.0);
  }
  if (settings.adjustSizes == 0) {
    return (mass / square) * delta;
  }
  let gap = sqrt(square) - sizes;
  if (gap > 0) {
    return (mass / max(gap * gap, tinySquare)) * delta;
  }
  return select(0.0, 100 * mass, gap < 0) * delta;
}
