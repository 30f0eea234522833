import { IsthmusError } from '../base/errors.ts';
import { createRandom } from '../base/random.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import { checkPositions, distanceOf, edgeLengths } from './measures/distances.ts';

/** How connected-closeness is measured. */
export interface ClosenessOptions {
  /** How far below the best value the closeness at `deltaMax` may be, a share of it, 0 to 1 (default 0.03). */
  readonly epsilon?: number | undefined;
  /** Most node pairs that are measured, 1 or more; where there are more, so many are drawn (default 1 million). */
  readonly samples?: number | undefined;
  /** Seed of the drawn pairs (default 1). */
  readonly seed?: number | undefined;
}

/** The connected-closeness of a layout: how well nearness on the map tells who is linked. */
export interface Closeness {
  /** The distance, layout units, from which on being close says the most about being connected. */
  readonly deltaMax: number;
  /** The largest C(Δ), 0 to 1. */
  readonly cMax: number;
  /** Whether nearness says anything at all: cMax ≥ 0.1. */
  readonly applicable: boolean;
  /** Shares of edges and of node pairs within `deltaMax`, 0 to 1. */
  readonly edgesWithin: number;
  readonly pairsWithin: number;
  /** How many node pairs were measured; all of them where `exact`. */
  readonly samples: number;
  readonly exact: boolean;
}

/**
 * Connected-closeness (Jacomy, JGAA 27(5), 341–404): C(Δ) is the share of edges no longer than Δ minus the share of node
 * pairs no farther apart than Δ, and deltaMax is the least Δ whose C(Δ) comes within ε of the maximum. Self-loops don't
 * count, parallel edges each do. Without edges nothing applies and deltaMax is 0.
 *
 * C only grows where Δ reaches another edge's length. So it is enough to count the pairs between one edge length and the
 * next, which needs no memory for the pairs: 30 million take about half a second.
 *
 * @throws UsageError for an option out of range, InputError unless there are two finite coordinates a node.
 */
export function connectedCloseness(
  graph: PackedGraph,
  positions: Positions,
  options: ClosenessOptions = {},
): Closeness {
  const { epsilon = 0.03, samples = 1_000_000, seed = 1 } = options;
  if (!(epsilon >= 0 && epsilon < 1)) {
    throw new IsthmusError('UsageError', `Closeness needs an epsilon of at least 0 and below 1, but ${epsilon} came.`);
  }
  if (!(samples >= 1)) {
    throw new IsthmusError('UsageError', `Closeness needs at least 1 sampled pair, but ${samples} came.`);
  }
  checkPositions(graph, positions);
  const lengths = edgeLengths(graph, positions).sort();
  const pairs = (graph.nodeCount ** 2 - graph.nodeCount) / 2;
  const exact = pairs <= samples;
  const measured = exact ? pairs : Math.floor(samples);
  const edgesUpTo = ranksOf(lengths);
  const pairsUpTo = exact ? countAll(positions, lengths) : countDrawn(positions, lengths, measured, seed);
  // C times edges times pairs is a whole number, so that equal values compare as equal.
  const scores = lengths.map((_, e) => edgesUpTo[e] * measured - pairsUpTo[e] * lengths.length);
  const best = scores.reduce((most, score) => Math.max(most, score), 0);
  const first = scores.findIndex((score) => score >= (1 - epsilon) * best);
  const cMax = best === 0 ? 0 : best / (lengths.length * measured);
  return {
    deltaMax: first === -1 ? 0 : lengths[first],
    cMax,
    applicable: cMax >= 0.1,
    edgesWithin: first === -1 ? 0 : edgesUpTo[first] / lengths.length,
    pairsWithin: first === -1 ? 0 : pairsUpTo[first] / measured,
    samples: measured,
    exact,
  };
}

/** How many of the sorted lengths are no greater than each of them. */
function ranksOf(lengths: Float64Array): Uint32Array {
  const ranks = new Uint32Array(lengths.length);
  for (let e = lengths.length - 1; e >= 0; e--) ranks[e] = lengths[e] === lengths[e + 1] ? ranks[e + 1] : e + 1;
  return ranks;
}

/** Pairs no farther apart than each of the sorted lengths, among all pairs. */
function countAll(positions: Positions, lengths: Float64Array): Float64Array {
  const tally = createTally(lengths);
  const nodeCount = positions.length / 2;
  for (let a = 0; a < nodeCount; a++) {
    const x = positions[2 * a];
    const y = positions[2 * a + 1];
    for (let b = a + 1; b < nodeCount; b++) {
      const dx = x - positions[2 * b];
      const dy = y - positions[2 * b + 1];
      tally.add(Math.sqrt(dx * dx + dy * dy));
    }
  }
  return tally.totals();
}

/** The same among pairs of different nodes drawn with replacement, every pair as likely as any other. */
function countDrawn(positions: Positions, lengths: Float64Array, samples: number, seed: number): Float64Array {
  const tally = createTally(lengths);
  const nodeCount = positions.length / 2;
  const random = createRandom(seed);
  for (let drawn = 0; drawn < samples; drawn++) {
    const a = Math.floor(random() * nodeCount);
    const other = Math.floor(random() * (nodeCount - 1));
    tally.add(distanceOf(positions, a, other < a ? other : other + 1));
  }
  return tally.totals();
}

/** Counts distances by the first of the sorted lengths that is not shorter; those beyond the last are left out. */
function createTally(lengths: Float64Array) {
  const counts = new Float64Array(lengths.length);
  const longest = lengths.length === 0 ? -1 : lengths[lengths.length - 1];
  // A table of evenly spaced distances says between which two lengths to look, so that the search has a step or two.
  const cells = 4 * lengths.length;
  const perUnit = longest > 0 ? (cells - 1) / longest : 0;
  const starts = new Uint32Array(cells + 1).fill(lengths.length);
  for (let e = lengths.length - 1; e >= 0; e--) starts[(lengths[e] * perUnit) | 0] = e;
  for (let cell = cells - 1; cell >= 0; cell--) starts[cell] = Math.min(starts[cell], starts[cell + 1]);
  return {
    add(distance: number): void {
      if (distance > longest) return;
      const cell = (distance * perUnit) | 0;
      let low = starts[cell];
      let high = starts[cell + 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (lengths[middle] < distance) low = middle + 1;
        else high = middle;
      }
      counts[low]++;
    },
    totals(): Float64Array {
      for (let e = 1; e < counts.length; e++) counts[e] += counts[e - 1];
      return counts;
    },
  };
}
