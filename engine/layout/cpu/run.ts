import type { PackedGraph } from '../../graph/packed-graph.ts';
import { createPauses } from '../pause.ts';
import type { LayoutState, Run } from '../run.ts';
import { naturalSpacing } from '../scale.ts';
import type { ForceAtlas2Settings, Repulsion } from '../settings.ts';
import { createBodies, massesInto, placeBodies, positionsOfBodies } from './bodies.ts';
import { iterate } from './iterate.ts';
import { stiffnessInto } from './momentum.ts';
import type { Repel } from './repel.ts';
import { createRepel } from './repulsion.ts';
import { createSprings } from './springs.ts';

/**
 * ForceAtlas2 on this thread, from this state, with the forces of the iteration before taken as 0.
 */
export function createCpuRun(graph: PackedGraph, start: LayoutState, settings: ForceAtlas2Settings): Run {
  const bodies = createBodies(graph, start.positions);
  const speed = { ...start.speed };
  const pause = createPauses();
  const repels: Partial<Record<Repulsion, Repel>> = {};
  let move = () => {};
  const enter = (entered: ForceAtlas2Settings) => {
    massesInto(bodies.mass, graph, entered.rule);
    const springs = createSprings(graph, entered);
    repels[entered.repulsion] ??= createRepel(entered.repulsion, bodies.count);
    const repel = repels[entered.repulsion] as Repel;
    stiffnessInto(bodies, springs, entered);
    const spacing = naturalSpacing(bodies.mass, bodies.stiffness, springs, entered);
    move = () => iterate(bodies, springs, repel, speed, entered, spacing);
  };
  enter(settings);
  return {
    async enter(entered, state) {
      enter(entered);
      if (state === undefined) return;
      placeBodies(bodies, state.positions);
      Object.assign(speed, state.speed);
    },
    async advance(atMost) {
      for (let made = 1; ; made++) {
        move();
        if (made >= atMost || (await pause())) return made;
      }
    },
    read: async () => ({ positions: positionsOfBodies(bodies), speed: { ...speed } }),
    dispose() {},
  };
}
