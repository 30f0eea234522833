@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<storage, read> positions: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read_write> frame: Frame;

var<workgroup> samples: array<vec2<f32>, 256>;

/// Centre and scale from the medians and quartiles of 256 nodes, so that a few outliers don't coarsen the curve where the
/// others are. x and y are sorted side by side by a bitonic network. One workgroup.
@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) lane: u32) {
  samples[lane] = positions[u32(f32(lane) / 256 * f32(settings.nodeCount))];
  for (var run = 2u; run <= 256; run *= 2) {
    for (var reach = run / 2; reach > 0; reach /= 2) {
      workgroupBarrier();
      let other = lane ^ reach;
      if (other > lane) {
        let low = min(samples[lane], samples[other]);
        let high = max(samples[lane], samples[other]);
        let isRising = (lane & run) == 0;
        samples[lane] = select(high, low, isRising);
        samples[other] = select(low, high, isRising);
      }
    }
  }
  workgroupBarrier();
  if (lane == 0) {
    frame.centre = samples[128];
    let quarters = samples[192] - samples[64];
    let ends = samples[255] - samples[0];
    let spread = select(max(ends.x, ends.y), max(quarters.x, quarters.y), max(quarters.x, quarters.y) > 0);
    frame.scale = max(spread, 1e-12);
  }
}
