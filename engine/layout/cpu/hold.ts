import type { Held } from '../held.ts';
import type { Bodies } from './bodies.ts';

/** Puts held bodies at their places, at rest and without forces: they neither move nor count in what is measured. */
export function hold(bodies: Bodies, { nodes, places }: Held): void {
  const { ranks, forces, oldForces, velocities } = bodies;
  nodes.forEach((node, k) => {
    for (const axis of [0, 1]) {
      const at = 2 * ranks[node] + axis;
      bodies.places[at] = places[2 * k + axis];
      for (const memory of [forces, oldForces, velocities]) memory[at] = 0;
    }
  });
}
