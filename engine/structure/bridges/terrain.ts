import { boxOf, growBox } from '../../base/box.ts';
import type { Positions } from '../../graph/packed-graph.ts';
import { quantile } from './geometry.ts';

/** A coarse grid over the map that says how crowded it is, in units of what is usual at a node. */
export interface Terrain {
  readonly minX: number;
  readonly minY: number;
  /** Side of a cell, layout units. */
  readonly cell: number;
  readonly width: number;
  readonly height: number;
  /** Of all nodes; row by row from `minY` upwards. */
  readonly density: Float32Array;
  /** Cells around a node over which it is spread. */
  readonly reach: number;
  /** What one node adds in the middle of its spread. */
  readonly unit: number;
}

/** Cells in a stretch of Δ, as long as the grid does not grow beyond `mostCells` a side. */
const cellsInDelta = 8;
const mostCells = 160;

/** The crowding of a map with room around it, so that a path may pass outside of everything. */
export function createTerrain(positions: Positions, delta: number): Terrain {
  const bounds = boxOf(positions);
  const extent = Math.max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY) || 1;
  const margin = Math.min(2 * delta, extent / 4) + extent / mostCells;
  const { minX, minY, maxX, maxY } = growBox(bounds, margin);
  const cell = Math.max(delta / cellsInDelta, (extent + 2 * margin) / mostCells);
  const width = Math.ceil((maxX - minX) / cell) + 1;
  const height = Math.ceil((maxY - minY) / cell) + 1;
  const reach = Math.max(2, Math.round(delta / 2 / cell));
  const bare = { minX, minY, cell, width, height, density: new Float32Array(width * height), reach, unit: 1 };
  const nodes = Uint32Array.from({ length: positions.length / 2 }, (_, node) => node);
  addInto(bare.density, bare, positions, nodes);
  const usual = quantile(
    nodes.map((node) => bare.density[cellAt(bare, positions[2 * node], positions[2 * node + 1])]),
    0.5,
  );
  const unit = 1 / (usual || 1);
  return { ...bare, density: bare.density.map((value) => value * unit), unit };
}

/** Spreads nodes over the cells around them: (1 − r²)² of the distance r over the reach. Adds into `values`. */
export function addInto(values: Float32Array, terrain: Terrain, positions: Positions, nodes: ArrayLike<number>): void {
  const { minX, minY, cell, width, height, reach, unit } = terrain;
  for (let i = 0; i < nodes.length; i++) {
    const x = (positions[2 * nodes[i]] - minX) / cell;
    const y = (positions[2 * nodes[i] + 1] - minY) / cell;
    const lastRow = Math.min(height - 1, Math.floor(y + reach));
    const lastColumn = Math.min(width - 1, Math.floor(x + reach));
    for (let row = Math.max(0, Math.ceil(y - reach)); row <= lastRow; row++) {
      for (let column = Math.max(0, Math.ceil(x - reach)); column <= lastColumn; column++) {
        const rest = 1 - ((column - x) ** 2 + (row - y) ** 2) / (reach * reach);
        if (rest > 0) values[row * width + column] += unit * rest * rest;
      }
    }
  }
}

/** The cell nearest to a point. */
export function cellAt(
  { minX, minY, cell, width, height }: Pick<Terrain, 'minX' | 'minY' | 'cell' | 'width' | 'height'>,
  x: number,
  y: number,
): number {
  const column = Math.min(width - 1, Math.max(0, Math.round((x - minX) / cell)));
  const row = Math.min(height - 1, Math.max(0, Math.round((y - minY) / cell)));
  return row * width + column;
}
