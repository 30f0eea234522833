import type { ForceAtlas2Settings } from '../settings.ts';
import { attract } from './attract.ts';
import type { Bodies } from './bodies.ts';
import { gravitate } from './gravity.ts';
import { integrate, integrateLocally } from './integrate.ts';
import { moveByMomentum } from './momentum.ts';
import type { Repel } from './repel.ts';
import { adaptSpeed, measureInto, type Speed } from './speed.ts';
import type { Springs } from './springs.ts';

/** One iteration of ForceAtlas2: forces, speed, step. `spacing` as in `moveByMomentum`, for the momentum rule. */
export function iterate(
  bodies: Bodies,
  springs: Springs,
  repel: Repel,
  speed: Speed,
  settings: ForceAtlas2Settings,
  spacing: number,
): void {
  turnForces(bodies);
  repel(bodies, settings);
  gravitate(bodies, settings);
  attract(bodies, springs, settings);
  if (settings.rule === 'momentum') {
    moveByMomentum(bodies, settings, speed, spacing);
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

/** The forces become the old ones, and start anew from 0. */
function turnForces(bodies: Bodies): void {
  const { forceX, forceY } = bodies;
  bodies.forceX = bodies.oldForceX.fill(0);
  bodies.forceY = bodies.oldForceY.fill(0);
  bodies.oldForceX = forceX;
  bodies.oldForceY = forceY;
}
