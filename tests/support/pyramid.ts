/**
 * The GPU's pyramid written out in float64, apart from the engine's code: a fast multipole method over square grids by its
 * formulas, every binomial spelt out.
 */
import type { Positions } from '../../engine/graph/packed-graph.ts';

type Complex = readonly [number, number];

export interface TwinPyramid {
  /** The lower left corner, and the side of a cell of the deepest level. */
  readonly corner: Complex;
  readonly side: number;
  /** The nodes of each cell of the deepest level, by column + 2^depth · row. */
  readonly cells: readonly (readonly number[])[];
  /** a₀ … of each cell of each level in units of its side, levels 0 to the deepest. */
  readonly moments: readonly (readonly (readonly Complex[])[])[];
  /** L₀ … of each cell of each level in units of its side. */
  readonly locals: readonly (readonly (readonly Complex[])[])[];
}

/** The pyramid over these nodes; series end with the power `order`. */
export function twinPyramid(
  positions: Positions,
  mass: ArrayLike<number>,
  depth: number,
  order: number,
  coarsest = 2,
): TwinPyramid {
  const count = positions.length / 2;
  const corner: [number, number] = [Infinity, Infinity];
  let extent = 1e-12;
  for (const axis of [0, 1]) {
    let high = -Infinity;
    for (let i = 0; i < count; i++) {
      corner[axis] = Math.min(corner[axis], positions[2 * i + axis]);
      high = Math.max(high, positions[2 * i + axis]);
    }
    extent = Math.max(extent, Math.fround(high - corner[axis]));
  }
  const side = (extent * 1.00001) / 2 ** depth;
  const cells: number[][] = Array.from({ length: 4 ** depth }, () => []);
  for (let i = 0; i < count; i++) {
    const [column, row] = [0, 1].map((axis) => Math.floor((positions[2 * i + axis] - corner[axis]) / side));
    cells[row * 2 ** depth + column].push(i);
  }
  const middle = (cell: number, level: number, axis: number) =>
    (axis === 0 ? cell % 2 ** level : Math.floor(cell / 2 ** level)) + 0.5;
  const zeros = (level: number): [number, number][][] =>
    Array.from({ length: 4 ** level }, () => Array.from({ length: order + 1 }, () => [0, 0]));
  const moments = Array.from({ length: depth + 1 }, (_, level) => zeros(level));
  for (let i = 0; i < count; i++) {
    for (let level = 0; level <= depth; level++) {
      const spot = [0, 1].map((axis) => (positions[2 * i + axis] - corner[axis]) / (side * 2 ** (depth - level)));
      const cell = Math.floor(spot[1]) * 2 ** level + Math.floor(spot[0]);
      const t: Complex = [spot[0] - middle(cell, level, 0), spot[1] - middle(cell, level, 1)];
      // Straight from the bodies at each level: no shift that could be wrong in both.
      for (let k = 0; k <= order; k++) addTo(moments[level][cell][k], scaled(power(t, k), mass[i]));
    }
  }
  const locals = Array.from({ length: depth + 1 }, (_, level) => zeros(level));
  for (let level = coarsest; level <= depth; level++) {
    const width = 2 ** level;
    const isNear = (a: number, b: number, w: number) =>
      Math.abs((a % w) - (b % w)) <= 1 && Math.abs(Math.floor(a / w) - Math.floor(b / w)) <= 1;
    const parentOf = (c: number) => (Math.floor(c / width) >> 1) * (width / 2) + ((c % width) >> 1);
    const taken = moments[level].flatMap((series, c) => (series[0][0] > 0 ? [c] : []));
    for (const target of taken) {
      for (const source of taken) {
        if (isNear(target, source, width)) continue;
        if (level > coarsest && !isNear(parentOf(target), parentOf(source), width / 2)) continue;
        const w: Complex = [
          middle(target, level, 0) - middle(source, level, 0),
          middle(target, level, 1) - middle(source, level, 1),
        ];
        for (let n = 0; n <= order; n++) {
          for (let k = 0; k <= order; k++) {
            const term = times(moments[level][source][k], power(inverse(w), n + k + 1));
            addTo(locals[level][target][n], scaled(term, (-1) ** n * binomial(n + k, k)));
          }
        }
      }
    }
  }
  return { corner, side, cells, moments, locals };
}

/** The repulsion of every node over the pyramid, but for its strength. */
export function twinRepulsion(
  { corner, side, cells, locals }: TwinPyramid,
  positions: Positions,
  mass: ArrayLike<number>,
): Float64Array {
  const depth = locals.length - 1;
  const width = 2 ** depth;
  const forces = new Float64Array(positions.length);
  cells.forEach((nodes, cell) => {
    const [column, row] = [cell % width, Math.floor(cell / width)];
    const near: number[] = [];
    for (let y = Math.max(0, row - 1); y <= Math.min(width - 1, row + 1); y++) {
      for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++)
        near.push(...cells[y * width + x]);
    }
    for (const i of nodes) {
      const sum: [number, number] = [0, 0];
      for (const j of near) {
        const [dx, dy] = [positions[2 * i] - positions[2 * j], positions[2 * i + 1] - positions[2 * j + 1]];
        const square = dx * dx + dy * dy;
        if (square > 0) addTo(sum, scaled([dx, dy], mass[j] / square));
      }
      for (let level = 0; level <= depth; level++) {
        const unit = side * 2 ** (depth - level);
        const at = [column >> (depth - level), row >> (depth - level)];
        const t: Complex = [
          (positions[2 * i] - corner[0]) / unit - at[0] - 0.5,
          (positions[2 * i + 1] - corner[1]) / unit - at[1] - 0.5,
        ];
        const series = locals[level][at[1] * 2 ** level + at[0]];
        series.forEach((term, n) => {
          const [re, im] = scaled(times(term, power(t, n)), 1 / unit);
          addTo(sum, [re, -im]);
        });
      }
      forces[2 * i] = mass[i] * sum[0];
      forces[2 * i + 1] = mass[i] * sum[1];
    }
  });
  return forces;
}

function times(a: Complex, b: Complex): Complex {
  return [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
}

function inverse(a: Complex): Complex {
  const square = a[0] ** 2 + a[1] ** 2;
  return [a[0] / square, -a[1] / square];
}

function power(a: Complex, exponent: number): Complex {
  return exponent === 0 ? [1, 0] : times(power(a, exponent - 1), a);
}

function scaled(a: Complex, factor: number): Complex {
  return [a[0] * factor, a[1] * factor];
}

function addTo(sum: [number, number], part: Complex): void {
  sum[0] += part[0];
  sum[1] += part[1];
}

function binomial(n: number, k: number): number {
  return k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k;
}
