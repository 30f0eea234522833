@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<storage, read> nodes: array<Node>;
@group(0) @binding(2) var<storage, read> forces: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> stiffness: array<f32>;
/// The temperature is its speed.
@group(0) @binding(4) var<storage, read> speed: Speed;
@group(0) @binding(5) var<storage, read_write> velocities: array<vec2<f32>>;
@group(0) @binding(6) var<storage, read_write> positions: array<vec2<f32>>;
/// Tension and power of each workgroup.
@group(0) @binding(7) var<storage, read_write> partials: array<vec2<f32>>;

var<workgroup> sums: array<vec2<f32>, 64>;

/// The momentum rule, as engine/layout/cpu/momentum.ts has it.
@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let number = flatGroup(group, groups);
  let i = number * 64 + lane;
  sums[lane] = vec2(0.0);
  if (i < settings.nodeCount) {
    sums[lane] = glide(i);
  }
  for (var reach = 32u; reach > 0; reach /= 2) {
    workgroupBarrier();
    if (lane < reach) {
      sums[lane] += sums[lane + reach];
    }
  }
  if (lane == 0 && number < settings.partialCount) {
    partials[number] = sums[0];
  }
}

/// Moves a node; returns its tension |F|²/D and power F·v.
fn glide(i: u32) -> vec2<f32> {
  let force = forces[i].xy;
  let strength = length(force);
  let position = positions[i];
  let distance = select(length(position), 1.0, settings.strongGravityMode != 0);
  var hold = stiffness[i];
  if (distance > 0) {
    hold += settings.gravity * nodes[i].mass / distance;
  }
  // What nothing holds goes as far as it may, and adds no tension that could ever go.
  let newton = settings.stride / max(hold, 1e-30);
  let push = min(newton, speed.speed * settings.longestPush / max(strength, 1e-30));
  let velocity = settings.inertia * velocities[i] + push * force;
  velocities[i] = velocity;
  positions[i] = position + velocity;
  return vec2(select(0.0, strength * (strength / max(hold, 1e-30)), hold > 0), dot(force, velocity));
}
