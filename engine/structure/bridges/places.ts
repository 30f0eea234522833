import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import type { Partition } from '../communities.ts';
import { densestOf, middleOf, type Point, quantile, rmsRadius } from './geometry.ts';
import type { BridgeEnd } from './kinds.ts';
import { byDistinction, nameOf, wordsOf } from './names.ts';
import { partsOf } from './parts.ts';

/** A part of a community that lies together on the map. */
export interface Place extends BridgeEnd {
  /** Its number among all places. */
  readonly index: number;
  /** RMS distance of its nodes from its middle, layout units, and the same over the median for its size. */
  readonly radius: number;
  readonly sigma: number;
  /** Where it is densest: what the eye takes for its place. `x` and `y` are the geometric median. */
  readonly peak: Point;
  /** Its nodes, and the strays of its community if it is the largest place of that. */
  readonly members: readonly number[];
}

export interface Places {
  readonly all: readonly Place[];
  /** The place of each node, or −1 for one that strays from its community or belongs to no place. */
  readonly of: Int32Array;
  /** The place of each node, or for a stray the largest place of its community; −1 where that has none. */
  readonly home: Int32Array;
}

/** A part with fewer nodes, or less of its community, is no place but a stray. */
const fewestNodes = 3;
const leastShare = 0.05;

/** The nodes of each community. */
export function membersOf({ of, count }: Partition): number[][] {
  const members: number[][] = Array.from({ length: count }, () => []);
  for (const [node, community] of of.entries()) members[community].push(node);
  return members;
}

/** The places of all communities: their visual parts, save those that are too small. */
export function findPlaces(graph: PackedGraph, positions: Positions, communities: Partition, delta: number): Places {
  const of = new Int32Array(graph.nodeCount).fill(-1);
  const home = new Int32Array(graph.nodeCount).fill(-1);
  const places: Place[] = [];
  membersOf(communities).forEach((nodes, community) => {
    const largest = places.length;
    for (const part of partsOf(positions, nodes, delta)) {
      const isStray = part.length < fewestNodes || part.length < leastShare * nodes.length;
      for (const node of part) {
        of[node] = isStray ? -1 : places.length;
        home[node] = isStray ? (places.length > largest ? largest : -1) : places.length;
      }
      if (isStray) continue;
      const ranked = byDistinction(graph, part);
      const words = wordsOf(graph, ranked);
      const middle = middleOf(positions, part);
      const radius = rmsRadius(positions, part, middle);
      const end = { name: nameOf(words), words, community, nodes: ranked, ...middle };
      const peak = densestOf(positions, part, delta / 2);
      places.push({ ...end, index: places.length, radius, sigma: 1, peak, members: [] });
    }
  });
  // Layouts keep density, so the radius to expect grows with the root of the size.
  const usual = quantile(
    places.map(({ radius, nodes }) => radius / Math.sqrt(nodes.length)),
    0.5,
  );
  const members = places.map((): number[] => []);
  home.forEach((place, node) => {
    if (place !== -1) members[place].push(node);
  });
  const sigmaOf = ({ radius, nodes }: Place) => (usual > 0 ? radius / Math.sqrt(nodes.length) / usual : 1);
  const all = places.map((place, i) => ({ ...place, sigma: sigmaOf(place), members: members[i] }));
  return { all, of, home };
}
