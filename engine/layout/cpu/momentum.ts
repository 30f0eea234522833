import type { ForceAtlas2Settings } from '../settings.ts';
import type { Bodies } from './bodies.ts';
import type { Motion } from './motion.ts';
import type { Pace } from './push.ts';
import type { Speed } from './speed.ts';
import type { Springs } from './springs.ts';

/** The numbers of the momentum rule. */
export const momentum = {
  /** The share of its velocity that a node keeps. */
  inertia: 0.9,
  /** The share of a Newton step, taken along each coordinate by itself, that is added to the velocity. */
  stride: 0.5,
  /** Every iteration multiplies the temperature by this, from 1 down to `coldest`. */
  cooling: 0.985,
  coldest: 0.01,
  /** Where a node is taken hold of or let go, the temperature is at least this. */
  warmth: 0.1,
  /** The longest push at temperature 1, in spacings. */
  reach: 5,
} as const;

/**
 * What linear attraction is per distance, Σ e over each node's edges, into `bodies.stiffness`. Where it changes with the
 * distance (LinLog, sizes), `attract` sums it anew in every iteration.
 */
export function stiffnessInto(bodies: Bodies, springs: Springs, settings: ForceAtlas2Settings): void {
  const { count, mass, stiffness } = bodies;
  const { offsets, targets, pulls } = springs;
  const isDissuading = settings.outboundAttractionDistribution;
  const meanMass = isDissuading ? mass.reduce((sum, m) => sum + m, 0) / count : 1;
  stiffness.fill(0);
  for (let i = 0; i < count; i++) {
    const strength = isDissuading ? meanMass / mass[i] : 1;
    for (let k = offsets[i]; k < offsets[i + 1]; k++) {
      stiffness[i] += strength * pulls[k];
      stiffness[targets[k]] += strength * pulls[k];
    }
  }
}

/** Iterations in which a layout that was warmed cools down again. */
export const coolingTime = Math.ceil(Math.log(momentum.coldest / momentum.warmth) / Math.log(momentum.cooling));

/** Has nodes go further a step again, since some are held elsewhere or there are others. */
export function warm(speed: Speed): void {
  speed.speed = Math.max(momentum.warmth, speed.speed);
}

/**
 * Moves every node by its velocity v ← 0.9 v + clip(0.5 F/D). D is the stiffness of what holds the node, Σ e over its
 * edges (e ln(1 + d)/d for LinLog) and k_g m of strong gravity (k_g m/|x| of constant gravity): 0.5 F/D is half a Newton
 * step of the node alone, whatever the scale of forces, and is cut at the temperature times 5 spacings. Forces are those
 * of Gephi's rule, and so are the places where they vanish; only the way there differs.
 *
 * `speed` holds the temperature as its speed, 1 at the start; Σ |F|²/D as its swinging, the tension that is left, and
 * Σ F·v as its traction, the energy that this step takes out to the first order. Both are in units of energy.
 *
 * `spacing` is the distance of neighbours in the plane where the layout is at rest (`naturalSpacing`). Another `pace` than
 * the rule's own puts its numbers in place of 0.9 and 0.5.
 */
export function moveByMomentum(
  bodies: Bodies,
  motion: Motion,
  { gravity, strongGravityMode }: ForceAtlas2Settings,
  speed: Speed,
  spacing: number,
  { inertia, stride }: Pace = momentum,
): void {
  const { cooling, coldest, reach } = momentum;
  const longest = speed.speed * reach * spacing;
  const [tension, power] = motion.push(bodies, { inertia, stride, longest, gravity, strongGravityMode });
  speed.swinging = tension;
  speed.traction = power;
  speed.speed = Math.max(coldest, cooling * speed.speed);
}
