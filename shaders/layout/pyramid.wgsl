/// The square grids over all bodies, each level's cells half as wide as those of the one before;
/// engine/layout/gpu/pyramid.ts writes it.
struct Pyramid {
  /// The level of the smallest cells, of which there are 2^depth to a side; cells of a level lie row by row.
  depth: u32,
  /// The lowest level whose cells act on each other.
  coarsest: u32,
  /// Boxes that the bodies were measured by, each by one workgroup.
  boxCount: u32,
  /// Counters that are cleared for the bodies to be counted.
  counterCount: u32,
}

/// The lower left corner of all levels, and the side of a cell of the deepest.
struct Grid {
  corner: vec2<f32>,
  side: f32,
}

/// A cell's multipole moments a₀ … a₄ about its middle, or the coefficients of its local series, in units of its side.
struct Series {
  c0: vec2<f32>,
  c1: vec2<f32>,
  c2: vec2<f32>,
  c3: vec2<f32>,
  c4: vec2<f32>,
}

/// The place of a level's first cell behind those of the levels above.
fn firstCellOf(level: u32) -> u32 {
  return ((1u << (2 * level)) - 1) / 3;
}
