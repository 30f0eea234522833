@group(0) @binding(0) var<uniform> sort: Sort;
@group(0) @binding(1) var<storage, read> keys: array<u32>;
@group(0) @binding(2) var<storage, read> values: array<u32>;
/// Counters summed up within each span of the scan, and the sums of the spans before.
@group(0) @binding(3) var<storage, read> counters: array<u32>;
@group(0) @binding(4) var<storage, read> spans: array<u32>;
@group(0) @binding(5) var<storage, read_write> sortedKeys: array<u32>;
@group(0) @binding(6) var<storage, read_write> sortedValues: array<u32>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let own = flatGroup(group, groups) * 64 + lane;
  if (own >= sort.blockCount) {
    return;
  }
  var places: array<u32, digits>;
  for (var digit = 0u; digit < digits; digit++) {
    let counter = digit * sort.blockCount + own;
    places[digit] = counters[counter] + spans[counter / scanSpan];
  }
  let end = min((own + 1) * blockSize, sort.keyCount);
  for (var i = own * blockSize; i < end; i++) {
    let key = keys[i];
    let digit = (key >> sort.shift) % digits;
    let place = places[digit];
    places[digit] = place + 1;
    sortedKeys[place] = key;
    sortedValues[place] = values[i];
  }
}
