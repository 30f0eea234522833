struct Hold {
  count: u32,
  /// The temperature is at least this; 0 leaves it alone.
  warmth: f32,
}

struct HeldNode {
  node: u32,
  x: f32,
  y: f32,
}

@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<uniform> hold: Hold;
@group(0) @binding(2) var<storage, read> held: array<HeldNode>;
@group(0) @binding(3) var<storage, read> nodes: array<Node>;
@group(0) @binding(4) var<storage, read_write> forces: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> velocities: array<vec2<f32>>;
@group(0) @binding(6) var<storage, read_write> positions: array<vec2<f32>>;
/// Swinging and traction of each workgroup of the repulsion, of which those of held nodes are taken off.
@group(0) @binding(7) var<storage, read_write> partials: array<vec2<f32>>;
@group(0) @binding(8) var<storage, read_write> speed: Speed;

var<workgroup> shares: array<vec2<f32>, 64>;

/// Puts held nodes at their places, at rest and without forces, as engine/layout/cpu/hold.ts does. One workgroup.
@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32) {
  var sum = vec2(0.0);
  for (var k = lane; k < hold.count; k += 64) {
    let i = held[k].node;
    let force = forces[i];
    sum += nodes[i].mass * vec2(length(force.zw - force.xy), 0.5 * length(force.zw + force.xy));
    forces[i] = vec4(0.0);
    velocities[i] = vec2(0.0);
    positions[i] = vec2(held[k].x, held[k].y);
  }
  shares[lane] = sum;
  for (var reach = 32u; reach > 0; reach /= 2) {
    workgroupBarrier();
    if (lane < reach) {
      shares[lane] += shares[lane + reach];
    }
  }
  if (lane == 0) {
    partials[0] -= shares[0];
    if (settings.rule == momentumRule) {
      speed.speed = max(speed.speed, hold.warmth);
    }
  }
}
