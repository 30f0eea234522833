@group(0) @binding(0) var<uniform> pyramid: Pyramid;
@group(0) @binding(1) var<storage, read> counters: array<u32>;
/// Pairs of bodies in neighbouring cells, and cells with a body: a sum for each of 16 parts of each level.
@group(0) @binding(2) var<storage, read_write> crowds: array<vec2<f32>>;

const parts = 16u;

var<workgroup> sums: array<vec2<f32>, 256>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let number = flatGroup(group, groups);
  let level = min(pyramid.coarsest + number / parts, pyramid.depth);
  let side = 1u << level;
  var sum = vec2(0.0);
  for (var cell = number % parts * 256 + lane; cell < side * side; cell += parts * 256) {
    let own = counters[firstCellOf(level) + cell];
    if (own > 0) {
      sum += vec2(f32(own) * near(level, vec2(cell % side, cell / side)), 1);
    }
  }
  sums[lane] = sum;
  for (var reach = 128u; reach > 0; reach /= 2) {
    workgroupBarrier();
    if (lane < reach) {
      sums[lane] += sums[lane + reach];
    }
  }
  if (lane == 0 && number < parts * (pyramid.depth + 1 - pyramid.coarsest)) {
    crowds[number] = sums[0];
  }
}

/// Bodies in a cell and its neighbours.
fn near(level: u32, at: vec2<u32>) -> f32 {
  let last = (1u << level) - 1;
  var sum = 0u;
  for (var y = max(at.y, 1) - 1; y <= min(at.y + 1, last); y++) {
    for (var x = max(at.x, 1) - 1; x <= min(at.x + 1, last); x++) {
      sum += counters[firstCellOf(level) + (y << level) + x];
    }
  }
  return f32(sum);
}
