import type { Box } from '../base/box.ts';
import { IsthmusError } from '../base/errors.ts';

/** So many columns and rows of cells that tile a box. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly box: Box;
}

/** A scalar sampled on a grid. */
export interface Field extends Grid {
  /** One value a cell, taken at its centre; rows from the top (largest y) down, stride `width`. */
  readonly values: Float32Array;
}

/** A cell's extent in layout units. */
export interface CellSize {
  readonly x: number;
  readonly y: number;
}

/** How wide and high a cell of the grid is. */
export function cellSizeOf({ width, height, box }: Grid): CellSize {
  return { x: (box.maxX - box.minX) / width, y: (box.maxY - box.minY) / height };
}

/**
 * The map's width in layout units, which spreads and slopes are counted in: the side of a square with the box's area,
 * so that it is the same for a map turned by 90°.
 */
export function mapWidthOf(box: Box): number {
  return Math.sqrt((box.maxX - box.minX) * (box.maxY - box.minY));
}

/** The largest value; 0 for a field that is 0 or less everywhere. */
export function peakOf(field: Field): number {
  let peak = 0;
  for (const value of field.values) if (value > peak) peak = value;
  return peak;
}

/** @throws UsageError unless the grid has whole positive counts and the box a finite positive area. */
export function checkGrid({ width, height, box }: Grid): void {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    const message = `A field needs whole numbers of columns and rows of 1 or more, but ${width} × ${height} came.`;
    throw new IsthmusError('UsageError', message);
  }
  const isFinitePositive = (length: number) => Number.isFinite(length) && length > 0;
  if (!isFinitePositive(box.maxX - box.minX) || !isFinitePositive(box.maxY - box.minY)) {
    const corners = `${box.minX}, ${box.minY}, ${box.maxX}, ${box.maxY}`;
    throw new IsthmusError(
      'UsageError',
      `A field needs a box of finite positive width and height, but ${corners} came.`,
    );
  }
}
