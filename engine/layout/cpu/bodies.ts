import { numbersOfRole } from '../../graph/columns.ts';
import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import type { Rule } from '../settings.ts';
import { edgeWeights } from './springs.ts';

/**
 * The state of a layout: one entry a body in every array, or a pair x, y where it says (stride 2); float64 so that rounding
 * stays far below the forces. Who sums the forces may put arrays in a memory of its own in place of those that can be written.
 */
export interface Bodies {
  readonly count: number;
  /** The node of each body, and the body of each node: the same at first, but bodies may be numbered anew (`renumber`). */
  readonly nodes: Uint32Array;
  readonly ranks: Uint32Array;
  /** Pairs: where they are. */
  places: Float64Array;
  /** Pairs: the forces now, and those that the last step was made by. */
  forces: Float64Array;
  oldForces: Float64Array;
  /** Pairs: the step of the iteration before, as the momentum rule keeps it. */
  velocities: Float64Array;
  mass: Float64Array;
  /** Radius in layout units, used where sizes count; 1 where the file gives none. */
  size: Float64Array;
  /** The sum of force over distance of a node's edges now, which the momentum rule divides by. */
  stiffness: Float64Array;
  /** graphology's local speed of each node. */
  readonly convergence: Float64Array;
}

/** Bodies at rest at these positions. */
export function createBodies(graph: Pick<PackedGraph, 'nodeCount' | 'nodes'>, positions: Positions): Bodies {
  const count = graph.nodeCount;
  const nodes = Uint32Array.from({ length: count }, (_, i) => i);
  const sizes = numbersOfRole(graph.nodes, 'size');
  return {
    count,
    nodes,
    ranks: nodes.slice(),
    places: new Float64Array(positions),
    forces: new Float64Array(2 * count),
    oldForces: new Float64Array(2 * count),
    velocities: new Float64Array(2 * count),
    mass: new Float64Array(count),
    size: Float64Array.from({ length: count }, (_, i) => (sizes && sizes.values[i] >= 0 ? sizes.values[i] : 1)),
    stiffness: new Float64Array(count),
    convergence: new Float64Array(count).fill(1),
  };
}

/** Numbers bodies anew: body k becomes what was body order[k]. */
export function renumber(bodies: Bodies, order: Uint32Array): void {
  const { nodes, ranks, places, forces, oldForces, velocities, mass, size, stiffness, convergence } = bodies;
  const old = new Float64Array(2 * bodies.count);
  for (const pairs of [places, forces, oldForces, velocities]) {
    old.set(pairs);
    for (let body = 0; body < order.length; body++) {
      pairs[2 * body] = old[2 * order[body]];
      pairs[2 * body + 1] = old[2 * order[body] + 1];
    }
  }
  for (const values of [mass, size, stiffness, convergence]) {
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
export function placeBodies(
  { count, nodes, places, forces, oldForces, velocities }: Bodies,
  positions: Positions,
): void {
  for (let i = 0; i < count; i++) {
    places[2 * i] = positions[2 * nodes[i]];
    places[2 * i + 1] = positions[2 * nodes[i] + 1];
  }
  for (const memory of [forces, oldForces, velocities]) memory.fill(0);
}

/** Where the nodes are. */
export function positionsOfBodies({ count, ranks, places }: Bodies): Positions {
  const positions = new Float32Array(2 * count);
  for (let node = 0; node < count; node++) {
    positions[2 * node] = places[2 * ranks[node]];
    positions[2 * node + 1] = places[2 * ranks[node] + 1];
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
