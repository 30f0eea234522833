import { cellSizeOf, type Field } from './field.ts';

/**
 * Visits every cell, rows from the top, with the field's gradient there: to the east and to the north, in heights a
 * layout unit, by central differences of fourth order (of lower order at the border).
 */
export function forEachGradient(field: Field, visit: (cell: number, east: number, north: number) => void): void {
  const { width, height, values } = field;
  const size = cellSizeOf(field);
  for (let row = 0, cell = 0; row < height; row++) {
    for (let column = 0; column < width; column++, cell++) {
      const east = differenceAlong(values, cell, 1, column, width) / size.x;
      const south = differenceAlong(values, cell, width, row, height) / size.y;
      visit(cell, east, -south);
    }
  }
}

/** The difference from one cell to the next along a line of `count` cells, at the cell `index` of it. */
function differenceAlong(values: Float32Array, at: number, step: number, index: number, count: number): number {
  if (index > 1 && index < count - 2) {
    return (8 * (values[at + step] - values[at - step]) - (values[at + 2 * step] - values[at - 2 * step])) / 12;
  }
  const before = index > 0 ? 1 : 0;
  const after = index < count - 1 ? 1 : 0;
  return before + after === 0 ? 0 : (values[at + after * step] - values[at - before * step]) / (before + after);
}
