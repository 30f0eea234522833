/// The settings of ForceAtlas2 and the shape of the tree; engine/layout/gpu/settings-table.ts writes it.
struct Settings {
  nodeCount: u32,
  /// The level of the one cell that holds all nodes.
  topLevel: u32,
  /// Workgroups of the repulsion, each of which leaves one partial sum of swinging and traction.
  partialCount: u32,
  strongGravityMode: u32,
  linLogMode: u32,
  adjustSizes: u32,
  /// One of the rules below.
  rule: u32,
  scalingRatio: f32,
  gravity: f32,
  /// A cell is far at more than this many of its radii.
  opening: f32,
  jitterTolerance: f32,
  slowDown: f32,
  /// The numbers of the momentum rule; the longest push is that at temperature 1.
  inertia: f32,
  stride: f32,
  cooling: f32,
  coldest: f32,
  longestPush: f32,
  /// First cell and number of cells of each level, leaves first.
  levels: array<vec4<u32>, 16>,
}

const gephiRule = 0u;
const graphologyRule = 1u;
const momentumRule = 2u;

struct Node {
  mass: f32,
  size: f32,
  /// The node's edges, and its chunks of edges if it is a hub, end where those of the next node begin.
  firstEdge: u32,
  firstChunk: u32,
}

struct Edge {
  neighbour: u32,
  pull: f32,
}

/// A run of up to 1,024 edges of a hub.
struct Chunk {
  node: u32,
  firstEdge: u32,
  endEdge: u32,
}

/// As engine/layout/cpu/speed.ts has it: the momentum rule gives each another meaning.
struct Speed {
  speed: f32,
  efficiency: f32,
  swinging: f32,
  traction: f32,
}

/// Bodies that follow each other along the curve. Its moments are those of engine/layout/cpu/tree.ts about the centre of
/// mass, a₂ and a₃, over the second and third power of the radius, so that they neither under- nor overflow.
struct Cell {
  centre: vec2<f32>,
  radius: f32,
  mass: f32,
  a2: vec2<f32>,
  a3: vec2<f32>,
}

/// Where the curve lies: nodes half of `scale` away from the centre are half way to its rim.
struct Frame {
  centre: vec2<f32>,
  scale: f32,
}

const leafSize = 8u;

/// Widens a cell by more than float32 rounds, so that no body of it is ever taken to lie outside.
const margin = 1.00001;

/// Squares of distances are at least this: so they neither underflow nor divide by 0, and bodies in one place exert no force.
const tinySquare = 1e-24;

fn times(a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {
  return vec2(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x);
}
