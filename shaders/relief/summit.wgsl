/// Joins the measures of all stretches: sum of slopes, sum of squares, highest point.

struct Summit {
  parts: u32,
}

@group(0) @binding(0) var<uniform> ground: Summit;
@group(0) @binding(1) var<storage, read> measures: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> summit: array<vec4<f32>>;

var<workgroup> totals: array<vec3<f32>, 64>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) local: u32) {
  var total = vec3<f32>(0.0);
  for (var i = local; i < ground.parts; i += 64u) {
    total = vec3<f32>(total.xy + measures[i].xy, max(total.z, measures[i].z));
  }
  totals[local] = total;
  workgroupBarrier();
  if (local == 0u) {
    for (var i = 1u; i < 64u; i++) {
      total = vec3<f32>(total.xy + totals[i].xy, max(total.z, totals[i].z));
    }
    summit[0] = vec4<f32>(total, 0.0);
  }
}
