@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<uniform> pyramid: Pyramid;
@group(0) @binding(2) var<storage, read> positions: array<vec2<f32>>;
@group(0) @binding(3) var<storage, read> nodes: array<Node>;
@group(0) @binding(4) var<storage, read> seats: array<vec2<u32>>;
@group(0) @binding(5) var<storage, read> counters: array<u32>;
@group(0) @binding(6) var<storage, read> spans: array<u32>;
@group(0) @binding(7) var<storage, read> arrivals: array<u32>;
/// The bodies cell by cell: x, y, mass, size.
@group(0) @binding(8) var<storage, read_write> bodies: array<vec4<f32>>;
/// The node at each place, and its cell.
@group(0) @binding(9) var<storage, read_write> order: array<vec2<u32>>;

/// Puts the bodies of each cell in the order of their numbers, so that sums come out the same whoever came first.
@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flatGroup(group, groups) * 64 + lane;
  if (i >= settings.nodeCount) {
    return;
  }
  let cell = seats[i].x;
  let start = startOf(cell);
  let end = startOf(cell + 1);
  var place = start;
  for (var k = start; k < end; k++) {
    place += u32(arrivals[k] < i);
  }
  bodies[place] = vec4(positions[i], nodes[i].mass, nodes[i].size);
  order[place] = vec2(i, cell);
}
