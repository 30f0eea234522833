import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import type { Partition } from '../communities.ts';
import { middleOf, quantile, rmsRadius } from './geometry.ts';
import type { BridgeEnd } from './kinds.ts';
import { byDistinction, nameOf, wordsOf } from './names.ts';

/** A part of a community that lies together on the map. */
export interface Place extends BridgeEnd {
  /** Its number among all places. */
  readonly index: number;
  /** RMS distance of its nodes from its middle, layout units, and the same over the median for its size. */
  readonly radius: number;
  readonly sigma: number;
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

/** The visual parts of communities: components under linking nodes of one community that are at most Δ apart. */
export function findPlaces(graph: PackedGraph, positions: Positions, communities: Partition, delta: number): Places {
  const members: number[][] = Array.from({ length: communities.count }, () => []);
  for (const [node, community] of communities.of.entries()) members[community].push(node);
  const of = new Int32Array(graph.nodeCount).fill(-1);
  const home = new Int32Array(graph.nodeCount).fill(-1);
  const places: Place[] = [];
  members.forEach((nodes, community) => {
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
      places.push({ ...end, index: places.length, radius, sigma: 1, members: [] });
    }
  });
  // Layouts keep density, so the radius to expect grows with the root of the size.
  const usual = quantile(
    places.map(({ radius, nodes }) => radius / Math.sqrt(nodes.length)),
    0.5,
  );
  const membersOf = places.map((): number[] => []);
  home.forEach((place, node) => {
    if (place !== -1) membersOf[place].push(node);
  });
  const sigmaOf = ({ radius, nodes }: Place) => (usual > 0 ? radius / Math.sqrt(nodes.length) / usual : 1);
  const all = places.map((place, i) => ({ ...place, sigma: sigmaOf(place), members: membersOf[i] }));
  return { all, of, home };
}

/** Components of nodes under linking at a distance of at most Δ, the largest first. */
export function partsOf(positions: Positions, nodes: readonly number[], delta: number): number[][] {
  // Nodes in one cell of this size are linked in any case, and linked cells are at most two apart.
  const size = delta > 0 ? delta / Math.SQRT2 : 1;
  const cells = new Map<string, number[]>();
  for (const node of nodes) {
    const isPoint = !(delta > 0);
    const column = isPoint ? positions[2 * node] : Math.floor(positions[2 * node] / size);
    const row = isPoint ? positions[2 * node + 1] : Math.floor(positions[2 * node + 1] / size);
    const key = `${column},${row}`;
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [node]);
    else cell.push(node);
  }
  const parts: number[][] = [];
  const open = new Set(cells.keys());
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
          if (!open.has(other) || !isNear(positions, cell, cells.get(other)!, delta)) continue;
          open.delete(other);
          queue.push(other);
        }
      }
    }
    parts.push(part);
  }
  return parts.sort((a, b) => b.length - a.length || a[0] - b[0]);
}

function isNear(positions: Positions, some: readonly number[], others: readonly number[], delta: number): boolean {
  return some.some((a) =>
    others.some((b) => {
      const dx = positions[2 * a] - positions[2 * b];
      const dy = positions[2 * a + 1] - positions[2 * b + 1];
      return dx * dx + dy * dy <= delta * delta;
    }),
  );
}
