import type { ForceAtlas2Settings } from '../settings.ts';
import type { Bodies } from './bodies.ts';

/** The longest step a node makes where sizes count (Gephi), and the largest force there (graphology). */
const limit = 10;

/** Moves every node along its force, slower the more it swings: Gephi's rule. */
export function integrate(bodies: Bodies, settings: ForceAtlas2Settings, speed: number): void {
  const { count, x, y, forceX, forceY, oldForceX, oldForceY, mass } = bodies;
  const scale = settings.adjustSizes ? 0.1 : 1;
  for (let i = 0; i < count; i++) {
    const fx = forceX[i];
    const fy = forceY[i];
    const swingX = oldForceX[i] - fx;
    const swingY = oldForceY[i] - fy;
    const swinging = mass[i] * Math.sqrt(swingX * swingX + swingY * swingY);
    let factor = (scale * speed) / (1 + Math.sqrt(speed * swinging));
    if (settings.adjustSizes) {
      const force = Math.sqrt(fx * fx + fy * fy);
      if (factor * force > limit) factor = limit / force;
    }
    x[i] += fx * factor;
    y[i] += fy * factor;
  }
}

/** Moves every node by the rule of graphology-layout-forceatlas2: a speed of its own, no global one. */
export function integrateLocally(bodies: Bodies, settings: ForceAtlas2Settings): void {
  const { count, x, y, forceX, forceY, oldForceX, oldForceY, mass, convergence } = bodies;
  const { adjustSizes, slowDown } = settings;
  for (let i = 0; i < count; i++) {
    if (adjustSizes) {
      const force = Math.sqrt(forceX[i] * forceX[i] + forceY[i] * forceY[i]);
      if (force > limit) {
        forceX[i] *= limit / force;
        forceY[i] *= limit / force;
      }
    }
    const fx = forceX[i];
    const fy = forceY[i];
    const swingX = oldForceX[i] - fx;
    const swingY = oldForceY[i] - fy;
    const pullX = oldForceX[i] + fx;
    const pullY = oldForceY[i] + fy;
    const rootOfSwinging = Math.sqrt(mass[i] * Math.sqrt(swingX * swingX + swingY * swingY));
    const traction = 0.5 * Math.sqrt(pullX * pullX + pullY * pullY);
    const start = adjustSizes ? 0.1 : convergence[i];
    const speed = (start * Math.log(1 + traction)) / (1 + rootOfSwinging);
    if (!adjustSizes) {
      convergence[i] = Math.min(1, Math.sqrt((speed * (fx * fx + fy * fy)) / (1 + rootOfSwinging)));
    }
    x[i] += (fx * speed) / slowDown;
    y[i] += (fy * speed) / slowDown;
  }
}
