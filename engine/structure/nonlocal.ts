import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import type { Partition } from './communities.ts';

/** Which edges the plane cannot show by nearness, and how much each is to be trusted. */
export interface NonlocalEdges {
  /** 1 for an edge that is longer than Δ and joins two communities, else 0; one entry an edge. */
  readonly nonlocal: Uint8Array;
  /** The strength to draw an edge with, 0.12 to 1; 1 inside a community; one entry an edge. */
  readonly gain: Float32Array;
}

/**
 * Gains by how many links between two communities survive when their strongest single node is taken away; two or more
 * are a bridge and count in full. With one left there may be a bridge in the making; with none the link hangs on one
 * node (a word with two meanings), and is kept just visible enough to be found by who looks for it.
 */
const fullGain = 1;
const doubtfulGain = 0.35;
const artifactGain = 0.12;

/**
 * Sorts edges into local and nonlocal and weighs each by the support of the pair of communities that it joins. Parallel
 * edges are one link, for they are no second witness; self-loops are local.
 *
 * @param delta the distance, layout units, up to which an edge only repeats what nearness says; see `connectedCloseness`
 */
export function nonlocalEdges(
  graph: PackedGraph,
  positions: Positions,
  communities: Partition,
  delta: number,
): NonlocalEdges {
  const { edges, edgeCount } = graph;
  const nonlocal = new Uint8Array(edgeCount);
  const gain = new Float32Array(edgeCount).fill(fullGain);
  const pairs = new Map<number, number[]>();
  for (let e = 0; e < edgeCount; e++) {
    const source = edges[2 * e];
    const target = edges[2 * e + 1];
    const a = communities.of[source];
    const b = communities.of[target];
    if (a === b) continue;
    const key = Math.min(a, b) * communities.count + Math.max(a, b);
    const pair = pairs.get(key);
    if (pair === undefined) pairs.set(key, [e]);
    else pair.push(e);
    const dx = positions[2 * source] - positions[2 * target];
    const dy = positions[2 * source + 1] - positions[2 * target + 1];
    nonlocal[e] = Math.sqrt(dx * dx + dy * dy) > delta ? 1 : 0;
  }
  const links = new Uint32Array(graph.nodeCount);
  for (const pair of pairs.values()) {
    const survivors = survivingLinks(graph, pair, links);
    if (survivors >= 2) continue;
    for (const e of pair) gain[e] = survivors === 1 ? doubtfulGain : artifactGain;
  }
  return { nonlocal, gain };
}

/** The links among these edges that do not touch the node with the most of them. `links` is zero before and after. */
function survivingLinks({ edges, nodeCount }: PackedGraph, pair: readonly number[], links: Uint32Array): number {
  const seen = new Set<number>();
  let strongest = 0;
  for (const e of pair) {
    const low = Math.min(edges[2 * e], edges[2 * e + 1]);
    const high = Math.max(edges[2 * e], edges[2 * e + 1]);
    const size = seen.size;
    if (seen.add(low * nodeCount + high).size === size) continue;
    strongest = Math.max(strongest, ++links[low], ++links[high]);
  }
  for (const e of pair) links[edges[2 * e]] = links[edges[2 * e + 1]] = 0;
  return seen.size - strongest;
}
