import { throwIfAborted } from '../../base/progress.ts';
import { createRandom } from '../../base/random.ts';
import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import { type Bodies, createBodies, numberAsNodes, placeBodies, positionsOfBodies } from '../cpu/bodies.ts';
import { createField } from '../cpu/field.ts';
import { iterate } from '../cpu/iterate.ts';
import { stiffnessInto } from '../cpu/momentum.ts';
import { createSpeed, type Speed } from '../cpu/speed.ts';
import type { Springs } from '../cpu/springs.ts';
import { energyOfBodies } from '../energy.ts';
import { createPauses } from '../pause.ts';
import { fitScale, naturalSpacing, pairEnergy } from '../scale.ts';
import type { ForceAtlas2Settings } from '../settings.ts';
import { isStill } from '../stop.ts';
import { levelsOf } from './hierarchy.ts';
import { type Level, springsOf } from './level.ts';
import { prolong } from './prolong.ts';

/** Where a layout begins. */
export interface Start {
  readonly positions: Positions;
  /** For the momentum rule: how far nodes may still have to go. */
  readonly temperature: number;
}

/** Random beginnings of the coarsest level, of which the one that ends with the least energy is taken. */
const attempts = 10;
/** A level is laid out until it is still, after so many iterations at least and at most. */
const leastIterations = 30;
const mostIterations = 300;
/** The temperature at which a level goes on from the one that is coarser. */
const prolonged = 0.5;
/** Up to so many bodies, the sum over all pairs is the fastest. */
const few = 300;

/** A level with what its forces need. */
interface Stage {
  readonly bodies: Bodies;
  readonly springs: Springs;
  readonly settings: ForceAtlas2Settings;
  readonly spacing: number;
}

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
  const { levels, groups } = levelsOf(graph, settings, random);
  const relax = async (stage: Stage, temperature: number) => {
    const iterateOnce = relaxation(stage, temperature);
    const scale = pairEnergy(stage.bodies.mass, stage.settings);
    for (let made = 1; made <= mostIterations; made++) {
      const speed = iterateOnce();
      if (made >= leastIterations && isStill(speed, scale)) break;
      if (await pause()) throwIfAborted(signal);
    }
    numberAsNodes(stage.bodies);
  };
  const coarsest = levels.length - 1;
  const first = stageOf(levels[coarsest], settings);
  let best: Positions | undefined;
  let least = Infinity;
  for (let attempt = 0; attempt < (coarsest === 0 ? 1 : attempts); attempt++) {
    scatter(first, random);
    if (coarsest > 0) await relax(first, 1);
    const energy = energyOfBodies(first.bodies, first.springs, first.settings);
    if (best !== undefined && energy >= least) continue;
    least = energy;
    best = positionsOfBodies(first.bodies);
  }
  if (best) placeBodies(first.bodies, best);
  let current = first;
  for (let depth = coarsest - 1; depth >= 0; depth--) {
    const finer = stageOf(levels[depth], settings);
    prolong(current.bodies, groups[depth], finer.bodies, finer.spacing, random);
    fitScale(finer.bodies, finer.springs, finer.settings);
    current = finer;
    if (depth > 0) await relax(current, prolonged);
  }
  return { positions: positionsOfBodies(current.bodies), temperature: coarsest === 0 ? 1 : prolonged };
}

function stageOf(level: Level, given: ForceAtlas2Settings): Stage {
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
function scatter({ bodies, springs, settings, spacing }: Stage, random: () => number): void {
  const side = spacing * Math.sqrt(bodies.count);
  for (let i = 0; i < bodies.count; i++) {
    bodies.x[i] = side * (random() - 0.5);
    bodies.y[i] = side * (random() - 0.5);
  }
  fitScale(bodies, springs, settings);
}

/** A function that makes one iteration on a level and says how it moves. */
function relaxation({ bodies, springs, settings, spacing }: Stage, temperature: number): () => Speed {
  const field = createField();
  field.enter(bodies, springs, settings);
  const speed = { ...createSpeed(), speed: temperature };
  return () => {
    iterate(bodies, field, speed, settings, spacing);
    return speed;
  };
}
