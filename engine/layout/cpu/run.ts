import type { PackedGraph } from '../../graph/packed-graph.ts';
import { createPauses } from '../pause.ts';
import type { LayoutState, Run } from '../run.ts';
import type { ForceAtlas2Settings } from '../settings.ts';
import { createBarnesHut } from './barnes-hut.ts';
import { createBodies, massesInto } from './bodies.ts';
import { iterate } from './iterate.ts';
import { type Repel, repelExactly } from './repel.ts';
import { createSprings } from './springs.ts';

/**
 * ForceAtlas2 on this thread, from this state, with the forces of the iteration before taken as 0.
 */
export function createCpuRun(graph: PackedGraph, start: LayoutState, settings: ForceAtlas2Settings): Run {
  const bodies = createBodies(graph, start.positions);
  const speed = { ...start.speed };
  const pause = createPauses();
  let barnesHut: Repel | undefined;
  let move = () => {};
  const enter = (entered: ForceAtlas2Settings) => {
    massesInto(bodies.mass, graph, entered.rule);
    const springs = createSprings(graph, entered);
    if (entered.repulsion === 'barnes-hut') barnesHut ??= createBarnesHut(bodies.count);
    const repel = entered.repulsion === 'barnes-hut' && barnesHut ? barnesHut : repelExactly;
    move = () => iterate(bodies, springs, repel, speed, entered);
  };
  enter(settings);
  return {
    enter: async (entered) => enter(entered),
    async advance(atMost) {
      for (let made = 1; ; made++) {
        move();
        if (made >= atMost || (await pause())) return made;
      }
    },
    async read() {
      const { x, y, count } = bodies;
      const positions = Float32Array.from({ length: 2 * count }, (_, k) => (k % 2 === 0 ? x[k >> 1] : y[k >> 1]));
      return { positions, speed: { ...speed } };
    },
    dispose() {},
  };
}
