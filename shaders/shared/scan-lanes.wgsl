const lanes = 256u;
var<workgroup> laneSums: array<u32, lanes>;

/// The sum of the values of the lanes before this one; afterwards `laneSums[lanes - 1]` is that of all.
fn sumBefore(lane: u32, value: u32) -> u32 {
  laneSums[lane] = value;
  workgroupBarrier();
  for (var reach = 1u; reach < lanes; reach *= 2) {
    var sum = laneSums[lane];
    if (lane >= reach) {
      sum += laneSums[lane - reach];
    }
    workgroupBarrier();
    laneSums[lane] = sum;
    workgroupBarrier();
  }
  return laneSums[lane] - value;
}
