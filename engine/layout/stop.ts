import type { PackedGraph } from '../graph/packed-graph.ts';
import { massesInto } from './cpu/bodies.ts';
import type { Speed } from './cpu/speed.ts';
import { pairEnergy } from './scale.ts';
import type { ForceAtlas2Settings } from './settings.ts';

/** Why a layout stopped: it came to rest, it reached the most iterations that `auto` makes, or it made those asked for. */
export type Stopped = 'converged' | 'limit' | 'asked';

/** The most iterations that a phase of `auto` makes. */
export const autoLimit = 1000;

/** `auto` looks at the layout every so many iterations. */
export const checkInterval = 10;

/** A layout is still where an iteration takes less than this share of the energy's scale out of it. */
const stillness = 1e-4;

/**
 * Whether the momentum rule hardly lowers the energy any more. What an iteration takes out of it, Σ F·v, is compared with
 * `scale`, k_r Σ mᵢmⱼ over all pairs (`pairEnergy`), by which the energy changes when the layout grows e times in size: the
 * one scale that energies of all graphs and settings have in common.
 */
export function isStill({ traction }: Speed, scale: number): boolean {
  return Math.abs(traction) <= stillness * scale;
}

/** Whether the momentum rule has come to rest, asked every `checkInterval` iterations: it is still twice in a row. */
export function createStop(graph: PackedGraph, settings: ForceAtlas2Settings): (speed: Speed) => boolean {
  const scale = pairEnergy(massesInto(new Float64Array(graph.nodeCount), graph, settings.rule), settings);
  let wasStill = false;
  return (speed) => {
    const isStillNow = isStill(speed, scale);
    const isAtRest = isStillNow && wasStill;
    wasStill = isStillNow;
    return isAtRest;
  };
}
