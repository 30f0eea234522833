import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import { surpriseOf, surpriseThreshold } from './chance.ts';
import { between } from './geometry.ts';
import { matchingSize } from './matching.ts';
import type { Places } from './places.ts';

/**
 * Two places and the strands that join them: direct links, and mediators, which are nodes of neither whose links go to
 * these two. All links of a mediator are one strand, for they have one witness.
 */
export interface PairOfPlaces {
  readonly a: number;
  readonly b: number;
  /** One edge for each direct link. */
  readonly edges: readonly number[];
  readonly mediators: readonly number[];
  /** The node with the most of the strands, and how many it has; `survivors` do without it. */
  readonly hub: number;
  readonly strongest: number;
  readonly survivors: number;
  /** Direct links that chance would give. */
  readonly expected: number;
  /** −log₁₀ of the chance that so many survive. */
  readonly surprise: number;
  readonly matching: number;
  /** Whether that is more than chance, and no one node's doing. */
  readonly isJoined: boolean;
}

/** All linked pairs, and how many links leave each place, and all. */
export interface PairsOfPlaces {
  readonly pairs: ReadonlyMap<number, PairOfPlaces>;
  readonly leaving: Float64Array;
  readonly total: number;
}

/** The key of a pair of places. */
export function pairKey(places: Places, a: number, b: number): number {
  return Math.min(a, b) * places.all.length + Math.max(a, b);
}

/** A mediator has so many links into each of its two places, and so much of all its links into both. */
const mediatorLinks = 2;
const mediatorShare = 0.5;

/**
 * All pairs of places that are joined; strays count for the place of their community. Chance is degree-corrected among
 * the links that leave their place: with x_A and x_B of them at A and B, m in all, k between A and B, and n places, it
 * gives (x_A − k + 1)(x_B − k + 1) / (2(m − k) + n). The links inside places are left out, since they made the places; so
 * is the pair itself, which must not speak for its own usualness; and each place gets one end of a link for free, since
 * none seen so far is not none ever.
 *
 * @param rate the share of joined pairs that may be due to chance
 */
export function pairsOfPlaces(graph: PackedGraph, positions: Positions, places: Places, rate: number): PairsOfPlaces {
  const { links, leaving, total } = linksAcross(graph, places);
  const mediators = findMediators(graph, positions, places);
  const pairs = new Map<number, Omit<PairOfPlaces, 'isJoined'>>();
  for (const key of new Set([...links.keys(), ...mediators.keys()])) {
    const a = Math.floor(key / places.all.length);
    const b = key % places.all.length;
    const edges = links.get(key) ?? [];
    const through = mediators.get(key) ?? [];
    const k = edges.length;
    const expected = ((leaving[a] - k + 1) * (leaving[b] - k + 1)) / (2 * (total - k) + places.all.length);
    const { hub, strongest } = strongestOf(graph, edges, through);
    const survivors = k + through.length - strongest;
    const sides = edges.map((e) => sidesOf(graph, places, e, a));
    const matching = matchingSize(sides) + through.length;
    const surprise = surpriseOf(survivors, expected);
    pairs.set(key, { a, b, edges, mediators: through, hub, strongest, survivors, expected, surprise, matching });
  }
  return { pairs: judged(pairs, places, rate), leaving, total };
}

function judged(
  pairs: ReadonlyMap<number, Omit<PairOfPlaces, 'isJoined'>>,
  places: Places,
  rate: number,
): PairsOfPlaces['pairs'] {
  const surprises = [...pairs.values()].filter(({ matching }) => matching >= 2).map(({ surprise }) => surprise);
  const threshold = surpriseThreshold(surprises, (places.all.length * (places.all.length - 1)) / 2, rate);
  return new Map(
    Array.from(pairs, ([key, pair]) => {
      return [key, { ...pair, isJoined: pair.matching >= 2 && pair.surprise >= threshold }];
    }),
  );
}

/** One edge for each link between homes, by pair. */
function linksAcross({ edges, edgeCount, nodeCount }: PackedGraph, places: Places) {
  const links = new Map<number, number[]>();
  const leaving = new Float64Array(places.all.length);
  const seen = new Set<number>();
  for (let e = 0; e < edgeCount; e++) {
    const a = places.home[edges[2 * e]];
    const b = places.home[edges[2 * e + 1]];
    if (a === b || a === -1 || b === -1) continue;
    const low = Math.min(edges[2 * e], edges[2 * e + 1]);
    const link = low * nodeCount + Math.max(edges[2 * e], edges[2 * e + 1]);
    if (seen.has(link)) continue;
    seen.add(link);
    leaving[a]++;
    leaving[b]++;
    const key = pairKey(places, a, b);
    const pair = links.get(key);
    if (pair === undefined) links.set(key, [e]);
    else pair.push(e);
  }
  return { links, leaving, total: seen.size };
}

/** The source and target of an edge, the end in `a` first. */
function sidesOf({ edges }: PackedGraph, places: Places, e: number, a: number): readonly [number, number] {
  const source = edges[2 * e];
  const target = edges[2 * e + 1];
  return places.home[source] === a ? [source, target] : [target, source];
}

/** The different neighbours of a node, by their home. */
export function neighboursByHome(graph: PackedGraph, places: Places, node: number): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const other of new Set(graph.targets.subarray(graph.offsets[node], graph.offsets[node + 1]))) {
    const home = places.home[other];
    if (home === -1) continue;
    const group = groups.get(home);
    if (group === undefined) groups.set(home, [other]);
    else group.push(other);
  }
  return groups;
}

/** By pair, the nodes of neither place that lie between them and have their links in both. */
function findMediators(graph: PackedGraph, positions: Positions, places: Places): Map<number, number[]> {
  const mediators = new Map<number, number[]>();
  for (let node = 0; node < graph.nodeCount; node++) {
    const groups = neighboursByHome(graph, places, node);
    const degree = [...groups.values()].reduce((sum, group) => sum + group.length, 0);
    const far = [...groups].filter(([home, group]) => home !== places.home[node] && group.length >= mediatorLinks);
    far.forEach(([a, inA], i) => {
      for (const [b, inB] of far.slice(i + 1)) {
        if (inA.length + inB.length < mediatorShare * degree) continue;
        if (!between(positions, node, places.all[a], places.all[b])) continue;
        const key = pairKey(places, a, b);
        const pair = mediators.get(key);
        if (pair === undefined) mediators.set(key, [node]);
        else pair.push(node);
      }
    });
  }
  return mediators;
}

function strongestOf({ edges }: PackedGraph, links: readonly number[], mediators: readonly number[]) {
  const strands = new Map<number, number>();
  let hub = mediators.length > 0 ? mediators[0] : -1;
  let strongest = mediators.length > 0 ? 1 : 0;
  for (const e of links) {
    for (const node of [edges[2 * e], edges[2 * e + 1]]) {
      const count = (strands.get(node) ?? 0) + 1;
      strands.set(node, count);
      if (count > strongest) {
        hub = node;
        strongest = count;
      }
    }
  }
  return { hub, strongest };
}
