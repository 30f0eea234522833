@group(0) @binding(0) var<uniform> pyramid: Pyramid;
@group(0) @binding(1) var<storage, read_write> moments: array<Series>;

/// The moments of the levels above the five that are there.
@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let level = pyramid.depth - 4;
  let corner = tileCorner(flatGroup(group, groups), level);
  let at = corner + placeInTile(lane);
  var series: Series;
  if (all(at < vec2(1u << level))) {
    series = moments[cellAt(level, at)];
  }
  family[lane] = series;
  gatherMoments(corner, lane, level);
}
