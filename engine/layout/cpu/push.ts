import type { ForceAtlas2Settings } from '../settings.ts';
import type { Bodies } from './bodies.ts';

/** How much of its velocity a node keeps, and the share of a Newton step that is added to it: `inertia` and `stride`. */
export type Pace = Readonly<Record<'inertia' | 'stride', number>>;

/** The pull towards the origin. */
export type Gravity = Pick<ForceAtlas2Settings, 'gravity' | 'strongGravityMode'>;

/** What pushes bodies by the momentum rule; the longest push is in layout units. */
export type Push = Pace & Gravity & { readonly longest: number };

/** What a step by the momentum rule reads and writes. */
export type Pushed = Pick<Bodies, 'places' | 'forces' | 'velocities' | 'mass' | 'stiffness'>;

/** Pushes and moves the bodies from … to − 1; returns their tension and power. */
export function push(bodies: Pushed, from: number, to: number, by: Push): [number, number] {
  const { places, forces, velocities, mass, stiffness } = bodies;
  const { inertia, stride, longest, gravity, strongGravityMode } = by;
  let tension = 0;
  let power = 0;
  for (let i = from; i < to; i++) {
    const x = places[2 * i];
    const y = places[2 * i + 1];
    const fx = forces[2 * i];
    const fy = forces[2 * i + 1];
    const force = Math.sqrt(fx * fx + fy * fy);
    const distance = strongGravityMode ? 1 : Math.sqrt(x * x + y * y);
    const hold = stiffness[i] + (distance > 0 ? (gravity * mass[i]) / distance : 0);
    // What nothing holds goes as far as it may, and adds no tension that could ever go.
    const share = force > 0 ? Math.min(stride / hold, longest / force) : 0;
    if (hold > 0) tension += (force * force) / hold;
    const vx = inertia * velocities[2 * i] + share * fx;
    const vy = inertia * velocities[2 * i + 1] + share * fy;
    power += fx * vx + fy * vy;
    velocities[2 * i] = vx;
    velocities[2 * i + 1] = vy;
    places[2 * i] = x + vx;
    places[2 * i + 1] = y + vy;
  }
  return [tension, power];
}
