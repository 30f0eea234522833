@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<storage, read> positions: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read> frame: Frame;
@group(0) @binding(3) var<storage, read_write> keys: array<u32>;
@group(0) @binding(4) var<storage, read_write> order: array<u32>;

const side = 32768u;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flatGroup(group, groups) * 64 + lane;
  if (i >= settings.nodeCount) {
    return;
  }
  // The whole plane folded into a square, ever finer towards the centre.
  let away = (positions[i] - frame.centre) / frame.scale;
  let inside = away / (1 + abs(away));
  let place = clamp((0.5 + 0.5 * inside) * f32(side), vec2(0.0), vec2(f32(side) - 1));
  keys[i] = alongCurve(vec2<u32>(place));
  order[i] = i;
}

/// The place of a point on Hilbert's curve of order 15, 30 bits.
fn alongCurve(point: vec2<u32>) -> u32 {
  var at = point;
  var key = 0u;
  for (var half = side / 2; half > 0; half /= 2) {
    let right = u32((at.x & half) > 0);
    let upper = u32((at.y & half) > 0);
    key = key * 4 + ((3 * right) ^ upper);
    if (upper == 0) {
      if (right == 1) {
        at = vec2(side - 1) - at;
      }
      at = at.yx;
    }
  }
  return key;
}
