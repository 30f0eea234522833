@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<storage, read> nodes: array<Node>;
@group(0) @binding(2) var<storage, read> speed: Speed;
@group(0) @binding(3) var<storage, read_write> forces: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> positions: array<vec2<f32>>;
/// graphology's local speed of each node.
@group(0) @binding(5) var<storage, read_write> convergence: array<f32>;

/// The longest step a node makes where sizes count (Gephi), and the largest force there (graphology).
const limit = 10.0;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flatGroup(group, groups) * 64 + lane;
  if (i >= settings.nodeCount) {
    return;
  }
  if (settings.rule == graphologyRule) {
    integrateLocally(i);
  } else {
    integrate(i);
  }
}

/// Gephi's rule.
fn integrate(i: u32) {
  let force = forces[i];
  let swinging = nodes[i].mass * length(force.zw - force.xy);
  var factor = speed.speed / (1 + sqrt(speed.speed * swinging));
  if (settings.adjustSizes != 0) {
    factor = min(0.1 * factor, limit / max(length(force.xy), 1e-30));
  }
  positions[i] += factor * force.xy;
}

/// The rule of graphology-layout-forceatlas2: a speed of its own for every node, no global one.
fn integrateLocally(i: u32) {
  var force = forces[i];
  if (settings.adjustSizes != 0) {
    force = vec4(force.xy * min(1, limit / max(length(force.xy), 1e-30)), force.zw);
    forces[i] = force;
  }
  let rootOfSwinging = sqrt(nodes[i].mass * length(force.zw - force.xy));
  let traction = 0.5 * length(force.zw + force.xy);
  let start = select(convergence[i], 0.1, settings.adjustSizes != 0);
  let pace = start * log(1 + traction) / (1 + rootOfSwinging);
  if (settings.adjustSizes == 0) {
    convergence[i] = min(1, sqrt(pace * dot(force.xy, force.xy) / (1 + rootOfSwinging)));
  }
  positions[i] += force.xy * (pace / settings.slowDown);
}
