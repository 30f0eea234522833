@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<uniform> pyramid: Pyramid;
@group(0) @binding(2) var<storage, read> positions: array<vec2<f32>>;
/// Least x, least y, least −x, least −y.
@group(0) @binding(3) var<storage, read_write> boxes: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> counters: array<u32>;

var<workgroup> found: array<vec4<f32>, 256>;

/// Measures the bodies and clears the counters.
@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let number = flatGroup(group, groups);
  let first = number * 256 + lane;
  let stride = pyramid.boxCount * 256;
  for (var k = first; k < pyramid.counterCount; k += stride) {
    counters[k] = 0;
  }
  let start = positions[min(first, settings.nodeCount - 1)];
  var box = vec4(start, -start);
  for (var i = first; i < settings.nodeCount; i += stride) {
    box = min(box, vec4(positions[i], -positions[i]));
  }
  // In two strides of 16: barriers cost more than the few steps that they save.
  found[lane] = box;
  workgroupBarrier();
  if (lane % 16 == 0) {
    for (var k = 1u; k < 16; k++) {
      box = min(box, found[lane + k]);
    }
    found[lane] = box;
  }
  workgroupBarrier();
  if (lane == 0 && number < pyramid.boxCount) {
    for (var k = 16u; k < 256; k += 16) {
      box = min(box, found[k]);
    }
    boxes[number] = box;
  }
}
