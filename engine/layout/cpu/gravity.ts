import type { ForceAtlas2Settings } from '../settings.ts';
import type { Bodies } from './bodies.ts';

/** Adds the pull towards the origin to every node's force. */
export function gravitate(bodies: Bodies, settings: ForceAtlas2Settings): void {
  const { count, places, forces, mass } = bodies;
  const { gravity, strongGravityMode } = settings;
  if (gravity === 0) return;
  for (let i = 0; i < count; i++) {
    const x = places[2 * i];
    const y = places[2 * i + 1];
    const distance = Math.sqrt(x * x + y * y);
    if (distance === 0) continue;
    const pull = (gravity * mass[i]) / (strongGravityMode ? 1 : distance);
    forces[2 * i] -= pull * x;
    forces[2 * i + 1] -= pull * y;
  }
}
