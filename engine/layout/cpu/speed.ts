import type { ForceAtlas2Settings } from '../settings.ts';
import type { Moving } from './integrate.ts';

/** Gephi's global speed, and the swinging and traction that it follows; the momentum rule's meanings are at `moveByMomentum`. */
export interface Speed {
  speed: number;
  efficiency: number;
  swinging: number;
  traction: number;
}

/** The speed that Gephi starts with. */
export function createSpeed(): Speed {
  return { speed: 1, efficiency: 1, swinging: 0, traction: 0 };
}

/** Swinging Σ m|F⁰ − F| and traction Σ ½m|F⁰ + F| of the bodies from … to − 1. */
export function measure(bodies: Moving, from: number, to: number): [number, number] {
  const { forces, oldForces, mass } = bodies;
  let swinging = 0;
  let traction = 0;
  for (let i = from; i < to; i++) {
    const swingX = oldForces[2 * i] - forces[2 * i];
    const swingY = oldForces[2 * i + 1] - forces[2 * i + 1];
    const pullX = oldForces[2 * i] + forces[2 * i];
    const pullY = oldForces[2 * i + 1] + forces[2 * i + 1];
    swinging += mass[i] * Math.sqrt(swingX * swingX + swingY * swingY);
    traction += 0.5 * mass[i] * Math.sqrt(pullX * pullX + pullY * pullY);
  }
  return [swinging, traction];
}

const minEfficiency = 0.05;

/** Adapts the global speed to swinging and traction by the rule of Gephi's source, which is not quite the paper's. */
export function adaptSpeed(speed: Speed, nodeCount: number, settings: ForceAtlas2Settings): void {
  const { swinging, traction } = speed;
  if (swinging === 0 && traction === 0) return;
  const estimate = 0.05 * Math.sqrt(nodeCount);
  const aim = Math.max(Math.sqrt(estimate), Math.min(10, (estimate * traction) / (nodeCount * nodeCount)));
  let tolerance = settings.jitterTolerance * aim;
  if (swinging / traction > 2) {
    if (speed.efficiency > minEfficiency) speed.efficiency *= 0.5;
    tolerance = Math.max(tolerance, settings.jitterTolerance);
  }
  const target = (tolerance * speed.efficiency * traction) / swinging;
  if (swinging > tolerance * traction) {
    if (speed.efficiency > minEfficiency) speed.efficiency *= 0.7;
  } else if (speed.speed < 1000) {
    speed.efficiency *= 1.3;
  }
  speed.speed += Math.min(target - speed.speed, 0.5 * speed.speed);
}
