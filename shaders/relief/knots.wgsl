/// Turns the knots' quanta into complex numbers, in rows as long as the period, and leaves the knots empty for the next time.

struct Knots {
  size: vec2<u32>,
  period: u32,
  perQuantum: f32,
}

@group(0) @binding(0) var<uniform> lattice: Knots;
@group(0) @binding(1) var<storage, read_write> knots: array<u32>;
@group(0) @binding(2) var<storage, read_write> wave: array<vec2<f32>>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let knot = flatGroup(group, groups) * 64u + local;
  if (knot >= lattice.size.x * lattice.size.y) {
    return;
  }
  let row = knot / lattice.size.x;
  let quanta = knots[knot];
  knots[knot] = 0u;
  wave[row * lattice.period + knot % lattice.size.x] = vec2<f32>(f32(quanta) * lattice.perQuantum, 0.0);
}
