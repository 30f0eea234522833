@group(0) @binding(0) var<uniform> settings: Settings;
/// The bodies along the curve: x, y, mass, size.
@group(0) @binding(1) var<storage, read> bodies: array<vec4<f32>>;
/// The node at each place of the curve.
@group(0) @binding(2) var<storage, read> order: array<u32>;
@group(0) @binding(3) var<storage, read> cells: array<Cell>;
@group(0) @binding(4) var<storage, read_write> forces: array<vec4<f32>>;
/// Swinging and traction of each workgroup.
@group(0) @binding(5) var<storage, read_write> partials: array<vec2<f32>>;

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
  let sum = walk(body, cells[settings.levels[1].x + place / (4 * leafSize)]);
  let i = order[place];
  var force = forces[i];
  force = vec4(force.xy + settings.scalingRatio * body.z * sum, force.zw);
  if (isOwn) {
    forces[i] = force;
  }
  let total = measure(lane, select(0.0, body.z, isOwn), force);
  if (lane == 0 && number < settings.partialCount) {
    partials[number] = total;
  }
}

/// Sums over the tree without a stack: the cell after the last child of a cell is its parent's next sibling. What is far
/// is judged for all bodies of the cell `own` of level 1 alike, so that the lanes of a subgroup stay together.
fn walk(body: vec4<f32>, own: Cell) -> vec2<f32> {
  var sum = vec2(0.0);
  var level = settings.topLevel;
  var index = 0u;
  loop {
    let span = settings.levels[level];
    if (index >= span.y) {
      break;
    }
    let cell = cells[span.x + index];
    let between = cell.centre - own.centre;
    let away = settings.opening * cell.radius + own.radius;
    if (dot(between, between) > away * away) {
      sum += repelByCell(body.xy - cell.centre, cell);
    } else if (level == 0) {
      let first = index * leafSize;
      let end = min(first + leafSize, settings.nodeCount);
      if (settings.adjustSizes == 0) {
        for (var j = first; j < end; j++) {
          let other = bodies[j];
          sum += repel(body.xy - other.xy, other.z);
        }
      } else {
        for (var j = first; j < end; j++) {
          let other = bodies[j];
          sum += repelRims(body.xy - other.xy, other.z, body.w + other.w);
        }
      }
    } else {
      level -= 1;
      index *= 4;
      continue;
    }
    index++;
    let up = min(countTrailingZeros(index) / 2, settings.topLevel - level);
    level += up;
    index >>= 2 * up;
  }
  return sum;
}

/// conj(a₀u + a₂u³ + a₃u⁴), u = 1/(z − c), by Horner's rule in t = r u.
fn repelByCell(delta: vec2<f32>, cell: Cell) -> vec2<f32> {
  let u = vec2(delta.x, -delta.y) / max(dot(delta, delta), tinySquare);
  let t = cell.radius * u;
  let tail = times(times(t, t), cell.a2 + times(cell.a3, t));
  let force = times(u, vec2(cell.mass, 0) + tail);
  return vec2(force.x, -force.y);
}
