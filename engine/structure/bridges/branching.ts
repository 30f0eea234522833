import { middleOf, type Point } from './geometry.ts';
import type { Bridge } from './kinds.ts';
import { nameOf } from './names.ts';
import type { Place } from './places.ts';
import { lengthOf, pointAlong, smoothed } from './polyline.ts';
import { type Costs, costsOf, findRoute } from './route.ts';
import { endOf, rounded, type Scene } from './scene.ts';

const fewestLeaves = 3;

/** A tree of paths over some places, and which of these are its leaves. */
interface Tree {
  readonly paths: readonly Float32Array[];
  readonly leaves: readonly Place[];
}

/**
 * A community with three or more places, as the shorter of two trees: each place in turn routed to the nearest point of
 * the tree so far, or all of them to one point in their midst. Undefined where it has fewer than three leaves, so that it
 * is a chain of bridges and no branching.
 */
export function branchingOf(scene: Scene, places: readonly Place[]): Bridge | undefined {
  const own = places.flatMap((place) => [...place.members]);
  const costs = costsOf(scene.terrain, scene.positions, own, []);
  const tree = [grownTree(scene, costs, places), starTree(scene, costs, places)].reduce((one, other) =>
    totalLength(other) < totalLength(one) ? other : one,
  );
  const { leaves, paths } = tree;
  if (leaves.length < fewestLeaves) return undefined;
  const nodes = places.flatMap((place) => [...place.nodes]);
  const [main] = places;
  const longest = paths.reduce((most, path) => (lengthOf(path) > lengthOf(most) ? path : most));
  return {
    kind: 'branching',
    traits: ['branching'],
    label: main.words[0] ?? '',
    description: `One community in ${places.length} places: ${places.map(({ words }) => nameOf(words.slice(0, 2))).join('; ')}.`,
    ends: places.map(endOf),
    nodes: Uint32Array.from(nodes),
    middle: new Uint32Array(0),
    edges: new Uint32Array(0),
    paths: paths.map(smoothed),
    ...pointAlong(longest, lengthOf(longest) / 2),
    width: scene.delta / 4,
    strength: leaves.length * Math.sqrt(nodes.length),
    evidence: rounded({ parts: places.length, leaves: leaves.length, nodes: nodes.length }),
  };
}

function totalLength({ paths }: Tree): number {
  return paths.reduce((sum, path) => sum + lengthOf(path), 0);
}

/** Every place routed to the geometric median of all; a leg below Δ is pruned, for its place is the midst itself. */
function starTree({ terrain, delta }: Scene, costs: Costs, places: readonly Place[]): Tree {
  const centres = Float32Array.from(places.flatMap(({ peak }) => [peak.x, peak.y]));
  const midst = middleOf(centres, [...places.keys()]);
  const legs = places.map((place) => ({ place, path: findRoute(terrain, costs, place.peak, [midst]) }));
  const kept = legs.filter(({ path }) => lengthOf(path) >= delta);
  return { paths: kept.map(({ path }) => path), leaves: kept.map(({ place }) => place) };
}

/** Prim's order: the place nearest to the tree comes next. A leg that ends within Δ of a place ends there. */
function grownTree({ terrain, delta }: Scene, costs: Costs, places: readonly Place[]): Tree {
  const paths: Float32Array[] = [];
  /** How many legs end at each place. */
  const joined = places.map(() => 0);
  const waiting = new Set(places.keys());
  waiting.delete(0);
  while (waiting.size > 0) {
    const tree: Point[] = [places[0].peak, ...paths.flatMap((path) => pointsEvery(path, terrain.cell / 2))];
    const reach = (i: number) =>
      Math.min(...tree.map(({ x, y }) => Math.hypot(x - places[i].peak.x, y - places[i].peak.y)));
    const source = [...waiting].reduce((best, i) => (reach(i) < reach(best) ? i : best));
    const path = findRoute(terrain, costs, places[source].peak, tree);
    const end = { x: path[path.length - 2], y: path[path.length - 1] };
    const target = places.findIndex(
      ({ peak: { x, y } }, i) => !waiting.has(i) && Math.hypot(x - end.x, y - end.y) < delta,
    );
    waiting.delete(source);
    joined[source]++;
    if (target !== -1) joined[target]++;
    paths.push(path);
  }
  return { paths, leaves: places.filter((_, i) => joined[i] === 1) };
}

function pointsEvery(path: Float32Array, step: number): Point[] {
  const length = lengthOf(path);
  const count = Math.max(1, Math.ceil(length / step));
  return Array.from({ length: count + 1 }, (_, i) => pointAlong(path, (i * length) / count));
}
