@group(0) @binding(0) var<uniform> sort: Sort;
/// Each becomes the sum of those before it in its span.
@group(0) @binding(1) var<storage, read_write> counters: array<u32>;
/// The sum of each span.
@group(0) @binding(2) var<storage, read_write> spans: array<u32>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let span = flatGroup(group, groups);
  let each = scanSpan / lanes;
  let first = min(span * scanSpan + lane * each, sort.counterCount);
  let end = min(first + each, sort.counterCount);
  var sum = 0u;
  for (var i = first; i < end; i++) {
    sum += counters[i];
  }
  var before = sumBefore(lane, sum);
  for (var i = first; i < end; i++) {
    let count = counters[i];
    counters[i] = before;
    before += count;
  }
  if (lane == 0 && span * scanSpan < sort.counterCount) {
    spans[span] = laneSums[lanes - 1];
  }
}
