/// The rise of `heights` from one cell to the next, to the east and to the north, by central differences of fourth order
/// (of lower order at the border). Takes `cells`, the grid's columns and rows.

fn gradientAt(cell: u32, cells: vec2<u32>) -> vec2<f32> {
  let column = cell % cells.x;
  let east = difference(cell, 1u, column, cells.x);
  let south = difference(cell, cells.x, cell / cells.x, cells.y);
  return vec2<f32>(east, -south);
}

fn difference(at: u32, step: u32, index: u32, count: u32) -> f32 {
  if (index > 1u && index + 2u < count) {
    return (8.0 * (heights[at + step] - heights[at - step]) - (heights[at + 2u * step] - heights[at - 2u * step])) / 12.0;
  }
  let before = select(0u, 1u, index > 0u);
  let after = select(0u, 1u, index + 1u < count);
  if (before + after == 0u) {
    return 0.0;
  }
  return (heights[at + after * step] - heights[at - before * step]) / f32(before + after);
}
