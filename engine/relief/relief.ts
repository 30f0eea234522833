import { type Box, boxOf, growBox } from '../base/box.ts';
import { IsthmusError } from '../base/errors.ts';
import type { Positions } from '../graph/packed-graph.ts';
import { type DensityOptions, density } from './cpu/density.ts';
import { checkNodes } from './cpu/nodes.ts';
import { type Field, type Grid, mapWidthOf, peakOf } from './field.ts';
import { forEachGradient } from './gradient.ts';
import type { KernelName } from './kernel.ts';

/** The map's ground. */
export interface Relief {
  /** Heights: a node's kernel counts 1/n. */
  readonly field: Field;
  /** The highest point of the field; 0 where there are no nodes. */
  readonly peak: number;
  /** The slope at z-factor 1, as a tangent, of a gradient of one peak a map width (`mapWidthOf`, of the field's box). */
  readonly exaggeration: number;
}

/** What a relief is made of; every option may be left out. */
export interface ReliefOptions {
  /** About how many cells the field has, 1 to 100 million (default 1 million). Cells are square. */
  readonly cells?: number | undefined;
  /**
   * Room around the outermost nodes, a share of the larger side of their box, for slopes to run out (default six spreads,
   * 0.08 at least).
   */
  readonly margin?: number | undefined;
  /** How many spreads the map is wide: 100 for broad ranges to 200 for single clusters (default `spreadsFor`). */
  readonly spreadsAcross?: number | undefined;
  /** One weight a node, such as a size column, finite and not negative (default 1 each). */
  readonly weights?: Float32Array | undefined;
  /** What a node adds to the height around it (default `cauchy`). */
  readonly kernel?: KernelName | undefined;
}

/**
 * The relief under a laid-out graph: node density, with room around it.
 *
 * @throws UsageError for an option out of range, InputError for coordinates or weights that are not finite.
 */
export function relief(positions: Positions, options: ReliefOptions = {}): Relief {
  return reliefFrom(density(positions, planRelief(positions, options)));
}

/**
 * The grid and the kernel of the relief under a laid-out graph.
 *
 * @throws as `relief` does.
 */
export function planRelief(positions: Positions, options: ReliefOptions): DensityOptions & { readonly spread: number } {
  const { cells = 1_000_000, weights, kernel } = options;
  const spreadsAcross = options.spreadsAcross ?? spreadsFor(positions.length / 2);
  const margin = options.margin ?? Math.max(0.08, 6 / spreadsAcross);
  checkRange('cells', cells, 1, 1e8);
  checkRange('spreadsAcross', spreadsAcross, 1, 10_000);
  checkRange('margin', margin, 0.01, 10);
  checkNodes(positions, weights);
  const grid = squareCells(roomAround(boxOf(positions), margin), cells);
  return { ...grid, spread: mapWidthOf(grid.box) / spreadsAcross, weights, kernel };
}

/** The model's 140 for its 7,500 nodes and for more; fewer nodes lie farther apart and need wider hills to join. */
export function spreadsFor(nodeCount: number): number {
  return Math.min(140, Math.max(30, 140 * (nodeCount / 7500) ** 0.4));
}

/** A relief over a given field, whose hills are as high as `exaggerationOf` says. */
export function reliefFrom(field: Field): Relief {
  const peak = peakOf(field);
  let sum = 0;
  let squares = 0;
  forEachGradient(field, (_cell, east, north) => {
    const square = east * east + north * north;
    sum += Math.sqrt(square);
    squares += square;
  });
  return {
    field,
    peak,
    exaggeration: exaggerationOf({ sum, squares, peak, cells: field.values.length }, mapWidthOf(field.box)),
  };
}

/** What of a field its exaggeration follows from. */
export interface Slopes {
  /** Of the gradients' lengths over all cells, and of their squares. */
  readonly sum: number;
  readonly squares: number;
  /** The highest point. */
  readonly peak: number;
  readonly cells: number;
}

/**
 * Hills are drawn as high as z-factor 36 draws them on a printed map of 7,500 nodes whose heights count 1/n: the typical
 * slope, Σ|∇h|² / Σ|∇h| over all cells, has the tangent 1.6 and the mean slope 0.5; where they disagree, the lower hills.
 * So small graphs, whose every node is a broad hill, and large ones look alike, on grids of any fineness.
 *
 * @param mapWidth in the length that gradients are counted by
 */
export function exaggerationOf({ sum, squares, peak, cells }: Slopes, mapWidth: number): number {
  if (squares === 0) return 0;
  return (peak / mapWidth) * Math.min((typicalSlope * sum) / squares, (meanSlope * cells) / sum);
}

/** The tangents that the typical and the mean slope are drawn with, at most, at z-factor 1. */
export const typicalSlope = 1.6;
export const meanSlope = 0.5;

/** The box grown by a share of its larger side; where all nodes lie in one spot, a unit square is as good as any. */
function roomAround(box: Box, margin: number): Box {
  const side = Math.max(box.maxX - box.minX, box.maxY - box.minY);
  return growBox(box, side > 0 ? side * margin : 0.5);
}

/** A grid of about so many square cells over the box, which grows by less than a cell to hold whole ones. */
function squareCells({ minX, minY, maxX, maxY }: Box, cells: number): Grid {
  const cell = Math.sqrt(((maxX - minX) * (maxY - minY)) / cells);
  const width = Math.max(1, Math.round((maxX - minX) / cell));
  const height = Math.max(1, Math.round((maxY - minY) / cell));
  const side = Math.max((maxX - minX) / width, (maxY - minY) / height);
  const x = (minX + maxX) / 2;
  const y = (minY + maxY) / 2;
  const [halfX, halfY] = [(side * width) / 2, (side * height) / 2];
  return { width, height, box: { minX: x - halfX, minY: y - halfY, maxX: x + halfX, maxY: y + halfY } };
}

function checkRange(name: string, value: number, low: number, high: number): void {
  if (value >= low && value <= high) return;
  throw new IsthmusError('UsageError', `The relief's ${name} is ${value}, but has to be from ${low} to ${high}.`);
}
