/// Reads every cell's height off the folded knots by the quintic B-spline.

struct Gather {
  cells: vec2<u32>,
  knotsPerCell: vec2<f32>,
  offset: vec2<f32>,
  period: u32,
}

@group(0) @binding(0) var<uniform> grid: Gather;
@group(0) @binding(1) var<storage, read> wave: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read_write> heights: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let cell = flatGroup(group, groups) * 64u + local;
  if (cell >= grid.cells.x * grid.cells.y) {
    return;
  }
  let middle = vec2<f32>(vec2<u32>(cell % grid.cells.x, cell / grid.cells.x)) + 0.5;
  let place = middle * grid.knotsPerCell + grid.offset;
  let whole = floor(place);
  let start = vec2<u32>(whole) - 2u;
  var across = spline(place.x - whole.x);
  var down = spline(place.y - whole.y);
  var sum = 0.0;
  for (var j = 0u; j < 6u; j++) {
    let row = (start.y + j) * grid.period + start.x;
    var line = 0.0;
    for (var i = 0u; i < 6u; i++) {
      line += across[i] * wave[row + i].x;
    }
    sum += down[j] * line;
  }
  heights[cell] = sum;
}
