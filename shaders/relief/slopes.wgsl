/// Measures the ground in stretches of 1,024 cells: the sum of slopes, the sum of their squares, the highest point.

struct Slopes {
  cells: vec2<u32>,
}

@group(0) @binding(0) var<uniform> grid: Slopes;
@group(0) @binding(1) var<storage, read> heights: array<f32>;
@group(0) @binding(2) var<storage, read_write> measures: array<vec4<f32>>;

const stretch = 1024u;
var<workgroup> parts: array<vec3<f32>, 64>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let part = flatGroup(group, groups);
  let end = min(grid.cells.x * grid.cells.y, (part + 1u) * stretch);
  var measure = vec3<f32>(0.0);
  for (var cell = part * stretch + local; cell < end; cell += 64u) {
    let gradient = gradientAt(cell, grid.cells);
    let square = dot(gradient, gradient);
    measure = vec3<f32>(measure.xy + vec2<f32>(sqrt(square), square), max(measure.z, heights[cell]));
  }
  parts[local] = measure;
  workgroupBarrier();
  if (local == 0u && part < arrayLength(&measures)) {
    var total = vec3<f32>(0.0);
    for (var i = 0u; i < 64u; i++) {
      total = vec3<f32>(total.xy + parts[i].xy, max(total.z, parts[i].z));
    }
    measures[part] = vec4<f32>(total, 0.0);
  }
}
