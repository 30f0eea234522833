import type { Positions } from '../../graph/packed-graph.ts';
import type { Point } from './geometry.ts';
import { createHeap } from './heap.ts';
import { addInto, cellAt, type Terrain } from './terrain.ts';

/** What a unit of length costs, cell by cell of a terrain; 1 on open ground. `least` is the least of them. */
export interface Costs {
  readonly values: Float32Array;
  readonly least: number;
}

/** How much dearer it is to cross a usual crowd of others than open ground. */
const foreignCost = 4;
/** A crowd beyond so many times the usual is no dearer, or a path would never leave it. */
const mostCrowded = 3;
/** What is left of the cost where the bridge's own middle nodes lie. */
const attraction = 0.5;

/** Costs of a path between two places: foreign crowds are avoided, the path's own middle nodes attract it. */
export function costsOf(
  terrain: Terrain,
  positions: Positions,
  own: ArrayLike<number>,
  middle: ArrayLike<number>,
): Costs {
  const ours = new Float32Array(terrain.density.length);
  addInto(ours, terrain, positions, own);
  const near = new Float32Array(terrain.density.length);
  addInto(near, terrain, positions, middle);
  const values = terrain.density.map((all, cell) => {
    const foreign = Math.min(mostCrowded, Math.max(0, all - ours[cell]));
    const pull = Math.min(1, near[cell] / terrain.unit);
    return (1 + foreignCost * foreign) * (1 - (1 - attraction) * pull);
  });
  return { values, least: values.reduce((least, cost) => Math.min(least, cost), 1) };
}

/**
 * The cheapest path (A*, Hart et al. 1968) from a point to the nearest of some goals, pulled straight where that costs
 * nothing: vertices x0, y0, x1, y1, … that begin at `from` and end at the goal.
 */
export function findRoute(terrain: Terrain, costs: Costs, from: Point, goals: readonly Point[]): Float32Array {
  const cells = search(terrain, costs, from, goals);
  const end = goals.find(({ x, y }) => cellAt(terrain, x, y) === cells[cells.length - 1]) ?? goals[0];
  const points = cells.map((cell) => pointOf(terrain, cell));
  points[0] = from;
  if (points.length === 1) points.push(end);
  else points[points.length - 1] = end;
  return Float32Array.from(pulledStraight(terrain, costs, points).flatMap(({ x, y }) => [x, y]));
}

function pointOf({ minX, minY, cell, width }: Terrain, index: number): Point {
  return { x: minX + (index % width) * cell, y: minY + Math.floor(index / width) * cell };
}

function search(terrain: Terrain, { values, least }: Costs, from: Point, goals: readonly Point[]): number[] {
  const { width, height } = terrain;
  const start = cellAt(terrain, from.x, from.y);
  const ends = new Set(goals.map(({ x, y }) => cellAt(terrain, x, y)));
  const spent = new Float32Array(values.length).fill(Infinity);
  const cameFrom = new Int32Array(values.length).fill(-1);
  const isDone = new Uint8Array(values.length);
  const open = createHeap();
  // Only a single goal gives a bound that is worth its while; among many the search spreads evenly.
  const target = ends.size === 1 ? [...ends][0] : -1;
  const bound = (cell: number) =>
    target === -1
      ? 0
      : least * Math.hypot((cell % width) - (target % width), Math.floor(cell / width) - Math.floor(target / width));
  spent[start] = 0;
  open.push(start, bound(start));
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    if (isDone[cell]) continue;
    isDone[cell] = 1;
    if (ends.has(cell)) return trail(cameFrom, cell);
    const column = cell % width;
    const row = Math.floor(cell / width);
    for (let dy = row > 0 ? -1 : 0; dy <= (row < height - 1 ? 1 : 0); dy++) {
      for (let dx = column > 0 ? -1 : 0; dx <= (column < width - 1 ? 1 : 0); dx++) {
        const next = cell + dy * width + dx;
        if (isDone[next]) continue;
        const total = spent[cell] + (dx !== 0 && dy !== 0 ? Math.SQRT2 : 1) * 0.5 * (values[cell] + values[next]);
        if (total >= spent[next]) continue;
        spent[next] = total;
        cameFrom[next] = cell;
        open.push(next, total + bound(next));
      }
    }
  }
  return [start];
}

function trail(cameFrom: Int32Array, end: number): number[] {
  const cells = [];
  for (let cell = end; cell !== -1; cell = cameFrom[cell]) cells.push(cell);
  return cells.reverse();
}

/** Steps on a grid turn by 45° only; a straight line replaces every stretch of steps that is not cheaper than it. */
function pulledStraight(terrain: Terrain, costs: Costs, points: readonly Point[]): Point[] {
  const upTo = [0];
  for (let i = 1; i < points.length; i++) upTo.push(upTo[i - 1] + lineCost(terrain, costs, points[i - 1], points[i]));
  const kept = [points[0]];
  for (let at = 0; at < points.length - 1; ) {
    let next = at + 1;
    for (let to = points.length - 1; to > at + 1; to--) {
      if (lineCost(terrain, costs, points[at], points[to]) <= upTo[to] - upTo[at]) {
        next = to;
        break;
      }
    }
    at = next;
    kept.push(points[at]);
  }
  return kept;
}

function lineCost(terrain: Terrain, { values }: Costs, a: Point, b: Point): number {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const steps = Math.max(1, Math.ceil((1.5 * length) / terrain.cell));
  let sum = 0;
  for (let step = 0; step < steps; step++) {
    const t = (step + 0.5) / steps;
    sum += values[cellAt(terrain, a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)];
  }
  return (sum * length) / steps;
}
