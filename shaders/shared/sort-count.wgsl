@group(0) @binding(0) var<uniform> sort: Sort;
@group(0) @binding(1) var<storage, read> keys: array<u32>;
/// How often each digit occurs in each block: all blocks of digit 0, then all of digit 1, …
@group(0) @binding(2) var<storage, read_write> counters: array<u32>;

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
  var counts: array<u32, digits>;
  let end = min((own + 1) * blockSize, sort.keyCount);
  for (var i = own * blockSize; i < end; i++) {
    counts[(keys[i] >> sort.shift) % digits]++;
  }
  for (var digit = 0u; digit < digits; digit++) {
    counters[digit * sort.blockCount + own] = counts[digit];
  }
}
