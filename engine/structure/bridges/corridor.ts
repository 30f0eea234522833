import { degreeOf, type PackedGraph, type Positions } from '../../graph/packed-graph.ts';
import { type Cluster, type Point, quantile, reachTowards } from './geometry.ts';
import type { Place, Places } from './places.ts';
import { lengthOf, nearestOn } from './polyline.ts';

/** What lies along a path between two places. */
export interface Corridor {
  /** In order along the path. */
  readonly middle: readonly number[];
  /** The share of the path between the places within Δ of a middle node, 0 to 1. */
  readonly coverage: number;
  /** The longest stretch without one, and how much of the path they are spread over, as shares of it. */
  readonly largestGap: number;
  readonly spread: number;
  /** Length between the rims of the places, layout units. */
  readonly length: number;
}

/** A node of neither place belongs to the bridge if so much of all its links goes to both. */
const middleShare = 0.25;

/**
 * Nodes that may be in the middle, wherever they lie: those that both places reach out to, and those of either that are
 * far outside of it and have a link to the other or to another such node.
 */
export function middleCandidates(
  graph: PackedGraph,
  positions: Positions,
  places: Places,
  a: Place,
  b: Place,
): number[] {
  const links = new Map<number, [number, number]>();
  const candidates = new Set<number>();
  for (const [side, place] of [a, b].entries()) {
    for (const node of place.members) {
      for (const other of new Set(graph.targets.subarray(graph.offsets[node], graph.offsets[node + 1]))) {
        const counts = links.get(other) ?? [0, 0];
        counts[side]++;
        links.set(other, counts);
      }
      if (places.of[node] === -1 || !isInside(positions, node, place)) candidates.add(node);
    }
  }
  for (const [node, [toA, toB]] of links) {
    const home = places.home[node];
    if (home === a.index || home === b.index || toA === 0 || toB === 0) continue;
    if (toA + toB >= middleShare * degreeOf(graph, node)) candidates.add(node);
  }
  return [...candidates].filter((node) => {
    const [toA, toB] = links.get(node) ?? [0, 0];
    if (toA > 0 && toB > 0) return true;
    return graph.targets.subarray(graph.offsets[node], graph.offsets[node + 1]).some((other) => candidates.has(other));
  });
}

/** Whether a node lies within twice the RMS radius of a place: nearly all of its own nodes do. */
export function isInside(positions: Positions, node: number, { x, y, radius }: Place): boolean {
  return Math.hypot(positions[2 * node] - x, positions[2 * node + 1] - y) <= 2 * radius;
}

/** Looks along a path between two ends for candidates within Δ of it, away from both. */
export function corridorOf(
  positions: Positions,
  path: Float32Array,
  [a, b]: readonly [Cluster, Cluster],
  candidates: readonly number[],
  delta: number,
): Corridor {
  const whole = lengthOf(path);
  const start = Math.min(reachTowards(positions, a.nodes, a, b), 0.45 * whole);
  const end = whole - Math.min(reachTowards(positions, b.nodes, b, a), 0.45 * whole);
  const length = end - start;
  const margin = Math.min(delta / 2, length / 8);
  const found = candidates
    .map((node) => ({ node, ...nearestOn(path, pointOf(positions, node)) }))
    .filter(({ along, away }) => away <= delta && along > start + margin && along < end - margin)
    .sort((p, q) => p.along - q.along || p.node - q.node);
  const stops = [start, ...found.map(({ along }) => along), end];
  const steps = stops.slice(1).map((stop, i) => stop - stops[i]);
  const covered = steps.reduce((sum, step, i) => {
    // The ends themselves cover nothing: a node covers Δ to either side of it.
    const covers = (i > 0 ? delta : 0) + (i < steps.length - 1 ? delta : 0);
    return sum + Math.min(step, covers);
  }, 0);
  const along = found.map((stop) => stop.along);
  return {
    middle: found.map(({ node }) => node),
    coverage: found.length === 0 ? 0 : covered / length,
    largestGap: Math.max(...steps),
    spread: found.length < 2 ? 0 : (along[along.length - 1] - along[0]) / length,
    length,
  };
}

/** How wide the bundle is half-way: four fifths of the middles of its edges, and of its middle nodes, lie within. */
export function bundleWidth(
  { edges }: PackedGraph,
  positions: Positions,
  [a, b]: readonly [Point, Point],
  bundle: readonly number[],
): number {
  const apart = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const across = bundle.map((e) => {
    const x = (positions[2 * edges[2 * e]] + positions[2 * edges[2 * e + 1]]) / 2;
    const y = (positions[2 * edges[2 * e] + 1] + positions[2 * edges[2 * e + 1] + 1]) / 2;
    return ((x - a.x) * (b.y - a.y) - (y - a.y) * (b.x - a.x)) / apart;
  });
  return across.length < 2 ? 0 : quantile(across, 0.9) - quantile(across, 0.1);
}

export function pointOf(positions: Positions, node: number): Point {
  return { x: positions[2 * node], y: positions[2 * node + 1] };
}
