import { numbersOfRole } from '../../graph/columns.ts';
import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import type { Rule } from '../settings.ts';
import { edgeWeights } from './springs.ts';

/** The state of a layout: one entry a node in every array, float64 so that rounding stays far below the forces. */
export interface Bodies {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The force of this iteration and of the one before. */
  forceX: Float64Array;
  forceY: Float64Array;
  oldForceX: Float64Array;
  oldForceY: Float64Array;
  readonly mass: Float64Array;
  /** Radius in layout units, used where sizes count; 1 where the file gives none. */
  readonly size: Float64Array;
  /** graphology's local speed of each node. */
  readonly convergence: Float64Array;
  /** The step of the iteration before, as the momentum rule keeps it. */
  readonly velocityX: Float64Array;
  readonly velocityY: Float64Array;
  /** The sum of force over distance of a node's edges now, which the momentum rule divides by. */
  readonly stiffness: Float64Array;
}

/** Bodies at rest at these positions. */
export function createBodies(graph: Pick<PackedGraph, 'nodeCount' | 'nodes'>, positions: Positions): Bodies {
  const count = graph.nodeCount;
  const zeros = () => new Float64Array(count);
  const sizes = numbersOfRole(graph.nodes, 'size');
  return {
    count,
    x: Float64Array.from({ length: count }, (_, i) => positions[2 * i]),
    y: Float64Array.from({ length: count }, (_, i) => positions[2 * i + 1]),
    forceX: zeros(),
    forceY: zeros(),
    oldForceX: zeros(),
    oldForceY: zeros(),
    mass: zeros(),
    size: Float64Array.from({ length: count }, (_, i) => (sizes && sizes.values[i] >= 0 ? sizes.values[i] : 1)),
    convergence: zeros().fill(1),
    velocityX: zeros(),
    velocityY: zeros(),
    stiffness: zeros(),
  };
}

/** Puts the bodies there, at rest. */
export function placeBodies(bodies: Bodies, positions: Positions): void {
  for (let i = 0; i < bodies.count; i++) {
    bodies.x[i] = positions[2 * i];
    bodies.y[i] = positions[2 * i + 1];
  }
  for (const memory of [bodies.forceX, bodies.forceY, bodies.velocityX, bodies.velocityY]) memory.fill(0);
}

/** Where the bodies are. */
export function positionsOfBodies({ count, x, y }: Bodies): Positions {
  const positions = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    positions[2 * i] = x[i];
    positions[2 * i + 1] = y[i];
  }
  return positions;
}

/**
 * Gephi's mass is 1 + the number of edge ends at the node, graphology's 1 + the sum of their weights. A self-loop has
 * two ends at its node, as in both programs. Negative weights count as 0, as they do along edges: a mass is at least 1.
 */
export function massesInto(mass: Float64Array, graph: PackedGraph, rule: Rule): Float64Array {
  mass.fill(1);
  const weights = rule === 'graphology' ? edgeWeights(graph) : undefined;
  for (let e = 0; e < graph.edgeCount; e++) {
    const share = weights === undefined ? 1 : Math.max(0, weights[e]);
    mass[graph.edges[2 * e]] += share;
    mass[graph.edges[2 * e + 1]] += share;
  }
  return mass;
}
