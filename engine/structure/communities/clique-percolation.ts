import { IsthmusError } from '../../base/errors.ts';
import type { PackedGraph } from '../../graph/packed-graph.ts';
import { maximalCliques, type NodeSets } from './maximal-cliques.ts';

/** Options of `cliquePercolation`. */
export interface CliquePercolationOptions {
  /** Nodes of the cliques that percolate, 2 or more (default 4). */
  readonly k?: number | undefined;
  /** The most branches that the search for cliques may take (default 5 million, some seconds). */
  readonly branches?: number | undefined;
}

/** Communities that may overlap, the largest first; a node may be in several or in none. */
export interface OverlappingCommunities {
  readonly k: number;
  readonly count: number;
  /** The nodes of community c are members[offsets[c]] … members[offsets[c + 1] - 1], rising. */
  readonly offsets: Uint32Array;
  readonly members: Uint32Array;
  /** Maximal cliques of k or more nodes. */
  readonly cliques: number;
}

/**
 * Clique percolation (Palla, Derényi, Farkas and Vicsek 2005): a community is all that can be reached through cliques of
 * k nodes, each sharing k − 1 nodes with the next. Directions and weights do not count.
 *
 * @throws UsageError for a k below 2, InputError if the graph is too dense for its cliques to be listed.
 */
export function cliquePercolation(graph: PackedGraph, options: CliquePercolationOptions = {}): OverlappingCommunities {
  const { k = 4, branches = 5_000_000 } = options;
  if (!(Number.isInteger(k) && k >= 2)) {
    throw new IsthmusError('UsageError', `Clique percolation needs a whole k of 2 or more, but ${k} came.`);
  }
  const cliques = maximalCliques(graph, { least: k, branches });
  const rootOf = uniteOverlapping(rarestFirst(cliques, graph.nodeCount), graph.nodeCount, k - 1);
  const nodes = new Map<number, Set<number>>();
  for (let clique = 0; clique < cliques.count; clique++) {
    const root = rootOf(clique);
    const found = nodes.get(root) ?? new Set();
    nodes.set(root, found);
    for (let i = cliques.offsets[clique]; i < cliques.offsets[clique + 1]; i++) found.add(cliques.members[i]);
  }
  const sets = [...nodes.values()]
    .map((set) => Uint32Array.from(set).sort())
    .sort((a, b) => b.length - a.length || a[0] - b[0]);
  const offsets = new Uint32Array(sets.length + 1);
  sets.forEach((set, c) => {
    offsets[c + 1] = offsets[c] + set.length;
  });
  const members = new Uint32Array(offsets[sets.length]);
  sets.forEach((set, c) => {
    members.set(set, offsets[c]);
  });
  return { k, count: sets.length, offsets, members, cliques: cliques.count };
}

/**
 * Overlapping communities as labels, one a node: of its communities the one in which it has the most edge ends, the
 * larger one at a tie. A node in none has a label of its own.
 */
export function singleMembership(
  { nodeCount, offsets, targets }: PackedGraph,
  communities: OverlappingCommunities,
): Uint32Array {
  const labels = Uint32Array.from({ length: nodeCount }, (_, node) => communities.count + node);
  const most = new Int32Array(nodeCount).fill(-1);
  const isMember = new Uint8Array(nodeCount);
  for (let c = 0; c < communities.count; c++) {
    const members = communities.members.subarray(communities.offsets[c], communities.offsets[c + 1]);
    for (const node of members) isMember[node] = 1;
    for (const node of members) {
      const inside = targets
        .subarray(offsets[node], offsets[node + 1])
        .reduce((sum, other) => sum + isMember[other], 0);
      if (inside <= most[node]) continue;
      most[node] = inside;
      labels[node] = c;
    }
    for (const node of members) isMember[node] = 0;
  }
  return labels;
}

/** The same sets with nodes renamed so that those in fewer sets have lower numbers; each set rising. */
function rarestFirst({ count, offsets, members }: NodeSets, nodeCount: number): NodeSets {
  const uses = new Uint32Array(nodeCount);
  for (const node of members) uses[node]++;
  const byUse = Uint32Array.from(uses, (_, node) => node).sort((a, b) => uses[a] - uses[b]);
  const rank = new Uint32Array(nodeCount);
  byUse.forEach((node, i) => {
    rank[node] = i;
  });
  const ranked = members.map((node) => rank[node]);
  for (let set = 0; set < count; set++) ranked.subarray(offsets[set], offsets[set + 1]).sort();
  return { count, offsets, members: ranked };
}

/**
 * Unites sets that share `shared` nodes or more. Two such sets of sizes s and t have a node in common among the rarest
 * s − shared + 1 of one and t − shared + 1 of the other, so only those are looked up (prefix filtering, Chaudhuri, Ganti
 * and Kaushik 2006), and sets that hang together already are not compared.
 */
function uniteOverlapping(
  { count, offsets, members }: NodeSets,
  nodeCount: number,
  shared: number,
): (set: number) => number {
  const root = Uint32Array.from({ length: count }, (_, set) => set);
  const rootOf = (set: number): number => {
    let at = set;
    while (root[at] !== at) {
      root[at] = root[root[at]];
      at = root[at];
    }
    return at;
  };
  const setsWith: (number[] | undefined)[] = new Array(nodeCount);
  for (let set = 0; set < count; set++) {
    const end = offsets[set + 1] - shared + 1;
    for (let i = offsets[set]; i < end; i++) {
      const known = setsWith[members[i]];
      if (known === undefined) {
        setsWith[members[i]] = [set];
        continue;
      }
      for (const other of known) {
        const a = rootOf(set);
        const b = rootOf(other);
        if (a !== b && isSharing(offsets, members, [set, other], shared)) root[Math.max(a, b)] = Math.min(a, b);
      }
      known.push(set);
    }
  }
  return rootOf;
}

/** Whether two rising sets have at least so many nodes in common. */
function isSharing(
  offsets: Uint32Array,
  members: Uint32Array,
  [a, b]: readonly [number, number],
  shared: number,
): boolean {
  let missing = shared;
  for (let i = offsets[a], j = offsets[b]; missing > 0 && i < offsets[a + 1] && j < offsets[b + 1]; ) {
    if (members[i] === members[j]) missing--;
    if (members[i] <= members[j]) i++;
    else j++;
  }
  return missing === 0;
}
