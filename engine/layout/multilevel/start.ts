import { throwIfAborted } from '../../base/progress.ts';
import { createRandom } from '../../base/random.ts';
import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import { numberAsNodes, placeBodies, positionsOfBodies } from '../cpu/bodies.ts';
import type { Pace } from '../cpu/push.ts';
import { energyOfBodies } from '../energy.ts';
import { createPauses } from '../pause.ts';
import { fitScale, pairEnergy } from '../scale.ts';
import type { ForceAtlas2Settings } from '../settings.ts';
import { isStill } from '../stop.ts';
import { type Hierarchy, hierarchyOf } from './hierarchy.ts';
import { levelOf } from './level.ts';
import type { Groups } from './match.ts';
import { prolong } from './prolong.ts';
import { relaxation, type Stage, scatter, stageOf } from './stage.ts';

/** Where a layout begins. */
export interface Start {
  readonly positions: Positions;
  /** For the momentum rule: how far nodes may still have to go. */
  readonly temperature: number;
}

/** Random beginnings of a coarsest level, of which the one that ends with the least energy is taken. */
const beginnings = 10;
/**
 * The finest level of at most `most` nodes is laid out from so many hierarchies below it, and the best of these layouts goes
 * on: what a coarse level takes for the least energy depends on which nodes happened to be matched. One of fewer nodes than
 * `fewest` has no clusters that could be in the wrong place.
 */
const rivals = { fewest: 100, most: 2500, count: 6 };
/** The finest level of at most so many nodes is annealed. */
const annealedNodes = 5000;
/** The temperature that the finest level is left at. */
const handedOver = 2;

/** How a level is laid out: at first at this temperature, until it is still, `tolerance` times less so than at rest. */
interface Course {
  readonly temperature: number;
  readonly least: number;
  readonly most: number;
  readonly tolerance: number;
  readonly pace?: Pace;
}

const rough: Course = { temperature: 1, least: 20, most: 300, tolerance: 4 };
const plain: Course = { temperature: 0.5, least: 30, most: 300, tolerance: 1 };
/** Hot and with hardly any friction: nodes run over each other, and clusters out of places that hold them only just. */
const annealing: Course = { temperature: 4, least: 100, most: 300, tolerance: 1, pace: { inertia: 0.98, stride: 1 } };

/**
 * Positions near those of least energy: the graph is made coarser level by level until some dozens of nodes are left, these
 * are laid out from random places, and every finer level from those of the one before, by the momentum rule on this
 * thread. The finest is left to the caller. The same seed gives the same positions.
 *
 * @throws AbortError once the signal fires.
 */
export async function multilevelStart(
  graph: PackedGraph,
  settings: ForceAtlas2Settings,
  seed: number,
  signal?: AbortSignal,
): Promise<Start> {
  const random = createRandom(seed);
  const pause = createPauses();
  const settle = async (stage: Stage, { temperature, least, most, tolerance, pace }: Course) => {
    const iterateOnce = relaxation(stage, temperature, pace);
    const scale = tolerance * pairEnergy(stage.bodies.mass, stage.settings);
    for (let made = 1; made <= most; made++) {
      const speed = iterateOnce();
      if (made >= least && isStill(speed, scale)) break;
      if (await pause()) throwIfAborted(signal);
    }
    numberAsNodes(stage.bodies);
  };
  /** From the coarsest level of a hierarchy up to `finest`, the stage of its first level. */
  const layOut = async ({ levels, groups }: Hierarchy, finest: Stage) => {
    const stageAt = (depth: number) => (depth === 0 ? finest : stageOf(levels[depth], settings));
    let current = stageAt(levels.length - 1);
    await takeBest(current, beginnings, () => {
      scatter(current, random);
      return settle(current, rough);
    });
    for (let depth = levels.length - 2; depth >= 0; depth--) {
      const finer = stageAt(depth);
      refine(current, groups[depth], finer, random);
      current = finer;
      await settle(current, rough);
    }
  };
  const top = levelOf(graph, settings);
  const { levels, groups } = hierarchyOf(top, random, Math.min(rivals.most, top.count - 1));
  const coarsest = levels.length - 1;
  let current = stageOf(levels[coarsest], settings);
  if (coarsest === 0) {
    scatter(current, random);
    return { positions: positionsOfBodies(current.bodies), temperature: 1 };
  }
  const times = current.bodies.count < rivals.fewest ? 1 : rivals.count;
  await takeBest(current, times, () => layOut(hierarchyOf(levels[coarsest], random), current));
  const annealed = levels.findIndex(({ count }, depth) => depth > 0 && count <= annealedNodes);
  for (let depth = coarsest; depth > 0; depth--) {
    if (depth === annealed) await settle(current, annealing);
    else if (depth < coarsest) await settle(current, plain);
    const finer = stageOf(levels[depth - 1], settings);
    refine(current, groups[depth - 1], finer, random);
    current = finer;
  }
  return { positions: positionsOfBodies(current.bodies), temperature: handedOver };
}

/** Lays a stage out several times and leaves it where the energy is the least. */
async function takeBest(stage: Stage, times: number, layOut: () => Promise<void>): Promise<void> {
  const { bodies, springs, settings } = stage;
  let best: Positions | undefined;
  let least = Infinity;
  for (let k = 0; k < times; k++) {
    await layOut();
    if (times === 1) return;
    const energy = energyOfBodies(bodies, springs, settings);
    if (best !== undefined && energy >= least) continue;
    least = energy;
    best = positionsOfBodies(bodies);
  }
  if (best) placeBodies(bodies, best);
}

/** Puts the bodies of a finer stage where the groups that they are in lie, at their best size. */
function refine({ bodies }: Stage, groups: Groups, finer: Stage, random: () => number): void {
  prolong(bodies, groups, finer.bodies, finer.spacing, random);
  fitScale(finer.bodies, finer.springs, finer.settings);
}
