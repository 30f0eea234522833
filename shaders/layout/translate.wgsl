@group(0) @binding(0) var<uniform> pyramid: Pyramid;
@group(0) @binding(1) var<storage, read> moments: array<Series>;
@group(0) @binding(2) var<storage, read_write> locals: array<Series>;

/// What the far cells of each cell do within it: those that are no neighbours of it but were too near for its parent.
@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let cell = firstCellOf(pyramid.coarsest) + flatGroup(group, groups) * 64 + lane;
  // An empty cell has nobody to act on.
  if (cell >= firstCellOf(pyramid.depth + 1) || moments[cell].c0.x == 0) {
    return;
  }
  let level = firstLeadingBit(3 * cell + 1) / 2;
  let side = 1u << level;
  let index = cell - firstCellOf(level);
  let at = vec2<i32>(vec2(index % side, index / side));
  var low = vec2(0);
  var high = vec2(i32(side) - 1);
  if (level > pyramid.coarsest) {
    low = max(low, 2 * (at / 2) - 2);
    high = min(high, 2 * (at / 2) + 3);
  }
  var sum: Series;
  for (var y = low.y; y <= high.y; y++) {
    for (var x = low.x; x <= high.x; x++) {
      let between = at - vec2(x, y);
      let source = firstCellOf(level) + (u32(y) << level) + u32(x);
      if (any(abs(between) > vec2(1)) && moments[source].c0.x != 0) {
        addFar(&sum, moments[source], vec2<f32>(between));
      }
    }
  }
  locals[cell] = sum;
}

/// L_n += (−1)ⁿ Σ_k C(n + k, k) a_k uⁿ⁺ᵏ⁺¹, u = 1/w: running sums over running sums are sums with binomials.
fn addFar(sum: ptr<function, Series>, source: Series, w: vec2<f32>) {
  let u = vec2(w.x, -w.y) / dot(w, w);
  let u2 = times(u, u);
  let u3 = times(u2, u);
  let u4 = times(u2, u2);
  let b4 = times(source.c4, times(u3, u2));
  var b3 = times(source.c3, u4);
  var b2 = times(source.c2, u3);
  var b1 = times(source.c1, u2);
  var b0 = source.c0.x * u;
  b3 += b4;
  b2 += b3;
  b1 += b2;
  b0 += b1;
  (*sum).c0 += b0;
  b3 += b4;
  b2 += b3;
  b1 += b2;
  b0 += b1;
  (*sum).c1 -= times(b0, u);
  b3 += b4;
  b2 += b3;
  b1 += b2;
  b0 += b1;
  (*sum).c2 += times(b0, u2);
  b3 += b4;
  b2 += b3;
  b1 += b2;
  b0 += b1;
  (*sum).c3 -= times(b0, u3);
  b3 += b4;
  b2 += b3;
  b1 += b2;
  b0 += b1;
  (*sum).c4 += times(b0, u4);
}
