import type { Held } from '../held.ts';
import type { Bodies } from './bodies.ts';

/** Puts held bodies at their places, at rest and without forces: they neither move nor count in what is measured. */
export function hold(bodies: Bodies, { nodes, places }: Held): void {
  const { ranks, x, y, forceX, forceY, oldForceX, oldForceY, velocityX, velocityY } = bodies;
  nodes.forEach((node, k) => {
    const body = ranks[node];
    x[body] = places[2 * k];
    y[body] = places[2 * k + 1];
    for (const memory of [forceX, forceY, oldForceX, oldForceY, velocityX, velocityY]) memory[body] = 0;
  });
}
