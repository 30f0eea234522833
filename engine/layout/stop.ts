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

/** A layout is at rest where an iteration takes less than this share of the energy's scale out of it. */
const stillness = 3e-4;

/**
 * Whether the momentum rule has come to rest, asked every `checkInterval` iterations. What an iteration takes out of the
 * energy, Σ F·v, is compared with k_r Σ mᵢmⱼ over all pairs, by which the energy changes when the layout grows e times in
 * size: the one scale that energies of all graphs and settings have in common. It has to be below a small share of it
 * twice in a row.
 */
export function createStop(graph: PackedGraph, settings: ForceAtlas2Settings): (speed: Speed) => boolean {
  const scale = pairEnergy(massesInto(new Float64Array(graph.nodeCount), graph, settings.rule), settings);
  let wasStill = false;
  return ({ traction }) => {
    const isStill = Math.abs(traction) <= stillness * scale;
    const isAtRest = isStill && wasStill;
    wasStill = isStill;
    return isAtRest;
  };
}
