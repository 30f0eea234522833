@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<storage, read> positions: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read> nodes: array<Node>;
@group(0) @binding(3) var<storage, read> order: array<u32>;
@group(0) @binding(4) var<storage, read_write> bodies: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> cells: array<Cell>;

/// Fetches the bodies along the curve and makes the cells of levels 0 to 3.
@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let number = flatGroup(group, groups);
  let leaf = number * 64 + lane;
  var cell: Cell;
  if (leaf < settings.levels[0].y) {
    cell = gather(leaf * leafSize, min((leaf + 1) * leafSize, settings.nodeCount));
    cells[settings.levels[0].x + leaf] = cell;
  }
  family[lane] = cell;
  ascend(number, lane, 0);
  tighten(number, lane);
}

fn gather(first: u32, end: u32) -> Cell {
  var cell: Cell;
  var own: array<vec4<f32>, leafSize>;
  var offset = vec2(0.0);
  for (var place = first; place < end; place++) {
    let i = order[place];
    let node = nodes[i];
    let body = vec4(positions[i], node.mass, select(0.0, node.size, settings.adjustSizes != 0));
    bodies[place] = body;
    own[place - first] = body;
    cell.mass += body.z;
    offset += body.z * (body.xy - own[0].xy);
  }
  cell.centre = own[0].xy;
  if (cell.mass != 0) {
    cell.centre += offset / cell.mass;
  }
  for (var k = 0u; k < end - first; k++) {
    cell.radius = max(cell.radius, distance(own[k].xy, cell.centre) + own[k].w);
  }
  cell.radius *= margin;
  if (cell.radius > 0) {
    for (var k = 0u; k < end - first; k++) {
      let s = (own[k].xy - cell.centre) / cell.radius;
      let s2 = times(s, s);
      cell.a2 += own[k].z * s2;
      cell.a3 += own[k].z * times(s2, s);
    }
  }
  return cell;
}

var<workgroup> reaches: array<vec3<f32>, 64>;

/// Gives the cells of levels 1 to 3 the radius that their bodies really need: the sum of the radii inside is a third more,
/// and the walk would open as many cells more.
fn tighten(group: u32, lane: u32) {
  // The centres were written by other lanes of this workgroup.
  storageBarrier();
  let leaf = group * 64 + lane;
  var reach = vec3(0.0);
  if (leaf < settings.levels[0].y) {
    var centres: array<vec2<f32>, 3>;
    for (var level = 1u; level <= 3; level++) {
      let ancestor = min(leaf >> (2 * level), max(settings.levels[level].y, 1) - 1);
      centres[level - 1] = cells[settings.levels[level].x + ancestor].centre;
    }
    for (var place = leaf * leafSize; place < min((leaf + 1) * leafSize, settings.nodeCount); place++) {
      let body = bodies[place];
      let away = vec3(distance(body.xy, centres[0]), distance(body.xy, centres[1]), distance(body.xy, centres[2]));
      reach = max(reach, away + body.w);
    }
  }
  reaches[lane] = reach;
  var count = 64u;
  for (var level = 1u; level <= 3; level++) {
    count /= 4;
    workgroupBarrier();
    var farthest = vec3(0.0);
    if (lane < count) {
      let first = 4 * lane;
      farthest = max(max(reaches[first], reaches[first + 1]), max(reaches[first + 2], reaches[first + 3]));
    }
    workgroupBarrier();
    if (lane < count) {
      reaches[lane] = farthest;
      let index = group * count + lane;
      if (index < settings.levels[level].y) {
        shrink(settings.levels[level].x + index, farthest[level - 1] * margin);
      }
    }
  }
}

/// Moments are in units of the radius.
fn shrink(index: u32, radius: f32) {
  var cell = cells[index];
  if (radius > 0) {
    let ratio = cell.radius / radius;
    cell.a2 *= ratio * ratio;
    cell.a3 *= ratio * ratio * ratio;
    cell.radius = radius;
    cells[index] = cell;
  }
}
