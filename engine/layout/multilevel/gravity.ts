import { createRandom } from '../../base/random.ts';
import { componentGraphs, componentsOf } from '../../graph/components.ts';
import type { PackedGraph } from '../../graph/packed-graph.ts';
import { type Bodies, numberAsNodes } from '../cpu/bodies.ts';
import { pairEnergy } from '../scale.ts';
import type { ForceAtlas2Settings } from '../settings.ts';
import { hierarchyOf } from './hierarchy.ts';
import { levelOf } from './level.ts';
import { prolong } from './prolong.ts';
import { relaxation, scatter, stageOf } from './stage.ts';

/** The share of what holds a layout together that gravity has. */
const share = 0.5;
/** The finest level of at most so many nodes says how much room a layout takes, and so what gravity does there. */
const mostNodes = 2500;
/** On each level, gravity is taken anew from where the nodes then are so many times, after so many iterations each. */
const rounds = 4;
const iterations = 20;
const temperature = 0.5;

/**
 * The strong gravity that holds as much as the edges do. At rest Σ e d² + k_g Σ m r² = k_r Σ mᵢmⱼ (the virial theorem; LinLog
 * has Σ e d ln(1 + d)), and half of it is to be gravity's. How large Σ m r² is then only a layout tells, so a coarse one of
 * the largest component is made; on the finer levels of a larger graph the same gravity has somewhat more than half. Where
 * nothing holds but gravity, it is that of the settings.
 */
export function balancedGravity(graph: PackedGraph, settings: ForceAtlas2Settings): number {
  if (graph.edgeCount === 0) return settings.gravity;
  const [largest] = [...componentGraphs(graph, componentsOf(graph))].sort((a, b) => b.nodes.length - a.nodes.length);
  const random = createRandom(1);
  const { levels, groups } = hierarchyOf(levelOf(largest.graph, settings), random);
  const stageUnder = (depth: number, gravity: number) =>
    stageOf(levels[depth], { ...settings, strongGravityMode: true, gravity });
  let depth = levels.length - 1;
  let stage = stageUnder(depth, 1);
  scatter(stage, random);
  let gravity = gravityOn(stage.bodies, settings);
  for (;;) {
    for (let round = 0; round < rounds; round++) {
      const iterateOnce = relaxation({ ...stage, settings: { ...stage.settings, gravity } }, temperature);
      for (let made = 0; made < iterations; made++) iterateOnce();
      numberAsNodes(stage.bodies);
      gravity = gravityOn(stage.bodies, settings);
    }
    if (depth === 0 || levels[depth - 1].count > mostNodes) break;
    const finer = stageUnder(--depth, gravity);
    prolong(stage.bodies, groups[depth], finer.bodies, finer.spacing, random);
    stage = finer;
  }
  return gravity > 0 && Number.isFinite(gravity) ? gravity : settings.gravity;
}

/** The strong gravity that has its share where the bodies are now. */
function gravityOn({ count, places, mass }: Bodies, settings: ForceAtlas2Settings): number {
  let moment = 0;
  for (let i = 0; i < count; i++) moment += mass[i] * (places[2 * i] ** 2 + places[2 * i + 1] ** 2);
  return (share * pairEnergy(mass, settings)) / moment;
}
