import { numbersOfRole } from '../../graph/columns.ts';
import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import type { Rule } from '../settings.ts';
import { edgeWeights } from './springs.ts';

/** The state of a layout: one entry a body in every array, float64 so that rounding stays far below the forces. */
export interface Bodies {
  readonly count: number;
  /** The node of each body, and the body of each node: the same at first, but bodies may be numbered anew (`renumber`). */
  readonly nodes: Uint32Array;
  readonly ranks: Uint32Array;
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
  const nodes = Uint32Array.from({ length: count }, (_, i) => i);
  const sizes = numbersOfRole(graph.nodes, 'size');
  return {
    count,
    nodes,
    ranks: nodes.slice(),
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

/** Numbers bodies anew: body k becomes what was body order[k]. */
export function renumber(bodies: Bodies, order: Uint32Array): void {
  const { nodes, ranks, x, y, mass, size, stiffness, convergence } = bodies;
  const { forceX, forceY, oldForceX, oldForceY, velocityX, velocityY } = bodies;
  const old = new Float64Array(bodies.count);
  const memories = [forceX, forceY, oldForceX, oldForceY, velocityX, velocityY];
  for (const values of [x, y, mass, size, stiffness, convergence, ...memories]) {
    old.set(values);
    for (let body = 0; body < order.length; body++) values[body] = old[order[body]];
  }
  const oldNodes = nodes.slice();
  for (let body = 0; body < order.length; body++) {
    nodes[body] = oldNodes[order[body]];
    ranks[nodes[body]] = body;
  }
}

/** Numbers bodies as the nodes are. */
export function numberAsNodes(bodies: Bodies): void {
  renumber(bodies, bodies.ranks.slice());
}

/** Puts the bodies there, at rest. */
export function placeBodies(bodies: Bodies, positions: Positions): void {
  for (let i = 0; i < bodies.count; i++) {
    bodies.x[i] = positions[2 * bodies.nodes[i]];
    bodies.y[i] = positions[2 * bodies.nodes[i] + 1];
  }
  for (const memory of [bodies.forceX, bodies.forceY, bodies.velocityX, bodies.velocityY]) memory.fill(0);
}

/** Where the nodes are. */
export function positionsOfBodies({ count, nodes, x, y }: Bodies): Positions {
  const positions = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    positions[2 * nodes[i]] = x[i];
    positions[2 * nodes[i] + 1] = y[i];
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
