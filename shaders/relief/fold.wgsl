/// Multiplies a wave's spectrum with the kernel's, which is real and even: of it only the quarter of frequencies from 0
/// on is kept, column by column.

struct Fold {
  periods: vec2<u32>,
}

@group(0) @binding(0) var<uniform> fold: Fold;
@group(0) @binding(1) var<storage, read> spectrum: array<f32>;
@group(0) @binding(2) var<storage, read_write> wave: array<vec2<f32>>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let id = flatGroup(group, groups) * 64u + local;
  if (id >= fold.periods.x * fold.periods.y) {
    return;
  }
  let at = vec2<u32>(id % fold.periods.x, id / fold.periods.x);
  let frequency = min(at, fold.periods - at);
  wave[id] *= spectrum[frequency.x * (fold.periods.y / 2u + 1u) + frequency.y];
}
