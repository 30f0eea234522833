@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<uniform> pyramid: Pyramid;
@group(0) @binding(2) var<storage, read> positions: array<vec2<f32>>;
@group(0) @binding(3) var<storage, read> boxes: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> grid: Grid;
/// Bodies in each cell.
@group(0) @binding(5) var<storage, read_write> counters: array<atomic<u32>>;
/// Each body's cell, and how many came to it before: by chance, but different for all bodies of the cell.
@group(0) @binding(6) var<storage, read_write> seats: array<vec2<u32>>;

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
  let laid = layGrid();
  if (i == 0) {
    grid = laid;
  }
  let at = columnAndRow(laid, positions[i]);
  let cell = (at.y << pyramid.depth) + at.x;
  seats[i] = vec2(cell, atomicAdd(&counters[cell], 1));
}
