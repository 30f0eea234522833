@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<storage, read> positions: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read> nodes: array<Node>;
@group(0) @binding(3) var<storage, read> edges: array<Edge>;
@group(0) @binding(4) var<storage, read> chunks: array<Chunk>;
/// The attraction along all edges of each chunk (xy) and their stiffness (z).
@group(0) @binding(5) var<storage, read_write> chunkSums: array<vec3<f32>>;

var<workgroup> sums: array<vec3<f32>, 64>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let chunkCount = arrayLength(&chunks);
  let number = flatGroup(group, groups);
  let chunk = chunks[min(number, chunkCount - 1)];
  let position = positions[chunk.node];
  let size = nodes[chunk.node].size;
  var sum = vec3(0.0);
  for (var k = chunk.firstEdge + lane; k < chunk.endEdge; k += 64) {
    let edge = edges[k];
    let delta = position - positions[edge.neighbour];
    sum += spring(delta, size + nodes[edge.neighbour].size, edge.pull) * vec3(-delta, 1);
  }
  sums[lane] = sum;
  for (var reach = 32u; reach > 0; reach /= 2) {
    workgroupBarrier();
    if (lane < reach) {
      sums[lane] += sums[lane + reach];
    }
  }
  if (lane == 0 && number < chunkCount) {
    chunkSums[number] = sums[0];
  }
}
