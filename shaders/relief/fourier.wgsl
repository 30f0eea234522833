/// One stage of Stockham's Fourier transform of many lines (Van Loan 1992, section 1.7), of radix 2 or 4: after all of a
/// line's stages its values stand in their natural order. Unscaled. Roots come from a table, since sin and cos may be off
/// by 5e-4 on a GPU.

struct Stage {
  count: u32,
  radix: u32,
  /// The product of the radices before.
  done: u32,
  /// From here on a line's elements are taken as 0.
  known: u32,
  lines: u32,
  elementStride: u32,
  lineStride: u32,
  /// How many steps in the table of roots make one of exp(−2πi / count).
  rootStride: u32,
  isInverse: u32,
}

@group(0) @binding(0) var<uniform> stage: Stage;
@group(0) @binding(1) var<storage, read> roots: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read> before: array<vec2<f32>>;
@group(0) @binding(3) var<storage, read_write> after: array<vec2<f32>>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let id = flatGroup(group, groups) * 64u + local;
  let share = stage.count / stage.radix;
  if (id >= share * stage.lines) {
    return;
  }
  /// Neighbouring threads take neighbouring places in memory, whichever way the lines run.
  let isAcross = stage.elementStride == 1u;
  let line = select(id % stage.lines, id / share, isAcross) * stage.lineStride;
  let t = select(id / stage.lines, id % share, isAcross);
  let span = t / stage.done;
  let first = t % stage.done + span * stage.done * stage.radix;
  let turn = span * stage.done;
  if (stage.radix == 2u) {
    let a = load(line, t);
    let b = load(line, t + share);
    store(line, first, a + b);
    store(line, first + stage.done, multiply(a - b, root(turn)));
    return;
  }
  let a = load(line, t);
  let b = load(line, t + share);
  let c = load(line, t + 2u * share);
  let d = load(line, t + 3u * share);
  let difference = b - d;
  let quarter = select(vec2<f32>(difference.y, -difference.x), vec2<f32>(-difference.y, difference.x), stage.isInverse == 1u);
  store(line, first, a + b + c + d);
  store(line, first + stage.done, multiply(a - c + quarter, root(turn)));
  store(line, first + 2u * stage.done, multiply(a - b + c - d, root(2u * turn)));
  store(line, first + 3u * stage.done, multiply(a - c - quarter, root(3u * turn)));
}

fn load(line: u32, element: u32) -> vec2<f32> {
  if (element >= stage.known) {
    return vec2<f32>(0.0);
  }
  return before[line + element * stage.elementStride];
}

fn store(line: u32, element: u32, value: vec2<f32>) {
  after[line + element * stage.elementStride] = value;
}

fn root(turn: u32) -> vec2<f32> {
  let forward = roots[turn * stage.rootStride];
  return select(forward, vec2<f32>(forward.x, -forward.y), stage.isInverse == 1u);
}

fn multiply(a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {
  return vec2<f32>(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x);
}
