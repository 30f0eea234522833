import { createRandom } from '../../base/random.ts';
import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import { checkPositions, drawNodes, squareBetween } from './distances.ts';
import { createNearest } from './nearest.ts';

/** How a measure over nodes is sampled. */
export interface NodeSampleOptions {
  /** Most nodes that are looked at, 1 or more; where there are more, so many are drawn (default 200,000). */
  readonly nodes?: number | undefined;
  /** Seed of the drawn nodes (default 1). */
  readonly seed?: number | undefined;
}

/** How much of each node's neighbourhood in the graph lies next to it on the map. */
export interface NeighbourhoodPreservation {
  /** The mean share of neighbours kept, 0 to 1; null where no node has a neighbour. */
  readonly value: number | null;
  /** Nodes with neighbours that were looked at. */
  readonly nodes: number;
  /** Whether these are all that have neighbours. */
  readonly exact: boolean;
}

/**
 * Neighbourhood preservation: the mean over the nodes with neighbours of |N(v) ∩ kNN(v)| / k, where N(v) are the k
 * different neighbours of v (self-loops and parallel edges left out) and kNN(v) the k nodes nearest to it on the map.
 * Where several nodes compete for the last places at the same distance, each counts by its chance of getting one; so
 * nodes all in one place keep no more than chance does.
 *
 * @throws InputError unless there are two finite coordinates a node.
 */
export function neighbourhoodPreservation(
  graph: PackedGraph,
  positions: Positions,
  { nodes = 200_000, seed = 1 }: NodeSampleOptions = {},
): NeighbourhoodPreservation {
  checkPositions(graph, positions);
  const nearest = createNearest(positions);
  const sample = drawNodes(graph.nodeCount, nodes, createRandom(seed));
  let sum = 0;
  let count = 0;
  for (const node of sample) {
    const neighbours = neighboursOf(graph, node);
    if (neighbours.size === 0) continue;
    count++;
    sum += keptBy(neighbours, node) / neighbours.size;
  }
  return { value: count === 0 ? null : sum / count, nodes: count, exact: sample.length === graph.nodeCount };

  function keptBy(neighbours: ReadonlySet<number>, node: number): number {
    const k = neighbours.size;
    if (k === graph.nodeCount - 1) return k;
    const reach = nearest.squareOf(node, k);
    let closer = 0;
    let tied = 0;
    for (const neighbour of neighbours) {
      const square = squareBetween(positions, node, neighbour);
      if (square < reach) closer++;
      else if (square === reach) tied++;
    }
    if (tied === 0) return closer;
    const all = nearest.countAt(node, reach);
    return closer + (tied * (k - all.closer)) / all.tied;
  }
}

function neighboursOf({ offsets, targets }: PackedGraph, node: number): ReadonlySet<number> {
  return new Set(targets.subarray(offsets[node], offsets[node + 1]));
}
