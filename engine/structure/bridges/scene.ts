import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import type { Cluster, Point } from './geometry.ts';
import type { BridgeEnd, Evidence } from './kinds.ts';
import { byDistinction, nameOf, wordsOf } from './names.ts';
import type { Place, Places } from './places.ts';
import { lengthOf, pointAlong, smoothed } from './polyline.ts';
import { costsOf, findRoute } from './route.ts';
import type { Terrain } from './terrain.ts';

/** What every kind is judged by. */
export interface Scene {
  readonly graph: PackedGraph;
  readonly positions: Positions;
  /** Δ, layout units, above 0. */
  readonly delta: number;
  readonly places: Places;
  readonly terrain: Terrain;
}

/** A drawn path and how far it is from straight. */
export interface Routed {
  /** Corners and all, and smoothed for the eye. */
  readonly bare: Float32Array;
  readonly path: Float32Array;
  readonly detour: number;
  readonly crossings: number;
  readonly label: Point;
}

/** A path is bent if it is longer than the straight line by more than this, or the line crosses a third place. */
const leastDetour = 1.05;

/** A path by way of some points, around what is foreign to it and over its middle nodes. */
export function routeBy(
  scene: Scene,
  stops: readonly Point[],
  own: ArrayLike<number>,
  middle: ArrayLike<number>,
): Routed {
  const { terrain, positions } = scene;
  const costs = costsOf(terrain, positions, own, middle);
  const legs = stops.slice(1).map((stop, i) => findRoute(terrain, costs, stops[i], [stop]));
  const bare = Float32Array.from(legs.flatMap((leg, i) => [...(i === 0 ? leg : leg.subarray(2))]));
  const straight = stops.slice(1).reduce((sum, { x, y }, i) => sum + Math.hypot(x - stops[i].x, y - stops[i].y), 0);
  const path = smoothed(bare);
  const isOwn = new Set(Array.from(own, (node) => scene.places.of[node]));
  const isCrossed = (place: Place) =>
    !isOwn.has(place.index) && stops.slice(1).some((stop, i) => distanceToLine(place, stops[i], stop) < place.radius);
  return {
    bare,
    path,
    detour: straight > 0 ? Math.max(1, lengthOf(bare) / straight) : 1,
    crossings: scene.places.all.filter(isCrossed).length,
    label: pointAlong(path, lengthOf(path) / 2),
  };
}

export function isBent({ detour, crossings }: Pick<Routed, 'detour' | 'crossings'>): boolean {
  return detour > leastDetour || crossings > 0;
}

function distanceToLine({ x, y }: Point, a: Point, b: Point): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / squared));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}

/** A place as the end of a bridge. */
export function endOf({ name, words, community, nodes, peak }: Place): BridgeEnd {
  return { name, words, community, nodes, ...peak };
}

/** Some nodes of a community as an end with a name of its own. */
export function endOfNodes(graph: PackedGraph, community: number, { nodes, x, y }: Cluster): BridgeEnd {
  const ranked = byDistinction(graph, nodes);
  const words = wordsOf(graph, ranked);
  return { name: nameOf(words), words, community, nodes: ranked, x, y };
}

/** Numbers to so many digits as they are worth. */
export function rounded(evidence: Evidence): Evidence {
  const entries = Object.entries(evidence).map(([key, value]) => [key, Number(value.toPrecision(4))] as const);
  return Object.fromEntries(entries);
}
