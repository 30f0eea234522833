@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<uniform> pyramid: Pyramid;
@group(0) @binding(2) var<storage, read> grid: Grid;
@group(0) @binding(3) var<storage, read> counters: array<u32>;
@group(0) @binding(4) var<storage, read> spans: array<u32>;
@group(0) @binding(5) var<storage, read> bodies: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> moments: array<Series>;

/// The moments of the deepest level, a_k = Σ m tᵏ with t from the middle of the cell, and of the four above it.
@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let level = pyramid.depth;
  let corner = tileCorner(flatGroup(group, groups), level);
  let at = corner + placeInTile(lane);
  var series: Series;
  if (all(at < vec2(1u << level))) {
    let cell = (at.y << level) + at.x;
    let end = startOf(cell + 1);
    for (var k = startOf(cell); k < end; k++) {
      let body = bodies[k];
      let t = (body.xy - grid.corner) / grid.side - (vec2<f32>(at) + 0.5);
      let t2 = times(t, t);
      series.c0.x += body.z;
      series.c1 += body.z * t;
      series.c2 += body.z * t2;
      series.c3 += body.z * times(t2, t);
      series.c4 += body.z * times(t2, t2);
    }
    moments[cellAt(level, at)] = series;
  }
  family[lane] = series;
  gatherMoments(corner, lane, level);
}
