/// The attraction along one edge over its length. `delta` is xᵢ − xⱼ, `sizes` the sum of both sizes.
fn spring(delta: vec2<f32>, sizes: f32, pull: f32) -> f32 {
  if (settings.linLogMode == 0 && settings.adjustSizes == 0) {
    return pull;
  }
  var distance = length(delta);
  if (settings.adjustSizes != 0) {
    distance -= sizes;
  }
  if (distance <= 0) {
    return 0;
  }
  if (settings.linLogMode == 0) {
    return pull;
  }
  return pull * logOfOneAnd(distance) / distance;
}

/// ln(1 + x) without the loss of small x by rounding: its series.
fn logOfOneAnd(x: f32) -> f32 {
  if (x < 1e-2) {
    return x * (1 - x * (0.5 - x * (1.0 / 3 - x * 0.25)));
  }
  return log(1 + x);
}
