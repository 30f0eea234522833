@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<storage, read> positions: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read> nodes: array<Node>;
@group(0) @binding(3) var<storage, read> edges: array<Edge>;
@group(0) @binding(4) var<storage, read> chunkSums: array<vec3<f32>>;
/// The force (xy) becomes the one of the iteration before (zw); a new one begins with attraction and gravity.
@group(0) @binding(5) var<storage, read_write> forces: array<vec4<f32>>;
/// Attraction over length, summed over each node's edges.
@group(0) @binding(6) var<storage, read_write> stiffness: array<f32>;

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
  let node = nodes[i];
  let next = nodes[i + 1];
  let position = positions[i];
  var sum = vec3(0.0);
  for (var chunk = node.firstChunk; chunk < next.firstChunk; chunk++) {
    sum += chunkSums[chunk];
  }
  if (next.firstChunk == node.firstChunk) {
    for (var k = node.firstEdge; k < next.firstEdge; k++) {
      let edge = edges[k];
      var sizes = 0.0;
      if (settings.adjustSizes != 0) {
        sizes = node.size + nodes[edge.neighbour].size;
      }
      let delta = position - positions[edge.neighbour];
      sum += spring(delta, sizes, edge.pull) * vec3(-delta, 1);
    }
  }
  forces[i] = vec4(gravitate(position, node.mass) + sum.xy, forces[i].xy);
  stiffness[i] = sum.z;
}

fn gravitate(position: vec2<f32>, mass: f32) -> vec2<f32> {
  let pull = -settings.gravity * mass * position;
  let distance = length(position);
  if (settings.strongGravityMode != 0) {
    return pull;
  }
  if (distance == 0) {
    return vec2(0.0);
  }
  return pull / distance;
}
