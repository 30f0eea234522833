import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import { attract } from '../../layout/cpu/attract.ts';
import { type Bodies, createBodies, massesInto } from '../../layout/cpu/bodies.ts';
import { gravitate } from '../../layout/cpu/gravity.ts';
import { createSprings } from '../../layout/cpu/springs.ts';
import { holdingEnergy } from '../../layout/energy.ts';
import { repulsionOf } from '../../layout/repulsion.ts';
import type { ForceAtlas2Settings } from '../../layout/settings.ts';
import { checkPositions } from './distances.ts';

/** How far a layout is from where the forces balance, as far as the layout alone can tell. */
export interface Equilibrium {
  /**
   * Clausius' virial of attraction and gravity, −Σ F·x, over that of repulsion, k_r Σ mᵢmⱼ. 1 where the size of the whole is
   * in balance, above where it is too large.
   */
  readonly virialRatio: number;
  /** The factor by which the whole would have to grow to be in balance; null where no size is. */
  readonly bestScale: number | null;
  /** How far the energy is above that at the best scale, in units of k_r Σ mᵢmⱼ; null where no size is best. */
  readonly gap: number | null;
  /** Σ|F| / Σ|F_repulsion|: the share of the forces that does not cancel, 0 at rest. */
  readonly residualForce: number;
}

/**
 * Scaling all positions by s turns repulsion's energy into −K ln s plus a constant, K = k_r Σ mᵢmⱼ over all pairs, and its
 * derivative by ln s is the virial of attraction and gravity less K. So the best scale is where that virial is K: for linear
 * attraction and strong gravity s = V^(−1/2), with a gap of (V − 1 − ln V)/2; else by the secant method in log-log, where
 * the virial is nearly straight. Sizes don't count.
 *
 * A layout of the best scale can still be tangled: what the gap leaves out shows in the residual force, and what a single
 * layout cannot show (a better shape beyond a hill of energy) only in a comparison of energies.
 */
export function equilibriumOf(graph: PackedGraph, positions: Positions, given: ForceAtlas2Settings): Equilibrium {
  checkPositions(graph, positions);
  const settings = { ...given, adjustSizes: false };
  const hold = createHold(graph, positions, settings);
  const repulsion = repulsionOf(graph, positions, settings);
  const ratio = hold.virialAt(1) / hold.balance;
  const residualForce = residualOf(hold.bodies, repulsion);
  const bestScale = bestScaleOf(hold);
  if (bestScale === null) return { virialRatio: hold.balance > 0 ? ratio : 1, bestScale, gap: null, residualForce };
  const energyAt = (scale: number) =>
    holdingEnergy(
      graph,
      positions.map((coordinate) => scale * coordinate),
      settings,
    );
  const excess = (energyAt(1) - energyAt(bestScale)) / hold.balance + Math.log(bestScale);
  return { virialRatio: ratio, bestScale, gap: Math.max(0, excess), residualForce };
}

/** What pulls a layout together, at any scale. */
interface Hold {
  /** Afterwards with the forces of attraction and gravity at the scale asked for last. */
  readonly bodies: Bodies;
  /** −Σ F·x of attraction and gravity where all positions are multiplied by `scale`. */
  readonly virialAt: (scale: number) => number;
  /** The virial of repulsion, the same at every scale. */
  readonly balance: number;
}

function createHold(graph: PackedGraph, positions: Positions, settings: ForceAtlas2Settings): Hold {
  const bodies = createBodies(graph, positions);
  massesInto(bodies.mass, graph, settings.rule);
  const springs = createSprings(graph, settings);
  const { places, forces, mass } = bodies;
  const masses = mass.reduce((sum, m) => sum + m, 0);
  const squares = mass.reduce((sum, m) => sum + m * m, 0);
  const virialAt = (scale: number): number => {
    for (let k = 0; k < places.length; k++) places[k] = scale * positions[k];
    forces.fill(0);
    attract(bodies, springs, settings);
    gravitate(bodies, settings);
    return forces.reduce((sum, force, k) => sum - force * places[k], 0);
  };
  return { bodies, virialAt, balance: (settings.scalingRatio * (masses * masses - squares)) / 2 };
}

const tolerance = 1e-12;
const mostSecants = 50;

/** The scale at which the virial is in balance, or null where there is none. */
function bestScaleOf({ virialAt, balance }: Hold): number | null {
  const excessAt = (logScale: number) => Math.log(virialAt(Math.exp(logScale)) / balance);
  let before = 0;
  let excessBefore = excessAt(before);
  if (!Number.isFinite(excessBefore)) return null;
  // The virial grows by a power of the scale between 1 and 2.
  let logScale = -excessBefore / 2;
  for (let secant = 0; secant < mostSecants && Math.abs(logScale - before) > tolerance; secant++) {
    const excess = excessAt(logScale);
    const slope = (excess - excessBefore) / (logScale - before);
    before = logScale;
    excessBefore = excess;
    logScale -= excess / Math.min(2, Math.max(1, slope));
  }
  return Math.exp(logScale);
}

/** Σ|F| over Σ|F_repulsion|, 0 where nothing repels. */
function residualOf({ count, forces }: Bodies, repulsion: Float64Array): number {
  let net = 0;
  let repelling = 0;
  for (let i = 0; i < count; i++) {
    net += Math.hypot(forces[2 * i] + repulsion[2 * i], forces[2 * i + 1] + repulsion[2 * i + 1]);
    repelling += Math.hypot(repulsion[2 * i], repulsion[2 * i + 1]);
  }
  return repelling === 0 ? 0 : net / repelling;
}
