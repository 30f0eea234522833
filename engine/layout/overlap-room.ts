import { loosen } from './overlap-loosen.ts';
import type { Discs } from './overlap-pairs.ts';

/** Cells on the longer side of the map on the coarsest level. */
const coarsestCells = 8;
/** Levels end where a cell holds so few mean discs. */
const leastDiscs = 6;
/** The share of a crowd's room that its discs fill; jammed at random they would fill 0.84. */
const filling = 0.75;
const mostPasses = 100;

/**
 * Makes room for crowds, in place and without regard to single discs: on each level the discs of a cell are one disc
 * of their area, these are loosened, and every disc moves by the mean way of the four cells about it, weighted as in bilinear
 * interpolation.
 */
export function makeRoom(discs: Discs): void {
  const { x, y, radius } = discs;
  const area = radius.reduce((sum, r) => sum + r * r, 0);
  const least = Math.sqrt((leastDiscs * area) / Math.max(1, radius.length)) * Math.sqrt(Math.PI);
  const [minX, maxX] = extentOf(x);
  const [minY, maxY] = extentOf(y);
  for (let side = Math.max(maxX - minX, maxY - minY) / coarsestCells; side > least; side /= 2) {
    bend(discs, side, minX, minY);
  }
}

/** One level of cells of that side. */
function bend({ x, y, radius }: Discs, side: number, originX: number, originY: number): void {
  const cellOf = new Map<number, number>();
  const keyOf = (column: number, row: number): number => row * 2 ** 26 + column;
  const homes = Uint32Array.from(x, (_, i) => {
    const key = keyOf(Math.floor((x[i] - originX) / side), Math.floor((y[i] - originY) / side));
    const cell = cellOf.get(key) ?? cellOf.size;
    cellOf.set(key, cell);
    return cell;
  });
  const cells = gather({ x, y, radius }, homes, cellOf.size);
  const fromX = cells.x.slice();
  const fromY = cells.y.slice();
  if (loosen(cells, mostPasses) === 0) return;
  for (let i = 0; i < radius.length; i++) {
    const column = (x[i] - originX) / side - 0.5;
    const row = (y[i] - originY) / side - 0.5;
    let sum = 0;
    let wayX = 0;
    let wayY = 0;
    for (let corner = 0; corner < 4; corner++) {
      const nearColumn = Math.floor(column) + (corner & 1);
      const nearRow = Math.floor(row) + (corner >> 1);
      const cell = cellOf.get(keyOf(nearColumn, nearRow));
      if (cell === undefined) continue;
      const weight = (1 - Math.abs(column - nearColumn)) * (1 - Math.abs(row - nearRow));
      sum += weight;
      wayX += weight * (cells.x[cell] - fromX[cell]);
      wayY += weight * (cells.y[cell] - fromY[cell]);
    }
    x[i] += wayX / sum;
    y[i] += wayY / sum;
  }
}

/** One disc a cell: at the middle of its discs' area, and of the size that they fill. */
function gather({ x, y, radius }: Discs, homes: Uint32Array, count: number): Discs {
  const cells = { x: new Float64Array(count), y: new Float64Array(count), radius: new Float64Array(count) };
  const weights = new Float64Array(count);
  // A point has no area, but a place.
  const least = 1e-9 * radius.reduce((most, r) => Math.max(most, r * r), 0);
  for (let i = 0; i < radius.length; i++) {
    const weight = radius[i] ** 2 + least;
    weights[homes[i]] += weight;
    cells.x[homes[i]] += weight * x[i];
    cells.y[homes[i]] += weight * y[i];
    cells.radius[homes[i]] += radius[i] ** 2;
  }
  for (let cell = 0; cell < count; cell++) {
    cells.x[cell] /= weights[cell];
    cells.y[cell] /= weights[cell];
    cells.radius[cell] = Math.sqrt(cells.radius[cell] / filling);
  }
  return cells;
}

function extentOf(values: Float64Array): readonly [least: number, greatest: number] {
  return [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
}
