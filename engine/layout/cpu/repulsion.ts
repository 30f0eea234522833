import type { Repulsion } from '../settings.ts';
import { createBarnesHut } from './barnes-hut.ts';
import { createForces } from './multipole/forces.ts';
import { type Repel, repelExactly } from './repel.ts';

/** The sum over so many bodies of that kind, with the room that it needs. By multipoles it also numbers the bodies by place. */
export function createRepel(repulsion: Repulsion, count: number): Repel {
  if (repulsion === 'exact') return repelExactly;
  if (repulsion === 'barnes-hut') return createBarnesHut(count);
  const { sumInto } = createForces(count);
  return (bodies, settings) => sumInto(bodies, { ...settings, gravity: 0 });
}
