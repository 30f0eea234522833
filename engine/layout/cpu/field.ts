import type { ForceAtlas2Settings } from '../settings.ts';
import { attract } from './attract.ts';
import type { Bodies } from './bodies.ts';
import { gravitate } from './gravity.ts';
import { type Motion, plainMotion } from './motion.ts';
import { createForces, type Forces } from './multipole/forces.ts';
import { createRepel } from './repulsion.ts';
import type { Springs } from './springs.ts';
import { type ThreadChoice, threadsFor } from './threads.ts';

/** The forces on bodies, summed as the settings say. */
export interface Field {
  /** Threads that sum now, and whether in WASM. */
  readonly threads: number;
  readonly isWasm: boolean;
  /** Moves the bodies by the forces that were summed last. */
  readonly motion: Motion;
  /**
   * Takes these springs and settings, and the masses and sizes of the bodies as they are now. The bodies are to be numbered as
   * the nodes are; from now on they may be numbered anew in any iteration.
   */
  enter(bodies: Bodies, springs: Springs, settings: ForceAtlas2Settings): void;
  /** Sets the forces, and the stiffness where attraction is not linear. */
  sumInto(bodies: Bodies): void;
  /** Ends the other threads. */
  dispose(): void;
}

export function createField(choice: ThreadChoice = {}): Field {
  let forces: Forces | undefined;
  /** `forces` while repulsion is by multipoles. */
  let multipole: Forces | undefined;
  let sum: (bodies: Bodies) => void = () => {};
  return {
    get threads() {
      return multipole?.threads ?? 1;
    },
    get isWasm() {
      return multipole?.isWasm ?? false;
    },
    get motion() {
      return multipole?.motion ?? plainMotion;
    },
    enter(bodies, springs, settings) {
      const { count } = bodies;
      if (settings.repulsion === 'multipole') {
        forces ??= createForces(count, springs, { threads: threadsFor(count, choice), host: choice.threadHost });
        const { sumInto, load } = forces;
        multipole = forces;
        load({ springs, settings });
        sum = (moved) => sumInto(moved, settings);
        return;
      }
      multipole = undefined;
      const repel = createRepel(settings.repulsion, count);
      sum = (moved) => {
        moved.forces.fill(0);
        repel(moved, settings);
        attract(moved, springs, settings);
        gravitate(moved, settings);
      };
    },
    sumInto: (bodies) => sum(bodies),
    dispose: () => forces?.dispose(),
  };
}
