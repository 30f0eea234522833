var<workgroup> measured: array<vec2<f32>, 64>;

/// Adds up swinging m|F⁰ − F| and traction ½m|F⁰ + F| over a workgroup of 64 lanes; the sum is lane 0's result.
/// The momentum rule measures for itself.
fn measure(lane: u32, mass: f32, force: vec4<f32>) -> vec2<f32> {
  if (settings.rule == momentumRule) {
    return vec2(0.0);
  }
  measured[lane] = mass * vec2(length(force.zw - force.xy), 0.5 * length(force.zw + force.xy));
  for (var reach = 32u; reach > 0; reach /= 2) {
    workgroupBarrier();
    if (lane < reach) {
      measured[lane] += measured[lane + reach];
    }
  }
  return measured[0];
}
