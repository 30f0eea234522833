@group(0) @binding(0) var<uniform> sort: Sort;
/// Each becomes the sum of those before it. One workgroup does it all: there are few.
@group(0) @binding(1) var<storage, read_write> spans: array<u32>;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) lane: u32) {
  let spanCount = (sort.counterCount + scanSpan - 1) / scanSpan;
  let each = (spanCount + lanes - 1) / lanes;
  let first = min(lane * each, spanCount);
  let end = min(first + each, spanCount);
  var sum = 0u;
  for (var i = first; i < end; i++) {
    sum += spans[i];
  }
  var before = sumBefore(lane, sum);
  for (var i = first; i < end; i++) {
    let count = spans[i];
    spans[i] = before;
    before += count;
  }
}
