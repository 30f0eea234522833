import { type Box, growBox } from '../../base/box.ts';
import { IsthmusError } from '../../base/errors.ts';
import type { Positions } from '../../graph/packed-graph.ts';
import { cellSizeOf, checkGrid, type Field, type Grid, mapWidthOf } from '../field.ts';
import { createKernel, type KernelName, type Radial, resolvedKnots } from '../kernel.ts';
import { convolve, type Patch } from './convolution.ts';
import { addFarInto } from './far.ts';
import { checkNodes, partByBox, type WeightedPoints } from './nodes.ts';
import { deposit, gather, knotsFor, splineResponse } from './spline.ts';

/** What to sum, and on which grid. */
export interface DensityOptions extends Grid {
  /** The kernel's spread s in layout units, above 0; the map's width / 140 by default. */
  readonly spread?: number | undefined;
  /** One weight a node, finite and not negative; 1 by default. */
  readonly weights?: Float32Array | undefined;
  /** `cauchy` by default. */
  readonly kernel?: KernelName | undefined;
}

/** The spread that a map has where nothing else is said: its width / 140. */
export function defaultSpread(box: Box): number {
  return mapWidthOf(box) / 140;
}

/** Nodes farther than this share of the box's larger side outside it are summed apart, for they only leave slopes. */
const farMargin = 0.5;

/**
 * The mean height that n nodes leave at every cell's centre p, h(p) = (1/n) Σ wᵢ / (1 + (|p − xᵢ| / s)²), nodes outside
 * the box included: off by less than 0.1 % of the field's peak. All 0 where there are no nodes. (Tails of a Gaussian
 * are as exact only where a node lies within half the box's larger side of it.)
 *
 * The sum is a convolution: splines spread the weights on a lattice as fine as the spread asks for, an FFT folds them
 * with the kernel, splines read the cells, and the splines' response is divided out (as in smooth particle-mesh Ewald
 * sums, doi:10.1063/1.470117). What the lattice can't resolve is added node by node.
 *
 * @throws UsageError for a grid or spread that makes no sense, InputError for coordinates or weights that make none.
 */
export function density(positions: Positions, options: DensityOptions): Field {
  const { box, width, height, spread = defaultSpread(box), weights, kernel: name = 'cauchy' } = options;
  checkGrid(options);
  if (!(Number.isFinite(spread) && spread > 0)) {
    throw new IsthmusError('UsageError', `A spread has to be a finite number above 0, but ${spread} came.`);
  }
  checkNodes(positions, weights);
  const margin = farMargin * Math.max(box.maxX - box.minX, box.maxY - box.minY);
  const { inside: close, outside: far } = partByBox(positions, weights, growBox(box, margin));
  const spacing = spacingFor(spread, options, close.x.length);
  const kernel = createKernel(name, spread, spacing);
  const values =
    kernel.smooth !== undefined && close.x.length > 0
      ? foldSmooth(close, options, kernel.smooth, spacing)
      : new Float32Array(width * height);
  if (kernel.near !== undefined) addNearInto(values, options, close, kernel.near, kernel.nearRadius);
  if (far.x.length > 0) addFarInto(values, options, far, kernel.whole);
  const nodeCount = Math.max(1, positions.length / 2);
  for (let i = 0; i < values.length; i++) values[i] /= nodeCount;
  return { width, height, box, values };
}

/**
 * How far apart the knots are: as far as the spread allows, or as far as cells are, if that would take so many more
 * knots than cells that it is quicker to add the near parts of `nodeCount` kernels to the cells.
 */
function spacingFor(spread: number, grid: Grid, nodeCount: number): number {
  const mapWidth = mapWidthOf(grid.box);
  const cell = mapWidth / Math.sqrt(grid.width * grid.height);
  const mostKnots = Math.min(720, 6 * Math.sqrt(nodeCount));
  const widest = spread / resolvedKnots;
  return widest >= Math.min(cell, mapWidth / mostKnots) ? widest : cell;
}

/** The smooth kernel's sum in every cell, by a square lattice whose knot 0, 0 is the box's upper left corner. */
function foldSmooth(nodes: WeightedPoints, grid: Grid, smooth: Radial, spacing: number): Float32Array {
  const { box, width, height } = grid;
  const cell = cellSizeOf(grid);
  const columns = Float64Array.from({ length: width }, (_, column) => ((column + 0.5) * cell.x) / spacing);
  const rows = Float64Array.from({ length: height }, (_, row) => ((row + 0.5) * cell.y) / spacing);
  const u = nodes.x.map((x) => (x - box.minX) / spacing);
  const v = nodes.y.map((y) => (box.maxY - y) / spacing);
  const source = patchAround(u, v);
  const target = patchAround(columns, rows);
  const shape = {
    valueAt: (right: number, down: number) => smooth((right * right + down * down) * spacing * spacing),
    // One response for spreading and one for reading.
    response: (frequency: number) => splineResponse(frequency) ** 2,
  };
  return gather(convolve(deposit(u, v, nodes.weights, source), source, target, shape), target, columns, rows);
}

/** The knots that the splines of points touch. */
function patchAround(u: Float64Array, v: Float64Array): Patch {
  const across = knotsFor(u);
  const down = knotsFor(v);
  return { column: across.first, row: down.first, width: across.count, height: down.count };
}

/** Adds the kernel's near part, node by node, to the cells within its radius. */
function addNearInto(values: Float32Array, grid: Grid, nodes: WeightedPoints, near: Radial, radius: number): void {
  const { box, width, height } = grid;
  const cell = cellSizeOf(grid);
  for (let node = 0; node < nodes.x.length; node++) {
    const u = (nodes.x[node] - box.minX) / cell.x - 0.5;
    const v = (box.maxY - nodes.y[node]) / cell.y - 0.5;
    const lastRow = Math.min(height - 1, Math.floor(v + radius / cell.y));
    for (let row = Math.max(0, Math.ceil(v - radius / cell.y)); row <= lastRow; row++) {
      const squaredDown = ((row - v) * cell.y) ** 2;
      const halfChord = Math.sqrt(Math.max(0, radius * radius - squaredDown)) / cell.x;
      const lastColumn = Math.min(width - 1, Math.floor(u + halfChord));
      for (let column = Math.max(0, Math.ceil(u - halfChord)); column <= lastColumn; column++) {
        values[row * width + column] += nodes.weights[node] * near(((column - u) * cell.x) ** 2 + squaredDown);
      }
    }
  }
}
