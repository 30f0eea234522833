/// The repulsion between two bodies, but for the strength and mass of the first. Without a branch: it is the innermost loop.
fn repel(delta: vec2<f32>, mass: f32) -> vec2<f32> {
  return (mass / max(dot(delta, delta), tinySquare)) * delta;
}

/// The same between their rims, 100 where they overlap, 0 where they touch.
fn repelRims(delta: vec2<f32>, mass: f32, sizes: f32) -> vec2<f32> {
  let gap = length(delta) - sizes;
  let push = select(select(0.0, 100.0, gap < 0), 1 / max(gap * gap, tinySquare), gap > 0);
  return push * mass * delta;
}
