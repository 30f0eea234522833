import type { Positions } from '../../graph/packed-graph.ts';
import { quantile } from './geometry.ts';

/** A node with less than this share of the usual company, or without any, does not link what lies to either side. */
const companyShare = 0.25;

/**
 * The visual parts of a group of nodes, the largest first: what hangs together when nodes at most Δ apart are linked. Nodes
 * without company link nothing, lest a few crumbs between two clusters make one of them (single linkage would); each
 * joins the nearest node in company within Δ/2, or is a part by itself.
 */
export function partsOf(positions: Positions, nodes: readonly number[], delta: number): number[][] {
  const company = companyOf(positions, nodes, delta);
  const least = Math.max(1, companyShare * quantile(company, 0.5));
  const social = nodes.filter((_, i) => company[i] >= least);
  const alone = nodes.filter((_, i) => company[i] < least);
  const parts = linkedParts(positions, social, delta);
  const partOf = new Map(parts.flatMap((part) => part.map((node) => [node, part] as const)));
  const joining = alone.map((node) => [node, nearestWithin(positions, node, social, delta / 2)] as const);
  for (const [node, host] of joining) {
    if (host === undefined) parts.push([node]);
    else partOf.get(host)!.push(node);
  }
  return parts.sort((a, b) => b.length - a.length || a[0] - b[0]);
}

/** How many others of the group lie about each node: in a square of side Δ, give or take a sixth of that. */
function companyOf(positions: Positions, nodes: readonly number[], delta: number): Uint32Array {
  const side = delta / 3;
  const cells = gridOf(positions, nodes, side);
  return Uint32Array.from(nodes, (node) => {
    const column = Math.floor(positions[2 * node] / side);
    const row = Math.floor(positions[2 * node + 1] / side);
    let count = -1;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) count += cells.get(`${column + dx},${row + dy}`)?.length ?? 0;
    }
    return count;
  });
}

function gridOf(positions: Positions, nodes: readonly number[], side: number): Map<string, number[]> {
  const cells = new Map<string, number[]>();
  for (const node of nodes) {
    const key = `${Math.floor(positions[2 * node] / side)},${Math.floor(positions[2 * node + 1] / side)}`;
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [node]);
    else cell.push(node);
  }
  return cells;
}

/** Components under linking at a distance of at most Δ. */
function linkedParts(positions: Positions, nodes: readonly number[], delta: number): number[][] {
  // Nodes in one cell of this size are linked in any case, and linked cells are at most two apart.
  const cells = gridOf(positions, nodes, delta / Math.SQRT2);
  const open = new Set(cells.keys());
  const parts: number[][] = [];
  for (const start of cells.keys()) {
    if (!open.delete(start)) continue;
    const part: number[] = [];
    const queue = [start];
    for (const key of queue) {
      const cell = cells.get(key)!;
      part.push(...cell);
      const [column, row] = key.split(',').map(Number);
      for (let dy = -2; dy <= 2; dy++) {
        for (let dx = -2; dx <= 2; dx++) {
          const other = `${column + dx},${row + dy}`;
          if (!open.has(other) || !areNear(positions, cell, cells.get(other)!, delta)) continue;
          open.delete(other);
          queue.push(other);
        }
      }
    }
    parts.push(part);
  }
  return parts;
}

function areNear(positions: Positions, some: readonly number[], others: readonly number[], delta: number): boolean {
  return some.some((a) => nearestWithin(positions, a, others, delta) !== undefined);
}

function nearestWithin(
  positions: Positions,
  node: number,
  others: readonly number[],
  delta: number,
): number | undefined {
  let nearest: number | undefined;
  let least = delta;
  for (const other of others) {
    const dx = positions[2 * other] - positions[2 * node];
    const dy = positions[2 * other + 1] - positions[2 * node + 1];
    const distance = Math.sqrt(dx * dx + dy * dy);
    if (distance > least) continue;
    nearest = other;
    least = distance;
  }
  return nearest;
}
