import type { ForceAtlas2Settings } from '../settings.ts';
import type { Bodies } from './bodies.ts';

/** The longest step a node makes where sizes count (Gephi), and the largest force there (graphology). */
const limit = 10;

/** What a step by Gephi's rule reads and writes. */
export type Moving = Pick<Bodies, 'places' | 'forces' | 'oldForces' | 'mass'>;

/** Moves the bodies from … to − 1 along their forces, slower the more they swing: Gephi's rule. The forces become the old ones. */
export function integrate(bodies: Moving, from: number, to: number, speed: number, withSizes: boolean): void {
  const { places, forces, oldForces, mass } = bodies;
  const scale = withSizes ? 0.1 : 1;
  for (let i = from; i < to; i++) {
    const fx = forces[2 * i];
    const fy = forces[2 * i + 1];
    const swingX = oldForces[2 * i] - fx;
    const swingY = oldForces[2 * i + 1] - fy;
    const swinging = mass[i] * Math.sqrt(swingX * swingX + swingY * swingY);
    let factor = (scale * speed) / (1 + Math.sqrt(speed * swinging));
    if (withSizes) {
      const force = Math.sqrt(fx * fx + fy * fy);
      if (factor * force > limit) factor = limit / force;
    }
    places[2 * i] += fx * factor;
    places[2 * i + 1] += fy * factor;
    oldForces[2 * i] = fx;
    oldForces[2 * i + 1] = fy;
  }
}

/** Moves every node by the rule of graphology-layout-forceatlas2: a speed of its own, no global one. The forces become the old ones. */
export function integrateLocally(bodies: Bodies, settings: ForceAtlas2Settings): void {
  const { count, places, forces, oldForces, mass, convergence } = bodies;
  const { adjustSizes, slowDown } = settings;
  for (let i = 0; i < count; i++) {
    let fx = forces[2 * i];
    let fy = forces[2 * i + 1];
    if (adjustSizes) {
      const force = Math.sqrt(fx * fx + fy * fy);
      if (force > limit) {
        fx *= limit / force;
        fy *= limit / force;
      }
    }
    const swingX = oldForces[2 * i] - fx;
    const swingY = oldForces[2 * i + 1] - fy;
    const pullX = oldForces[2 * i] + fx;
    const pullY = oldForces[2 * i + 1] + fy;
    const rootOfSwinging = Math.sqrt(mass[i] * Math.sqrt(swingX * swingX + swingY * swingY));
    const traction = 0.5 * Math.sqrt(pullX * pullX + pullY * pullY);
    const start = adjustSizes ? 0.1 : convergence[i];
    const speed = (start * Math.log(1 + traction)) / (1 + rootOfSwinging);
    if (!adjustSizes) {
      convergence[i] = Math.min(1, Math.sqrt((speed * (fx * fx + fy * fy)) / (1 + rootOfSwinging)));
    }
    places[2 * i] += (fx * speed) / slowDown;
    places[2 * i + 1] += (fy * speed) / slowDown;
    oldForces[2 * i] = fx;
    oldForces[2 * i + 1] = fy;
  }
}
