import { type Bodies, createBodies } from '../cpu/bodies.ts';
import { createField } from '../cpu/field.ts';
import { iterate } from '../cpu/iterate.ts';
import { stiffnessInto } from '../cpu/momentum.ts';
import type { Pace } from '../cpu/push.ts';
import { createSpeed, type Speed } from '../cpu/speed.ts';
import type { Springs } from '../cpu/springs.ts';
import { noneHeld } from '../held.ts';
import { fitScale, naturalSpacing } from '../scale.ts';
import type { ForceAtlas2Settings } from '../settings.ts';
import { type Level, springsOf } from './level.ts';

/** Up to so many bodies, the sum over all pairs is the fastest. */
const few = 300;

/** A level with what its forces need. */
export interface Stage {
  readonly bodies: Bodies;
  readonly springs: Springs;
  readonly settings: ForceAtlas2Settings;
  readonly spacing: number;
}

/** A level with all its nodes in one place yet. */
export function stageOf(level: Level, given: ForceAtlas2Settings): Stage {
  const settings: ForceAtlas2Settings = {
    ...given,
    rule: 'momentum',
    repulsion: level.count <= few ? 'exact' : 'multipole',
    // In the pulls already.
    outboundAttractionDistribution: false,
    // A node of a coarse level is no disc.
    adjustSizes: false,
  };
  const bodies = createBodies({ nodeCount: level.count, nodes: [] }, new Float32Array(2 * level.count));
  bodies.mass.set(level.mass);
  const springs = springsOf(level);
  stiffnessInto(bodies, springs, settings);
  return { bodies, springs, settings, spacing: naturalSpacing(bodies.mass, bodies.stiffness, springs, settings) };
}

/** Random places in a square of the size that the layout will have. */
export function scatter({ bodies, springs, settings, spacing }: Stage, random: () => number): void {
  const side = spacing * Math.sqrt(bodies.count);
  bodies.velocities.fill(0);
  for (let k = 0; k < bodies.places.length; k++) bodies.places[k] = side * (random() - 0.5);
  fitScale(bodies, springs, settings);
}

/** A function that makes one iteration on a level and says how it moves. */
export function relaxation(
  { bodies, springs, settings, spacing }: Stage,
  temperature: number,
  pace?: Pace,
): () => Speed {
  const field = createField();
  field.enter(bodies, springs, settings);
  const speed = { ...createSpeed(), speed: temperature };
  return () => {
    iterate(bodies, field, speed, settings, spacing, noneHeld, pace);
    return speed;
  };
}
