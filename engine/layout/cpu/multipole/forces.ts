import type { ForceAtlas2Settings } from '../../settings.ts';
import type { Bodies } from '../bodies.ts';
import type { Motion } from '../motion.ts';
import type { Gravity } from '../push.ts';
import type { Springs } from '../springs.ts';
import type { ThreadHost } from '../threads.ts';
import { cutIntoChunks, cutIntoTasks } from './build.ts';
import { job } from './jobs.ts';
import { createKept } from './kept.ts';
import { attractionMode } from './kernel.ts';
import { linkCount, linksInto } from './links.ts';
import { createNumbering } from './numbering.ts';
import { enterRoom, openRoom } from './room.ts';
import { fieldStrength, type Tree } from './strength.ts';
import { leafSize, parameter } from './tables.ts';
import { beginJob, endJobs, finishJob } from './team.ts';

/** At the default θ of 1.2 cells count as far once they do not touch; nearer no series converges. */
const openingOfTheta = 1 / 1.2;

/** At the default θ, the largest error of one pair that is allowed, as a share of the field's strength. */
const toleranceOfDefault = 0.025;

/** Springs, and what their pull is changed by. */
export interface Load {
  readonly springs: Springs;
  readonly settings: ForceAtlas2Settings;
}

/** Repulsion by multipoles, gravity, and the attraction of springs where there are any. */
export interface Forces {
  /** Threads that sum, and whether in WASM. */
  readonly threads: number;
  readonly isWasm: boolean;
  /** Moves the bodies that forces were summed for last. */
  readonly motion: Motion;
  /** Takes these springs from now on; masses and sizes of the bodies may have changed too. */
  load(load: Load): void;
  /** Sets the forces, and the stiffness where attraction is not linear. The bodies move in with it, and may be numbered anew. */
  sumInto(bodies: Bodies, settings: ForceAtlas2Settings): void;
  dispose(): void;
}

/** What of bodies lives in the tables: only what is there can be seen by all threads and by WASM, without a copy. */
const sharedArrays = ['places', 'forces', 'oldForces', 'velocities', 'mass', 'size', 'stiffness'] as const;

/** Who sums. */
export interface ForcesOptions {
  /** Default 1; more need a host. */
  readonly threads?: number;
  readonly host?: ThreadHost | undefined;
  /** False for plain JavaScript where there is WASM. Default true. */
  readonly withWasm?: boolean;
  /** Most bodies in a leaf of the tree. Default as the form is fastest with. */
  readonly leafSize?: number;
}

/**
 * The fast multipole method over an adaptive quadtree (Greengard and Rokhlin 1987; dual traversal as in Dehnen 2002). In
 * the plane the repulsion on i is m_i conj(Σ m_j/(z_i − z_j)), so that all series are powers of complex numbers. Sizes
 * count between bodies; cells are only kept apart by them. The sums are the same, bit for bit, for any number of threads.
 */
export function createForces(count: number, springs?: Springs, options: ForcesOptions = {}): Forces {
  const { threads = 1, host, withWasm = true } = options;
  const room = openRoom({ count, links: springs === undefined ? 0 : linkCount(springs), threads }, withWasm);
  const { tables, kernel, perform } = enterRoom(room, 0);
  const most = options.leafSize ?? (room.wasm === undefined ? leafSize.plain : leafSize.wasm);
  const closers = Array.from({ length: threads - 1 }, (_, k) => host?.open({ room, thread: k + 1 }));
  const tree: Tree = { ...tables, cellCount: 0 };
  const { parameters, control } = tables;
  tables.order.set(Uint32Array.from({ length: count }, (_, i) => i));
  const numbering = createNumbering(tables);
  const kept = createKept(tree);
  const above: number[] = [];
  let tasks = 0;
  let loaded: Load | undefined;
  let chunks = 0;
  let isEven = false;

  const moveIn = (bodies: Bodies) => {
    for (const name of sharedArrays) {
      if (bodies[name] === tables[name]) continue;
      tables[name].set(bodies[name]);
      bodies[name] = tables[name];
    }
  };
  const run = (kind: number, count: number) => {
    beginJob(control, kind, count);
    finishJob(control, perform);
  };
  /** The sums of all tasks over the bodies, in their order, whoever did them. */
  const totals = () => {
    const sums = [0, 0] as [number, number];
    for (let k = 0; k < 2 * chunks; k++) sums[k % 2] += tables.sums[k];
    return sums;
  };
  const grow = () => {
    tree.cellCount = kernel.build(count, most);
    tasks = cutIntoTasks(tree, count, above);
  };
  const gather = () => {
    run(job.gather, tasks);
    const withSizes = parameters[parameter.withSizes] === 1;
    for (let k = above.length - 1; k >= 0; k--) kernel.gather(above[k], above[k] + 1, withSizes);
  };
  const renumber = (bodies: Bodies) => {
    numbering.renew(bodies);
    if (loaded !== undefined) isEven = linksInto(tables, bodies, loaded.springs, loaded.settings);
    chunks = cutIntoChunks(tables, count);
  };
  return {
    threads,
    isWasm: room.wasm !== undefined,
    motion: {
      measure() {
        run(job.measure, chunks);
        return totals();
      },
      integrate(_, speed, withSizes) {
        parameters[parameter.speed] = speed;
        parameters[parameter.withSizes] = withSizes ? 1 : 0;
        run(job.integrate, chunks);
      },
      push(_, by) {
        setGravity(parameters, by);
        parameters[parameter.inertia] = by.inertia;
        parameters[parameter.stride] = by.stride;
        parameters[parameter.longest] = by.longest;
        run(job.push, chunks);
        return totals();
      },
    },
    load(load) {
      loaded = load;
      numbering.isDue = true;
    },
    sumInto(bodies, settings) {
      if (count === 0) return;
      setParameters(parameters, settings);
      moveIn(bodies);
      let isNew = numbering.isDue;
      if (isNew) {
        grow();
        renumber(bodies);
      }
      parameters[parameter.attractionMode] = modeOf(settings, isEven);
      beginJob(control, job.attract, chunks);
      if (!isNew && kept.isDue) {
        grow();
        isNew = true;
      }
      finishJob(control, perform);
      gather();
      if (!isNew && !kept.fits()) {
        grow();
        gather();
        isNew = true;
      }
      if (isNew) kept.renew();
      parameters[parameter.tolerance] *= fieldStrength(tree, count);
      run(job.repel, tasks);
      numbering.advance();
    },
    dispose() {
      endJobs(control);
      for (const close of closers) close?.();
    },
  };
}

/**
 * θ scales both limits, so that larger is coarser and faster and 0 exact: the opening is θ/1.2, at most 1, and the
 * tolerance, which the error of a pair grows with, changes by the sixth power. The tolerance is what holds the error where
 * much mass lies in one place, or few cells act on each other (Dehnen 2014, doi:10.1186/s40668-014-0001-7).
 */
function setParameters(parameters: Float64Array, settings: ForceAtlas2Settings): void {
  const { barnesHutTheta, adjustSizes, scalingRatio } = settings;
  parameters[parameter.opening] = Math.min(1, openingOfTheta * barnesHutTheta);
  parameters[parameter.tolerance] = toleranceOfDefault * (barnesHutTheta / 1.2) ** 6;
  parameters[parameter.scalingRatio] = scalingRatio;
  parameters[parameter.withSizes] = adjustSizes ? 1 : 0;
  setGravity(parameters, settings);
}

function setGravity(parameters: Float64Array, { gravity, strongGravityMode }: Gravity): void {
  parameters[parameter.gravity] = gravity;
  parameters[parameter.strongGravity] = strongGravityMode ? 1 : 0;
}

function modeOf({ adjustSizes, linLogMode }: ForceAtlas2Settings, isEven: boolean): number {
  const { even, linear, logarithm, rims, rimsByLogarithm } = attractionMode;
  if (adjustSizes) return linLogMode ? rimsByLogarithm : rims;
  if (linLogMode) return logarithm;
  return isEven ? even : linear;
}
