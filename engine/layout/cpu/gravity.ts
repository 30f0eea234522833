import type { ForceAtlas2Settings } from '../settings.ts';
import type { Bodies } from './bodies.ts';

/** Adds the pull towards the origin to every node's force. */
export function gravitate(bodies: Bodies, settings: ForceAtlas2Settings): void {
  const { count, x, y, forceX, forceY, mass } = bodies;
  const { gravity, strongGravityMode } = settings;
  if (gravity === 0) return;
  for (let i = 0; i < count; i++) {
    const distance = Math.sqrt(x[i] * x[i] + y[i] * y[i]);
    if (distance === 0) continue;
    const pull = (gravity * mass[i]) / (strongGravityMode ? 1 : distance);
    forceX[i] -= pull * x[i];
    forceY[i] -= pull * y[i];
  }
}
