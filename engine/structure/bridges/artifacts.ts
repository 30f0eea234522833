import { degreeOf, type PackedGraph, type Positions } from '../../graph/packed-graph.ts';
import { surpriseOf, surpriseThreshold } from './chance.ts';
import { clearDistance, middleOf } from './geometry.ts';
import { neighboursByHome, type PairsOfPlaces, pairKey } from './links.ts';
import type { Places } from './places.ts';

/** A node with links into two places that nothing else joins: a word with two meanings. */
export interface Artifact {
  readonly node: number;
  readonly a: number;
  readonly b: number;
  /** Its neighbours in each place, and links among them. */
  readonly inA: readonly number[];
  readonly inB: readonly number[];
  readonly insideA: number;
  readonly insideB: number;
  /** Layout units. */
  readonly gap: number;
  /** −log₁₀ of the chance that it has so many links into a place that is not its own. */
  readonly surprise: number;
  /** Strands between the two places that do without it. */
  readonly survivors: number;
  readonly strength: number;
}

/** Fewer links into a place say nothing of a meaning. */
const fewestLinks = 3;

/**
 * Finds nodes whose neighbours fall into two groups, in two places farther apart than Δ, without a link from group to
 * group: the rule of the artifact bridge at the scale of the node's own neighbourhood. Pairs that others
 * join too are left out. Each node counts once, where the case is clearest: the smaller of the mean
 * numbers of neighbours that a neighbour has in its own group, times the share of the node's links in the two groups.
 */
export function findArtifacts(
  graph: PackedGraph,
  positions: Positions,
  places: Places,
  joined: PairsOfPlaces,
  options: { readonly delta: number; readonly rate: number },
): Artifact[] {
  const cases: Artifact[] = [];
  const surprises: number[] = [];
  const linksAmong = createLinkCounter(graph);
  for (let node = 0; node < graph.nodeCount; node++) {
    if (degreeOf(graph, node) < 2 * fewestLinks) continue;
    const groups = senses(graph, places, joined, node);
    for (const { surprise } of groups) if (surprise < Infinity) surprises.push(surprise);
    let clearest: Artifact | undefined;
    for (const [i, one] of groups.entries()) {
      for (const other of groups.slice(0, i)) {
        const [first, second] = one.home < other.home ? [one, other] : [other, one];
        const key = pairKey(places, first.home, second.home);
        const gap = gapBetween(positions, first.nodes, second.nodes);
        if (gap <= options.delta || joined.pairs.get(key)?.isJoined) continue;
        if (linksAmong(first.nodes, second.nodes) > 0) continue;
        const found = judge(graph, node, first, second, linksAmong);
        if (clearest !== undefined && found.strength <= clearest.strength) continue;
        clearest = { ...found, gap, survivors: survivorsWithout(graph, joined, key, node) };
      }
    }
    if (clearest !== undefined) cases.push(clearest);
  }
  const threshold = surpriseThreshold(surprises, graph.nodeCount * places.all.length, options.rate);
  return cases.filter(({ surprise }) => surprise >= threshold).sort((a, b) => b.strength - a.strength);
}

interface Sense {
  readonly home: number;
  readonly nodes: readonly number[];
  readonly links: number;
  /** Infinity at home. */
  readonly surprise: number;
}

/** The groups of neighbours that are large enough to be meanings. */
function senses(graph: PackedGraph, places: Places, { leaving, total }: PairsOfPlaces, node: number): Sense[] {
  const groups = [...neighboursByHome(graph, places, node)];
  const links = groups.reduce((sum, [, nodes]) => sum + nodes.length, 0);
  const atHome = groups.find(([home]) => home === places.home[node])?.[1].length ?? 0;
  return groups
    .filter(([, nodes]) => nodes.length >= fewestLinks)
    .map(([home, nodes]) => {
      const others = links - atHome - nodes.length;
      const expected = (others * leaving[home]) / Math.max(1, 2 * total);
      return {
        home,
        nodes,
        links,
        surprise: home === places.home[node] ? Infinity : surpriseOf(nodes.length, expected),
      };
    });
}

function judge(
  graph: PackedGraph,
  node: number,
  a: Sense,
  b: Sense,
  linksAmong: (some: readonly number[], others: readonly number[]) => number,
): Omit<Artifact, 'gap' | 'survivors'> {
  const insideA = linksAmong(a.nodes, a.nodes) / 2;
  const insideB = linksAmong(b.nodes, b.nodes) / 2;
  const coherence = Math.min(1 + (2 * insideA) / a.nodes.length, 1 + (2 * insideB) / b.nodes.length);
  const share = (a.nodes.length + b.nodes.length) / Math.max(1, new Set(rowOf(graph, node)).size);
  return {
    ...{ node, a: a.home, b: b.home, inA: a.nodes, inB: b.nodes, insideA, insideB },
    surprise: Math.min(a.surprise, b.surprise),
    strength: coherence * share,
  };
}

function gapBetween(positions: Positions, some: readonly number[], others: readonly number[]): number {
  const one = { nodes: some, ...middleOf(positions, some) };
  const other = { nodes: others, ...middleOf(positions, others) };
  return clearDistance(positions, one, other);
}

/** Strands of a pair that do not pass through the node. */
function survivorsWithout({ edges }: PackedGraph, { pairs }: PairsOfPlaces, key: number, node: number): number {
  const pair = pairs.get(key);
  if (pair === undefined) return 0;
  const links = pair.edges.filter((e) => edges[2 * e] !== node && edges[2 * e + 1] !== node);
  return links.length + pair.mediators.filter((mediator) => mediator !== node).length;
}

/** Counts links from nodes of one list to nodes of another; within one list each is counted from both ends. */
function createLinkCounter(graph: PackedGraph): (some: readonly number[], others: readonly number[]) => number {
  const stamps = new Uint32Array(graph.nodeCount);
  let stamp = 0;
  return (some, others) => {
    let count = 0;
    for (const node of some) {
      stamp++;
      for (const other of rowOf(graph, node)) stamps[other] = stamp;
      for (const other of others) if (stamps[other] === stamp) count++;
    }
    return count;
  };
}

function rowOf({ offsets, targets }: PackedGraph, node: number): Uint32Array {
  return targets.subarray(offsets[node], offsets[node + 1]);
}
