import { type Held, noneHeld } from '../held.ts';
import type { ForceAtlas2Settings } from '../settings.ts';
import type { Bodies } from './bodies.ts';
import type { Field } from './field.ts';
import { hold } from './hold.ts';
import { integrateLocally } from './integrate.ts';
import { moveByMomentum } from './momentum.ts';
import type { Pace } from './push.ts';
import { adaptSpeed, type Speed } from './speed.ts';

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
  const { motion } = field;
  field.sumInto(bodies);
  hold(bodies, held);
  if (settings.rule === 'momentum') {
    moveByMomentum(bodies, motion, settings, speed, spacing, pace);
    return;
  }
  [speed.swinging, speed.traction] = motion.measure(bodies);
  if (settings.rule === 'graphology') {
    integrateLocally(bodies, settings);
  } else {
    adaptSpeed(speed, bodies.count, settings);
    motion.integrate(bodies, speed.speed, settings.adjustSizes);
  }
}
