import { type Held, noneHeld } from '../held.ts';
import type { ForceAtlas2Settings } from '../settings.ts';
import type { Bodies } from './bodies.ts';
import type { Field } from './field.ts';
import { hold } from './hold.ts';
import { integrate, integrateLocally } from './integrate.ts';
import { moveByMomentum, type Pace } from './momentum.ts';
import { adaptSpeed, measureInto, type Speed } from './speed.ts';

/** One iteration of ForceAtlas2: forces, speed, step. `spacing` and `pace` as in `moveByMomentum`, for the momentum rule. */
export function iterate(
  bodies: Bodies,
  field: Field,
  speed: Speed,
  settings: ForceAtlas2Settings,
  spacing: number,
  held: Held = noneHeld,
  pace?: Pace,
): void {
  turnForces(bodies);
  field.sumInto(bodies);
  hold(bodies, held);
  if (settings.rule === 'momentum') {
    moveByMomentum(bodies, settings, speed, spacing, pace);
    return;
  }
  measureInto(speed, bodies);
  if (settings.rule === 'graphology') {
    integrateLocally(bodies, settings);
  } else {
    adaptSpeed(speed, bodies.count, settings);
    integrate(bodies, settings, speed.speed);
  }
}

/** The forces become the old ones. */
function turnForces(bodies: Bodies): void {
  const { forceX, forceY } = bodies;
  bodies.forceX = bodies.oldForceX;
  bodies.forceY = bodies.oldForceY;
  bodies.oldForceX = forceX;
  bodies.oldForceY = forceY;
}
