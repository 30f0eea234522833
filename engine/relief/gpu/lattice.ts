import { guard } from '../cpu/convolution.ts';
import { cellSizeOf, type Grid } from '../field.ts';
import { resolvedKnots } from '../kernel.ts';

/**
 * The knots over a grid's box that weights are spread on: a square lattice, as fine as the spread asks for. A place x, y
 * has the lattice's coordinates (x − cornerX, cornerY − y) / spacing + offset.
 */
export interface Lattice {
  /** Between two knots, in layout units. */
  readonly spacing: number;
  /** The box's upper left corner as shaders know it, in single precision, so that nothing is lost by subtracting it. */
  readonly cornerX: number;
  readonly cornerY: number;
  readonly offsetX: number;
  readonly offsetY: number;
  /** Knots across and down. */
  readonly width: number;
  readonly height: number;
  /** Knots in a period of the transform, powers of two: so many that nothing wraps around. */
  readonly periodX: number;
  readonly periodY: number;
}

/** Knots before the box's corner: what the splines of a point on the border touch. */
export const lead = 3;
/** Knots beyond the whole part of the far border's coordinate. */
const trail = 4;

/** The lattice for a spread in layout units. */
export function latticeFor(grid: Grid, spread: number): Lattice {
  const { box, width, height } = grid;
  const spacing = spread / resolvedKnots;
  const cell = cellSizeOf(grid);
  const knotsAcross = (extent: number) => Math.floor(extent / spacing) + lead + trail;
  const columns = knotsAcross(width * cell.x);
  const rows = knotsAcross(height * cell.y);
  const cornerX = Math.fround(box.minX);
  const cornerY = Math.fround(box.maxY);
  return {
    spacing,
    cornerX,
    cornerY,
    offsetX: lead + (cornerX - box.minX) / spacing,
    offsetY: lead + (box.maxY - cornerY) / spacing,
    width: columns,
    height: rows,
    periodX: periodFor(columns),
    periodY: periodFor(rows),
  };
}

function periodFor(knots: number): number {
  return 2 ** Math.ceil(Math.log2(2 * (knots - 1 + guard)));
}
