import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import type { ForceAtlas2Settings } from '../settings.ts';
import { createBarnesHut } from './barnes-hut.ts';
import { createBodies, massesInto } from './bodies.ts';
import { iterate } from './iterate.ts';
import { type Repel, repelExactly } from './repel.ts';
import { createSpeed, type Speed } from './speed.ts';
import { createSprings } from './springs.ts';

/** ForceAtlas2 on this thread: the state, moved on by an iteration at a time. */
export interface CpuRun {
  readonly speed: Readonly<Speed>;
  /** Changes the settings; speed, forces and positions stay. */
  enter(settings: ForceAtlas2Settings): void;
  iterate(): void;
  read(): Positions;
}

/** A run from these positions; `enter` it before the first iteration. */
export function createCpuRun(graph: PackedGraph, start: Positions): CpuRun {
  const bodies = createBodies(graph, start);
  const speed = createSpeed();
  let barnesHut: Repel | undefined;
  let move = () => {};
  return {
    speed,
    enter(settings) {
      massesInto(bodies.mass, graph, settings.rule);
      const springs = createSprings(graph, settings);
      if (settings.repulsion === 'barnes-hut') barnesHut ??= createBarnesHut(bodies.count);
      const repel = settings.repulsion === 'barnes-hut' && barnesHut ? barnesHut : repelExactly;
      move = () => iterate(bodies, springs, repel, speed, settings);
    },
    iterate: () => move(),
    read: () =>
      Float32Array.from({ length: 2 * bodies.count }, (_, k) => (k % 2 === 0 ? bodies.x[k >> 1] : bodies.y[k >> 1])),
  };
}
