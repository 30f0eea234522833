import { IsthmusError } from '../base/errors.ts';
import { createRandom } from '../base/random.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';

/** How connected-closeness is measured. */
export interface ClosenessOptions {
  /** How far below the best value the closeness at `deltaMax` may be, a share of it, 0 to 1 (default 0.03). */
  readonly epsilon?: number | undefined;
  /** Node pairs are drawn at random where there are more of them than this, 1 or more (default 1 million). */
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
 * C only grows where Δ reaches another edge's length, so sorted lengths and distances give both without a search.
 *
 * @throws UsageError for an option out of range, InputError where positions and nodes differ in number.
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
  if (positions.length !== graph.nodeCount * 2) {
    const message = `Expected ${graph.nodeCount * 2} coordinates for ${graph.nodeCount} nodes, but ${positions.length} came.`;
    throw new IsthmusError('InputError', message);
  }
  const lengths = edgeLengths(graph, positions).sort();
  const exact = (graph.nodeCount * (graph.nodeCount - 1)) / 2 <= samples;
  const distances = exact ? allDistances(positions) : drawnDistances(positions, Math.floor(samples), seed);
  const pairsUpTo = countsUpTo(distances.sort(), lengths);
  const edgesUpTo = countsUpTo(lengths, lengths);
  // C times edges times pairs is a whole number, so that equal values compare as equal.
  const scores = lengths.map((_, e) => edgesUpTo[e] * distances.length - pairsUpTo[e] * lengths.length);
  const best = scores.reduce((most, score) => Math.max(most, score), 0);
  const first = scores.findIndex((score) => score >= (1 - epsilon) * best);
  const cMax = best === 0 ? 0 : best / (lengths.length * distances.length);
  return {
    deltaMax: first === -1 ? 0 : lengths[first],
    cMax,
    applicable: cMax >= 0.1,
    edgesWithin: first === -1 ? 0 : edgesUpTo[first] / lengths.length,
    pairsWithin: first === -1 ? 0 : pairsUpTo[first] / distances.length,
    samples: distances.length,
    exact,
  };
}

/** How many of the sorted values are no larger than each of the sorted limits. */
function countsUpTo(values: Float64Array, limits: Float64Array): Uint32Array {
  const counts = new Uint32Array(limits.length);
  let count = 0;
  for (let i = 0; i < limits.length; i++) {
    while (count < values.length && values[count] <= limits[i]) count++;
    counts[i] = count;
  }
  return counts;
}

function distanceOf(positions: Positions, a: number, b: number): number {
  const dx = positions[2 * a] - positions[2 * b];
  const dy = positions[2 * a + 1] - positions[2 * b + 1];
  return Math.sqrt(dx * dx + dy * dy);
}

function edgeLengths({ edges, edgeCount }: PackedGraph, positions: Positions): Float64Array {
  const lengths = new Float64Array(edgeCount);
  let count = 0;
  for (let e = 0; e < edges.length; e += 2) {
    if (edges[e] !== edges[e + 1]) lengths[count++] = distanceOf(positions, edges[e], edges[e + 1]);
  }
  return lengths.slice(0, count);
}

function allDistances(positions: Positions): Float64Array {
  const nodeCount = positions.length / 2;
  const distances = new Float64Array((nodeCount * (nodeCount - 1)) / 2);
  let count = 0;
  for (let a = 0; a < nodeCount; a++) {
    for (let b = a + 1; b < nodeCount; b++) distances[count++] = distanceOf(positions, a, b);
  }
  return distances;
}

/** Distances of pairs of different nodes, drawn with replacement, every pair as likely as any other. */
function drawnDistances(positions: Positions, samples: number, seed: number): Float64Array {
  const nodeCount = positions.length / 2;
  const random = createRandom(seed);
  return new Float64Array(samples).map(() => {
    const a = Math.floor(random() * nodeCount);
    const other = Math.floor(random() * (nodeCount - 1));
    return distanceOf(positions, a, other < a ? other : other + 1);
  });
}
