import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import { createBodies, massesInto } from './cpu/bodies.ts';
import { createRepel } from './cpu/repulsion.ts';
import type { ForceAtlas2Settings } from './settings.ts';

/** The repulsion alone of every node at these positions, x0, y0, x1, y1, …: what the error of an approximation is measured by. */
export function repulsionOf(graph: PackedGraph, positions: Positions, settings: ForceAtlas2Settings): Float64Array {
  const bodies = createBodies(graph, positions);
  massesInto(bodies.mass, graph, settings.rule);
  createRepel(settings.repulsion, bodies.count)(bodies, settings);
  const forces = new Float64Array(2 * bodies.count);
  for (let i = 0; i < bodies.count; i++) {
    forces[2 * bodies.nodes[i]] = bodies.forces[2 * i];
    forces[2 * bodies.nodes[i] + 1] = bodies.forces[2 * i + 1];
  }
  return forces;
}
