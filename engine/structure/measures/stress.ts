import { createRandom } from '../../base/random.ts';
import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import { checkPositions, distanceOf, drawNodes } from './distances.ts';

/** How stress is sampled. */
export interface StressOptions {
  /** Nodes from which distances are measured, 1 or more (default as many as 100 million steps allow, at least 20). */
  readonly pivots?: number | undefined;
  /** Seed of the drawn pivots (default 1). */
  readonly seed?: number | undefined;
}

/** How well distances on the map stand for distances in the graph. */
export interface Stress {
  /** The mean over pairs of ((s·‖xᵢ − xⱼ‖ − dᵢⱼ) / dᵢⱼ)², 0 (perfect) to 1 (nothing); null where no two nodes are connected. */
  readonly value: number | null;
  /** The best scale s, edges a layout unit; 0 where all nodes lie in one place. */
  readonly scale: number;
  /** Nodes from which distances were measured. */
  readonly pivots: number;
  /** Connected pairs that were measured. */
  readonly pairs: number;
  /** Whether every node was a pivot. */
  readonly exact: boolean;
}

/** A step is an edge end that a search looks at; a pair that is then measured costs as much as some four of them. */
const affordableSteps = 1e8;
const stepsPerPair = 4;
const leastPivots = 20;

/**
 * Stress Σ d⁻²(s‖x‖ − d)² (Kamada and Kawai; Gansner, Koren and North, GD 2004) divided by the number of pairs, with d the
 * number of edges on the shortest path, at the scale s for which it is least. Weights don't count; pairs that no path
 * connects are left out. With r = ‖x‖/d the best scale is Σr/Σr², and what remains is 1 − (Σr)²/(n Σr²).
 *
 * @throws InputError unless there are two finite coordinates a node.
 */
export function stress(graph: PackedGraph, positions: Positions, options: StressOptions = {}): Stress {
  checkPositions(graph, positions);
  const { nodeCount, targets } = graph;
  const affordable = Math.max(
    leastPivots,
    Math.floor(affordableSteps / (stepsPerPair * nodeCount + targets.length + 1)),
  );
  const { pivots = affordable, seed = 1 } = options;
  const sample = drawNodes(nodeCount, pivots, createRandom(seed));
  const search = createSearch(graph);
  let sum = 0;
  let squares = 0;
  let pairs = 0;
  for (const pivot of sample) {
    const { reached, steps } = search(pivot);
    for (const node of reached) {
      if (node === pivot) continue;
      const ratio = distanceOf(positions, pivot, node) / steps[node];
      sum += ratio;
      squares += ratio * ratio;
      pairs++;
    }
  }
  const exact = sample.length === nodeCount;
  const value = pairs === 0 ? null : squares === 0 ? 1 : Math.max(0, 1 - (sum * sum) / (pairs * squares));
  return { value, scale: squares === 0 ? 0 : sum / squares, pivots: sample.length, pairs, exact };
}

/** Breadth-first search; what it returns holds until the next one. */
function createSearch({ nodeCount, offsets, targets }: PackedGraph) {
  const queue = new Uint32Array(nodeCount);
  const steps = new Int32Array(nodeCount);
  return (start: number): { readonly reached: Uint32Array; readonly steps: Int32Array } => {
    steps.fill(-1);
    steps[start] = 0;
    queue[0] = start;
    let tail = 1;
    for (let head = 0; head < tail; head++) {
      const node = queue[head];
      for (let at = offsets[node]; at < offsets[node + 1]; at++) {
        const target = targets[at];
        if (steps[target] !== -1) continue;
        steps[target] = steps[node] + 1;
        queue[tail++] = target;
      }
    }
    return { reached: queue.subarray(0, tail), steps };
  };
}
