@group(0) @binding(0) var<uniform> settings: Settings;
/// The first workgroup of this dispatch and the first of the next: one over all pairs of a large graph would take too long.
@group(0) @binding(1) var<uniform> part: vec4<u32>;
@group(0) @binding(2) var<storage, read> positions: array<vec2<f32>>;
@group(0) @binding(3) var<storage, read> nodes: array<Node>;
@group(0) @binding(4) var<storage, read_write> forces: array<vec4<f32>>;
/// Swinging and traction of each workgroup.
@group(0) @binding(5) var<storage, read_write> partials: array<vec2<f32>>;

/// x, y, mass, size
var<workgroup> tile: array<vec4<f32>, 64>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let number = part.x + flatGroup(group, groups);
  let i = min(number * 64 + lane, settings.nodeCount - 1);
  let isOwn = number < part.y && number * 64 + lane < settings.nodeCount;
  let node = nodes[i];
  let position = positions[i];
  var sum = vec2(0.0);
  for (var first = 0u; first < settings.nodeCount; first += 64) {
    let j = min(first + lane, settings.nodeCount - 1);
    workgroupBarrier();
    // The last tile is filled up with bodies of no mass.
    tile[lane] = vec4(positions[j], select(0.0, nodes[j].mass, first + lane < settings.nodeCount), nodes[j].size);
    workgroupBarrier();
    if (settings.adjustSizes == 0) {
      for (var k = 0u; k < 64; k++) {
        let body = tile[k];
        sum += repel(position - body.xy, body.z);
      }
    } else {
      for (var k = 0u; k < 64; k++) {
        let body = tile[k];
        sum += repelRims(position - body.xy, body.z, node.size + body.w);
      }
    }
  }
  var force = forces[i];
  force = vec4(force.xy + settings.scalingRatio * node.mass * sum, force.zw);
  if (isOwn) {
    forces[i] = force;
  }
  let total = measure(lane, select(0.0, node.mass, isOwn), force);
  if (lane == 0 && number < part.y) {
    partials[number] = total;
  }
}
