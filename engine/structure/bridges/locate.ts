import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import { communities as communitiesOf, type Partition } from '../communities.ts';
import { middleOf, quantile } from './geometry.ts';
import { findPlaces, membersOf, type Places } from './places.ts';

/** Communities and where they lie. */
export interface Located {
  readonly communities: Partition;
  readonly places: Places;
}

/** Beyond this resolution communities of most networks fall to pieces. */
const finestResolution = 16;
/** A finer resolution is worth having if communities shrink to this. */
const leastShrinking = 0.9;

/**
 * The communities asked for, and their places. By default those no wider than what counts as near: the coarsest at which
 * half of the nodes are in places with an RMS radius of at most Δ / 2, or beyond which communities hardly shrink: what falls
 * apart in the network but not on the map is one thing.
 */
export function locate(
  graph: PackedGraph,
  positions: Positions,
  delta: number,
  options: { readonly communities?: Partition | undefined; readonly seed: number },
): Located {
  const { communities: given, seed } = options;
  const at = (resolution: number): Located => {
    const communities = given ?? communitiesOf(graph, { seed, resolution });
    return { communities, places: findPlaces(graph, positions, communities, delta) };
  };
  let best = at(1);
  if (given !== undefined) return best;
  for (let resolution = 2; resolution <= finestResolution && usualRadius(best) > delta / 2; resolution *= 2) {
    const finer = at(resolution);
    if (usualDistance(positions, finer) > leastShrinking * usualDistance(positions, best)) break;
    best = finer;
  }
  return best;
}

/** The median over all nodes in places of the RMS radius of their place. */
function usualRadius({ places }: Located): number {
  const radii = places.all.flatMap(({ nodes, radius }) => new Array<number>(nodes.length).fill(radius));
  return quantile(radii, 0.5);
}

/** The median distance of nodes from the middle of their community, however many places that has. */
function usualDistance(positions: Positions, { communities }: Located): number {
  const distances = membersOf(communities).flatMap((nodes) => {
    const { x, y } = middleOf(positions, nodes);
    return nodes.map((node) => Math.hypot(positions[2 * node] - x, positions[2 * node + 1] - y));
  });
  return quantile(distances, 0.5);
}
