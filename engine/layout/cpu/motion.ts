import type { Bodies } from './bodies.ts';
import { integrate } from './integrate.ts';
import { type Push, push } from './push.ts';
import { measure } from './speed.ts';

/** What all bodies do once their forces are known: the sums and steps of `measure`, `integrate` and `push`, over all of them. */
export interface Motion {
  /** Swinging and traction. */
  measure(bodies: Bodies): readonly [number, number];
  integrate(bodies: Bodies, speed: number, withSizes: boolean): void;
  /** Tension and power. */
  push(bodies: Bodies, by: Push): readonly [number, number];
}

/** On this thread, in plain JavaScript. */
export const plainMotion: Motion = {
  measure: (bodies) => measure(bodies, 0, bodies.count),
  integrate: (bodies, speed, withSizes) => integrate(bodies, 0, bodies.count, speed, withSizes),
  push: (bodies, by) => push(bodies, 0, bodies.count, by),
};
