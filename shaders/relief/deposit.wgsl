/// Spreads every node's weight over 6 × 6 knots by the quintic B-spline. Knots count in whole quanta, because a sum of
/// whole numbers is the same in whatever order they come. What is lost below a quantum is made good on average: a seeded
/// hash decides whether to round up.

struct Deposit {
  corner: vec2<f32>,
  knotsPerUnit: f32,
  quanta: f32,
  offset: vec2<f32>,
  size: vec2<u32>,
  nodeCount: u32,
}

@group(0) @binding(0) var<uniform> deposit: Deposit;
@group(0) @binding(1) var<storage, read> positions: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read_write> knots: array<atomic<u32>>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let node = flatGroup(group, groups) * 64u + local;
  if (node >= deposit.nodeCount) {
    return;
  }
  let away = positions[node] - deposit.corner;
  let place = vec2<f32>(away.x, -away.y) * deposit.knotsPerUnit + deposit.offset;
  let whole = floor(place);
  let start = vec2<i32>(whole) - 2;
  if (any(start < vec2<i32>(0)) || any(start + 6 > vec2<i32>(deposit.size))) {
    return;
  }
  var across = spline(place.x - whole.x);
  var down = spline(place.y - whole.y);
  let quanta = weights[node] * deposit.quanta;
  for (var j = 0u; j < 6u; j++) {
    let row = (u32(start.y) + j) * deposit.size.x + u32(start.x);
    for (var i = 0u; i < 6u; i++) {
      let knot = row + i;
      atomicAdd(&knots[knot], u32(quanta * across[i] * down[j] + fraction(node * 36u + j * 6u + i)));
    }
  }
}

/// A hash in [0, 1): PCG (Jarzynski and Olano 2020, jcgt.org/published/0009/03/02).
fn fraction(key: u32) -> f32 {
  let state = key * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return f32(((word >> 22u) ^ word) >> 8u) / 16777216.0;
}
