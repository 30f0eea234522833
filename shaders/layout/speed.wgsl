@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<storage, read> partials: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read_write> speed: Speed;

const minEfficiency = 0.05;
/// Keeps quotients finite where nothing swings.
const least = 1e-30;
const most = 1e30;

var<workgroup> sums: array<vec2<f32>, 256>;

/// Gephi's rule, as engine/layout/cpu/speed.ts has it, or the temperature of the momentum rule. One workgroup.
@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) lane: u32) {
  var sum = vec2(0.0);
  for (var k = lane; k < settings.partialCount; k += 256) {
    sum += partials[k];
  }
  sums[lane] = sum;
  for (var reach = 128u; reach > 0; reach /= 2) {
    workgroupBarrier();
    if (lane < reach) {
      sums[lane] += sums[lane + reach];
    }
  }
  if (lane == 0) {
    speed.swinging = sums[0].x;
    speed.traction = sums[0].y;
    if (settings.rule == gephiRule) {
      // Where the shares of held nodes are taken off, rounding can leave less than nothing.
      adapt(max(sums[0].x, 0), max(sums[0].y, 0));
    } else if (settings.rule == momentumRule) {
      speed.speed = max(settings.coldest, settings.cooling * speed.speed);
    }
  }
}

fn adapt(swinging: f32, traction: f32) {
  if (swinging == 0 && traction == 0) {
    return;
  }
  let count = f32(settings.nodeCount);
  let estimate = 0.05 * sqrt(count);
  let aim = max(sqrt(estimate), min(10, estimate * (traction / count) / count));
  var tolerance = settings.jitterTolerance * aim;
  var efficiency = speed.efficiency;
  if (swinging > 2 * traction) {
    if (efficiency > minEfficiency) {
      efficiency *= 0.5;
    }
    tolerance = max(tolerance, settings.jitterTolerance);
  }
  let goal = min(most, tolerance * efficiency * (traction / max(swinging, least)));
  if (swinging > tolerance * traction) {
    if (efficiency > minEfficiency) {
      efficiency *= 0.7;
    }
  } else if (speed.speed < 1000) {
    efficiency = min(most, efficiency * 1.3);
  }
  speed.efficiency = efficiency;
  speed.speed += min(goal - speed.speed, 0.5 * speed.speed);
}
