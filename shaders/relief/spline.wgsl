/// The quintic B-spline at the six knots around a point, t in [0, 1) past the third of them.
fn spline(t: f32) -> array<f32, 6> {
  let s = 1.0 - t;
  let ss = s * s;
  let tt = t * t;
  return array<f32, 6>(
    ss * ss * s / 120.0,
    (26.0 + t * (-50.0 + t * (20.0 + t * (20.0 + t * (5.0 * t - 20.0))))) / 120.0,
    (66.0 + tt * (-60.0 + tt * (30.0 - 10.0 * t))) / 120.0,
    (66.0 + ss * (-60.0 + ss * (30.0 - 10.0 * s))) / 120.0,
    (26.0 + s * (-50.0 + s * (20.0 + s * (20.0 + s * (5.0 * s - 20.0))))) / 120.0,
    tt * tt * t / 120.0,
  );
}
