import { IsthmusError } from '../base/errors.ts';
import { cellSizeOf, type Field } from './field.ts';

/** A line of equal height. */
export interface Contour {
  /** In the field's unit. */
  readonly height: number;
  /** Whether the last point joins the first (which is not repeated); open lines begin and end at the field's border. */
  readonly isClosed: boolean;
  /** x0, y0, x1, y1, … (stride 2) in layout units; higher ground is on the left. */
  readonly points: Float32Array;
}

/**
 * Lines of equal height through the cells' centres by marching squares, linear between two centres; where two ways lead
 * through a square, the mean of its corners decides. Lines come height by height.
 *
 * @param heights in the field's unit; finite
 * @throws UsageError for a height that is not finite.
 */
export function contours(field: Field, heights: readonly number[]): readonly Contour[] {
  return heights.flatMap((height) => {
    if (!Number.isFinite(height)) {
      throw new IsthmusError('UsageError', `A contour needs a finite height, but ${height} came.`);
    }
    return joinSteps(field, height, stepsThroughSquares(field, height));
  });
}

/** Sides of a square. */
const [top, right, bottom, left] = [0, 1, 2, 3];

/**
 * Ways through a square, from side to side, by which corners are high: upper left 8, upper right 4, lower right 2, lower
 * left 1. Entries 16 and 17 stand for 5 and 10 with a high middle.
 */
const ways: readonly (readonly number[])[] = [
  [],
  [bottom, left],
  [right, bottom],
  [right, left],
  [top, right],
  [top, right, bottom, left],
  [top, bottom],
  [top, left],
  [left, top],
  [bottom, top],
  [left, top, right, bottom],
  [right, top],
  [left, right],
  [bottom, right],
  [left, bottom],
  [],
  [top, left, bottom, right],
  [right, top, left, bottom],
];

/**
 * Steps of the contour from one crossing to the next. A crossing is called by the grid line it lies on: twice the cell
 * whose centre that line starts from, plus 0 to the right or 1 downwards.
 */
function stepsThroughSquares({ width, height: rows, values }: Field, height: number): Map<number, number> {
  const steps = new Map<number, number>();
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < width; column++) {
      const cell = row * width + column;
      const a = values[cell];
      const b = values[cell + 1];
      const c = values[cell + width + 1];
      const d = values[cell + width];
      let which = (a >= height ? 8 : 0) | (b >= height ? 4 : 0) | (c >= height ? 2 : 0) | (d >= height ? 1 : 0);
      if (which === 0 || which === 15) continue;
      if ((which === 5 || which === 10) && a + b + c + d >= 4 * height) which = which === 5 ? 16 : 17;
      const crossings = [2 * cell, 2 * (cell + 1) + 1, 2 * (cell + width), 2 * cell + 1];
      const way = ways[which];
      for (let k = 0; k < way.length; k += 2) steps.set(crossings[way[k]], crossings[way[k + 1]]);
    }
  }
  return steps;
}

/** Joins steps into lines, open ones first; empties `steps`. */
function joinSteps(field: Field, height: number, steps: Map<number, number>): Contour[] {
  const reached = new Set(steps.values());
  const starts = [...steps.keys()].filter((crossing) => !reached.has(crossing));
  const lines: Contour[] = [];
  const follow = (start: number, isClosed: boolean) => {
    const crossings: number[] = [];
    for (let at: number | undefined = start; at !== undefined; ) {
      crossings.push(at);
      const next = steps.get(at);
      steps.delete(at);
      at = next;
    }
    if (isClosed) crossings.pop();
    lines.push({ height, isClosed, points: placesOf(field, height, crossings) });
  };
  for (const start of starts) follow(start, false);
  for (const start of steps.keys()) follow(start, true);
  return lines;
}

/** Where the contour crosses these grid lines, x0, y0, x1, y1, … in layout units. */
function placesOf(field: Field, height: number, crossings: readonly number[]): Float32Array {
  const { width, values, box } = field;
  const size = cellSizeOf(field);
  const points = new Float32Array(crossings.length * 2);
  crossings.forEach((crossing, k) => {
    const cell = crossing >> 1;
    const isDown = crossing & 1;
    const from = values[cell];
    const share = (height - from) / (values[cell + (isDown ? width : 1)] - from);
    const column = (cell % width) + (isDown ? 0 : share);
    const row = Math.floor(cell / width) + (isDown ? share : 0);
    points[2 * k] = box.minX + (column + 0.5) * size.x;
    points[2 * k + 1] = box.maxY - (row + 0.5) * size.y;
  });
  return points;
}
