@group(0) @binding(0) var<uniform> settings: Settings;
/// The level of the cells that are there already: 3, 6 or 9.
@group(0) @binding(1) var<uniform> base: vec4<u32>;
@group(0) @binding(2) var<storage, read_write> cells: array<Cell>;

/// Makes the cells of the three levels above the base.
@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let number = flatGroup(group, groups);
  let index = number * 64 + lane;
  let level = settings.levels[base.x];
  var cell: Cell;
  if (index < level.y) {
    cell = cells[level.x + index];
  }
  family[lane] = cell;
  ascend(number, lane, base.x);
}
