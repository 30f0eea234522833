import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import { gatherInto } from './axes.ts';
import { surpriseOf } from './bridges/chance.ts';
import type { Partition } from './communities.ts';
import { deterrenceOf, distanceOf } from './gravity.ts';

/** Which edges the plane cannot show by nearness, and how much each is to be trusted. */
export interface NonlocalEdges {
  /** 1 for an edge that is longer than Δ and joins two communities, else 0; one entry an edge. */
  readonly nonlocal: Uint8Array;
  /** The strength to draw an edge with, above 0 to 1; 1 for a local edge; one entry an edge. */
  readonly gain: Float32Array;
  /**
   * For an edge of a bridge the two nodes in the middle of the bridge's ends, the first on the side of the edge's source;
   * for any other edge its own ends. Stride 2.
   */
  readonly axes: Uint32Array;
}

/** The nonlocal edges between two places, and what they tell. */
interface Pair {
  readonly edges: readonly number[];
  /** Links: parallel edges are one, for they are no second witness. */
  readonly links: number;
  /** Links that do not touch the node with the most of them. */
  readonly survivors: number;
}

/**
 * Trust in a pair of places with no or one link that survives when its strongest single node is taken away: it hangs on
 * one node (a word with two meanings), or there may be a bridge in the making.
 */
const artifactTrust = 0.06;
const doubtfulTrust = 0.15;
/** A bridge counts in full if its links are as unlikely as 1 in 30 by chance, and less the likelier they are. */
const fullSurprise = 1.5;
const leastTrust = 0.08;
/** Beyond so many strokes the ink of a bridge grows with the root of their number: a broad one need not hide the rest. */
const fullStrokes = 4;

/**
 * Sorts edges into local and nonlocal. Those that join the same two places support one another: a bridge is what outlives
 * its strongest node and exceeds what the places' degrees and distance make usual. Self-loops are local.
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
  const joinsCommunities = (a: number, b: number, distance: number) =>
    communities.of[a] !== communities.of[b] && distance > delta;
  const lengthOf = (e: number) => distanceOf(positions, edges[2 * e], edges[2 * e + 1]);
  const nonlocal = Uint8Array.from({ length: edgeCount }, (_, e) =>
    Number(joinsCommunities(edges[2 * e], edges[2 * e + 1], lengthOf(e))),
  );
  const far = Uint32Array.from(nonlocal.keys()).filter((e) => nonlocal[e] === 1);
  const places = placesOf(graph, positions, communities, delta);
  const leaving = new Uint32Array(graph.nodeCount);
  const pairs = pairsOf(graph, places, far);
  for (const {
    edges: [first],
    links,
  } of pairs) {
    leaving[places[edges[2 * first]]] += links;
    leaving[places[edges[2 * first + 1]]] += links;
  }
  const all = pairs.reduce((sum, { links }) => sum + links, 0);
  const deterrence = deterrenceOf(graph, positions, far, joinsCommunities);
  const gain = new Float32Array(edgeCount).fill(1);
  const axes = edges.slice();
  for (const { edges: pair, links, survivors } of pairs) {
    const [a, b] = [places[edges[2 * pair[0]]], places[edges[2 * pair[0] + 1]]];
    const distance = pair.reduce((sum, e) => sum + lengthOf(e), 0) / pair.length;
    const usual = ((leaving[a] - links) * (leaving[b] - links)) / (2 * Math.max(1, all - links));
    const trust = trustIn(survivors, usual * deterrence(distance));
    for (const e of pair) gain[e] = trust * Math.min(1, Math.sqrt(fullStrokes / links));
    if (survivors >= 2) gatherInto(axes, graph, positions, places, pair);
  }
  return { nonlocal, gain, axes };
}

/** 0 to 1. `expected` is how many links chance gives a pair. */
function trustIn(survivors: number, expected: number): number {
  if (survivors === 0) return artifactTrust;
  if (survivors === 1) return doubtfulTrust;
  return Math.max(leastTrust, Math.min(1, surpriseOf(survivors, expected) / fullSurprise));
}

/**
 * The place of every node, called by one of its nodes: communities fall into places where they are not held together by
 * edges of at most Δ, since what bridges join are the things that one sees.
 */
function placesOf(graph: PackedGraph, positions: Positions, { of }: Partition, delta: number): Uint32Array {
  const { edges, edgeCount, nodeCount } = graph;
  const parents = Uint32Array.from({ length: nodeCount }, (_, node) => node);
  const rootOf = (node: number): number => {
    let root = node;
    while (parents[root] !== root) root = parents[root] = parents[parents[root]];
    return root;
  };
  for (let e = 0; e < edgeCount; e++) {
    const source = edges[2 * e];
    const target = edges[2 * e + 1];
    if (of[source] === of[target] && distanceOf(positions, source, target) <= delta) {
      parents[rootOf(source)] = rootOf(target);
    }
  }
  return parents.map((_, node) => rootOf(node));
}

/** The nonlocal edges by the two places that they join. */
function pairsOf(graph: PackedGraph, places: Uint32Array, far: Uint32Array): Pair[] {
  const { edges, nodeCount } = graph;
  const pairs = new Map<number, number[]>();
  for (const e of far) {
    const a = places[edges[2 * e]];
    const b = places[edges[2 * e + 1]];
    const key = Math.min(a, b) * nodeCount + Math.max(a, b);
    const pair = pairs.get(key);
    if (pair === undefined) pairs.set(key, [e]);
    else pair.push(e);
  }
  const tallies = new Uint32Array(nodeCount);
  return [...pairs.values()].map((pair) => ({ edges: pair, ...linksOf(graph, pair, tallies) }));
}

/** How many links these edges are, and how many do not touch the node with the most of them. `tallies` is zero before and after. */
function linksOf(
  { edges, nodeCount }: PackedGraph,
  pair: readonly number[],
  tallies: Uint32Array,
): { links: number; survivors: number } {
  const seen = new Set<number>();
  let strongest = 0;
  for (const e of pair) {
    const low = Math.min(edges[2 * e], edges[2 * e + 1]);
    const high = Math.max(edges[2 * e], edges[2 * e + 1]);
    const size = seen.size;
    if (seen.add(low * nodeCount + high).size === size) continue;
    strongest = Math.max(strongest, ++tallies[low], ++tallies[high]);
  }
  for (const e of pair) tallies[edges[2 * e]] = tallies[edges[2 * e + 1]] = 0;
  return { links: seen.size, survivors: seen.size - strongest };
}
