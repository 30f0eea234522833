import type { ForceAtlas2Settings } from '../settings.ts';
import { attract } from './attract.ts';
import type { Bodies } from './bodies.ts';
import { createForces, type Forces } from './multipole/forces.ts';
import { createRepel } from './repulsion.ts';
import type { Springs } from './springs.ts';
import { type ThreadChoice, threadsFor } from './threads.ts';

/** Repulsion and attraction between bodies, summed as the settings say. */
export interface Field {
  /** Threads that sum now, and whether in WASM. */
  readonly threads: number;
  readonly isWasm: boolean;
  /** Takes these springs and settings, and the masses and sizes of the bodies as they are now. */
  enter(bodies: Bodies, springs: Springs, settings: ForceAtlas2Settings): void;
  /** Adds all forces but gravity. */
  addTo(bodies: Bodies): void;
  /** Ends the other threads. */
  dispose(): void;
}

export function createField(choice: ThreadChoice = {}): Field {
  let forces: Forces | undefined;
  let isMultipole = false;
  let add: (bodies: Bodies) => void = () => {};
  return {
    get threads() {
      return isMultipole ? (forces?.threads ?? 1) : 1;
    },
    get isWasm() {
      return isMultipole && forces?.isWasm === true;
    },
    enter(bodies, springs, settings) {
      const { count, mass } = bodies;
      isMultipole = settings.repulsion === 'multipole';
      if (isMultipole) {
        forces ??= createForces(count, springs, { threads: threadsFor(count, choice), host: choice.threadHost });
        const { addTo, load } = forces;
        load({ springs, mass, settings });
        add = (moved) => addTo(moved, settings);
        return;
      }
      const repel = createRepel(settings.repulsion, count);
      add = (moved) => {
        repel(moved, settings);
        attract(moved, springs, settings);
      };
    },
    addTo: (bodies) => add(bodies),
    dispose: () => forces?.dispose(),
  };
}
