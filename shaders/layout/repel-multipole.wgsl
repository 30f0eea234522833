@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<uniform> pyramid: Pyramid;
@group(0) @binding(2) var<storage, read> grid: Grid;
/// The bodies cell by cell: x, y, mass, size.
@group(0) @binding(3) var<storage, read> bodies: array<vec4<f32>>;
/// The node at each place, and its cell.
@group(0) @binding(4) var<storage, read> order: array<vec2<u32>>;
@group(0) @binding(5) var<storage, read> counters: array<u32>;
@group(0) @binding(6) var<storage, read> spans: array<u32>;
@group(0) @binding(7) var<storage, read> locals: array<Series>;
@group(0) @binding(8) var<storage, read_write> forces: array<vec4<f32>>;
/// Swinging and traction of each workgroup.
@group(0) @binding(9) var<storage, read_write> partials: array<vec2<f32>>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let number = flatGroup(group, groups);
  let place = min(number * 64 + lane, settings.nodeCount - 1);
  let isOwn = number * 64 + lane < settings.nodeCount;
  let body = bodies[place];
  let node = order[place].x;
  let cell = order[place].y;
  let at = vec2(cell & ((1u << pyramid.depth) - 1), cell >> pyramid.depth);
  let sum = repelNear(body, at) + repelFar(body.xy, at);
  var force = forces[node];
  force = vec4(force.xy + settings.scalingRatio * body.z * sum, force.zw);
  if (isOwn) {
    forces[node] = force;
  }
  let total = measure(lane, select(0.0, body.z, isOwn), force);
  if (lane == 0 && number < settings.partialCount) {
    partials[number] = total;
  }
}

/// From the bodies of the cell and of its neighbours: three rows of them, each of which lies in one piece.
fn repelNear(body: vec4<f32>, at: vec2<u32>) -> vec2<f32> {
  let last = (1u << pyramid.depth) - 1;
  let left = max(at.x, 1) - 1;
  let right = min(at.x + 1, last);
  var sum = vec2(0.0);
  for (var y = max(at.y, 1) - 1; y <= min(at.y + 1, last); y++) {
    let row = y << pyramid.depth;
    let end = startOf(row + right + 1);
    if (settings.adjustSizes == 0) {
      for (var j = startOf(row + left); j < end; j++) {
        let other = bodies[j];
        sum += repel(body.xy - other.xy, other.z);
      }
    } else {
      for (var j = startOf(row + left); j < end; j++) {
        let other = bodies[j];
        sum += repelRims(body.xy - other.xy, other.z, body.w + other.w);
      }
    }
  }
  return sum;
}

/// conj(Σ L_n tⁿ) over the series of the cell and of all cells above it.
fn repelFar(position: vec2<f32>, at: vec2<u32>) -> vec2<f32> {
  let spot = (position - grid.corner) / grid.side;
  var scale = 1.0;
  var sum = vec2(0.0);
  for (var level = pyramid.depth; level >= pyramid.coarsest; level--) {
    let above = at >> vec2(pyramid.depth - level);
    let t = scale * spot - (vec2<f32>(above) + 0.5);
    let index = firstCellOf(level) + (above.y << level) + above.x;
    let local = locals[index];
    let tail = times(times(local.c4, t) + local.c3, t) + local.c2;
    sum += scale * (times(times(tail, t) + local.c1, t) + local.c0);
    scale *= 0.5;
  }
  return vec2(sum.x, -sum.y) / grid.side;
}
