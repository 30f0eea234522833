@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<uniform> pyramid: Pyramid;
@group(0) @binding(2) var<storage, read> positions: array<vec2<f32>>;
@group(0) @binding(3) var<storage, read> boxes: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> grid: Grid;
@group(0) @binding(5) var<storage, read_write> counters: array<atomic<u32>>;

/// Counts the bodies in each cell of all levels, as if each were the deepest.
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
  for (var level = pyramid.coarsest; level <= pyramid.depth; level++) {
    let above = at >> vec2(pyramid.depth - level);
    atomicAdd(&counters[firstCellOf(level) + (above.y << level) + above.x], 1);
  }
}
