import type { Positions } from '../../graph/packed-graph.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The geometric median of some nodes (Weiszfeld): the middle that a few strays can't move. */
export function middleOf(positions: Positions, nodes: ArrayLike<number>): Point {
  let x = 0;
  let y = 0;
  for (let i = 0; i < nodes.length; i++) {
    x += positions[2 * nodes[i]] / nodes.length;
    y += positions[2 * nodes[i] + 1] / nodes.length;
  }
  const softening = 1e-3 * rmsRadius(positions, nodes, { x, y });
  if (!(softening > 0)) return { x, y };
  for (let round = 0; round < 30; round++) {
    let weights = 0;
    let sumX = 0;
    let sumY = 0;
    for (let i = 0; i < nodes.length; i++) {
      const px = positions[2 * nodes[i]];
      const py = positions[2 * nodes[i] + 1];
      const weight = 1 / (Math.hypot(px - x, py - y) + softening);
      weights += weight;
      sumX += weight * px;
      sumY += weight * py;
    }
    x = sumX / weights;
    y = sumY / weights;
  }
  return { x, y };
}

/** How many nodes are tried for the densest one. */
const mostTried = 400;

/** Where some nodes lie densest, counted within `reach` of a node, nearer ones more: what the eye takes for their place. */
export function densestOf(positions: Positions, nodes: ArrayLike<number>, reach: number): Point {
  const stride = Math.ceil(nodes.length / mostTried);
  let best = { density: 0, x: positions[2 * nodes[0]], y: positions[2 * nodes[0] + 1] };
  for (let i = 0; i < nodes.length; i += stride) {
    const found = densityAt(positions, nodes, { x: positions[2 * nodes[i]], y: positions[2 * nodes[i] + 1] }, reach);
    if (found.density > best.density) best = found;
  }
  return { x: best.x, y: best.y };
}

/** The density of nodes about a point, (1 − r²)² summed, and their mean by that weight. */
function densityAt(positions: Positions, nodes: ArrayLike<number>, { x, y }: Point, reach: number) {
  let density = 0;
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < nodes.length; i++) {
    const px = positions[2 * nodes[i]];
    const py = positions[2 * nodes[i] + 1];
    const rest = 1 - ((px - x) ** 2 + (py - y) ** 2) / (reach * reach);
    if (rest <= 0) continue;
    density += rest * rest;
    sumX += rest * rest * px;
    sumY += rest * rest * py;
  }
  return { density, x: sumX / density, y: sumY / density };
}

/** The root of the mean squared distance of some nodes from a point. */
export function rmsRadius(positions: Positions, nodes: ArrayLike<number>, { x, y }: Point): number {
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) {
    sum += (positions[2 * nodes[i]] - x) ** 2 + (positions[2 * nodes[i] + 1] - y) ** 2;
  }
  return Math.sqrt(sum / Math.max(1, nodes.length));
}

/** The value below which that share of the values lies; NaN of none. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted.length === 0 ? Number.NaN : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** How far some nodes reach from their middle towards a point: the 95 % quantile, so that strays don't count. */
export function reachTowards(positions: Positions, nodes: ArrayLike<number>, from: Point, to: Point): number {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return 0;
  const ux = (to.x - from.x) / length;
  const uy = (to.y - from.y) / length;
  const reaches = new Float64Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) {
    reaches[i] = (positions[2 * nodes[i]] - from.x) * ux + (positions[2 * nodes[i] + 1] - from.y) * uy;
  }
  return Math.max(0, quantile(reaches, 0.95));
}

/** Whether a node lies in the lens between two points: nearer to each than they are to one another. */
export function between(positions: Positions, node: number, a: Point, b: Point): boolean {
  const x = positions[2 * node];
  const y = positions[2 * node + 1];
  const apart = Math.hypot(b.x - a.x, b.y - a.y);
  return Math.hypot(x - a.x, y - a.y) < apart && Math.hypot(x - b.x, y - b.y) < apart;
}

/** Some nodes and their middle. */
export interface Cluster extends Point {
  readonly nodes: ArrayLike<number>;
}

/** The distance between two clusters, from rim to rim; negative where they overlap. */
export function clearDistance(positions: Positions, a: Cluster, b: Cluster): number {
  const apart = Math.hypot(b.x - a.x, b.y - a.y);
  return apart - reachTowards(positions, a.nodes, a, b) - reachTowards(positions, b.nodes, b, a);
}
