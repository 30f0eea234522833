import type { Point } from './geometry.ts';
import type { Bridge } from './kinds.ts';
import { nameOf } from './names.ts';
import type { Place } from './places.ts';
import { lengthOf, pointAlong, smoothed } from './polyline.ts';
import { costsOf, findRoute } from './route.ts';
import { endOf, rounded, type Scene } from './scene.ts';

const fewestLeaves = 3;

/** A path from one place to where it meets the tree; `target` is −1 where that is no place but another path. */
interface Leg {
  readonly source: number;
  readonly target: number;
  readonly path: Float32Array;
}

/**
 * A community with three or more places, as a tree of paths: each place in turn is routed to the nearest point of the
 * tree so far. Undefined where that has fewer than three leaves, so that it is a chain of bridges and no branching.
 */
export function branchingOf(scene: Scene, places: readonly Place[]): Bridge | undefined {
  const legs = spanningTree(scene, places);
  const attached = new Set(legs.map(({ target }) => target));
  const leaves = places.filter((_, i) =>
    i === 0 ? legs.filter((leg) => leg.target === 0).length <= 1 : !attached.has(i),
  );
  if (leaves.length < fewestLeaves) return undefined;
  const nodes = places.flatMap((place) => [...place.nodes]);
  const main = places[0];
  const longest = legs.reduce((most, leg) => (lengthOf(leg.path) > lengthOf(most.path) ? leg : most));
  return {
    kind: 'branching',
    traits: ['branching'],
    label: main.words[0] ?? '',
    description: `One community in ${places.length} places: ${places.map(({ words }) => nameOf(words.slice(0, 2))).join('; ')}.`,
    ends: places.map(endOf),
    nodes: Uint32Array.from(nodes),
    edges: new Uint32Array(0),
    paths: legs.map(({ path }) => smoothed(path)),
    ...pointAlong(longest.path, lengthOf(longest.path) / 2),
    width: scene.delta / 4,
    strength: leaves.length * Math.sqrt(nodes.length),
    evidence: rounded({ parts: places.length, leaves: leaves.length, nodes: nodes.length }),
  };
}

/** Prim's order: the place nearest to the tree comes next. Legs below 2Δ are pruned: what they join is one point. */
function spanningTree(scene: Scene, places: readonly Place[]): Leg[] {
  const { terrain, positions, delta } = scene;
  const own = places.flatMap((place) => [...place.members]);
  const costs = costsOf(terrain, positions, own, own);
  const legs: Leg[] = [];
  const waiting = new Set(places.keys());
  waiting.delete(0);
  while (waiting.size > 0) {
    const tree: Point[] = [places[0], ...legs.flatMap(({ path }) => pointsEvery(path, terrain.cell / 2))];
    const nearest = (i: number) => Math.min(...tree.map(({ x, y }) => Math.hypot(x - places[i].x, y - places[i].y)));
    const source = [...waiting].reduce((best, i) => (nearest(i) < nearest(best) ? i : best));
    waiting.delete(source);
    const path = findRoute(terrain, costs, places[source], tree);
    const end = { x: path[path.length - 2], y: path[path.length - 1] };
    const isThere = (i: number) => !waiting.has(i) && i !== source;
    const target = places.findIndex(
      (place, i) => isThere(i) && Math.hypot(place.x - end.x, place.y - end.y) < 2 * delta,
    );
    legs.push({ source, target, path });
  }
  return legs;
}

function pointsEvery(path: Float32Array, step: number): Point[] {
  const length = lengthOf(path);
  const count = Math.max(1, Math.ceil(length / step));
  return Array.from({ length: count + 1 }, (_, i) => pointAlong(path, (i * length) / count));
}
