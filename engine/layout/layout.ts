import { IsthmusError } from '../base/errors.ts';
import { type RunOptions, throwIfAborted } from '../base/progress.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import { changedStanding, checkKept } from './change.ts';
import { type Course, createCourse, type Standing } from './course.ts';
import { mostThreads, type ThreadChoice } from './cpu/threads.ts';
import { type HeldPlaces, heldNodes, heldWhere, noneHeld } from './held.ts';
import { createPackedCourse } from './packed-course.ts';
import { gephiPlan, type Phase, plannedIterations } from './plan.ts';
import type { DeviceReport } from './run.ts';
import { spacingOf } from './scale.ts';
import type { Stopped } from './stop.ts';
import type { DeviceChoice } from './sturdy.ts';

export type { ThreadChoice, ThreadHost, ThreadStart } from './cpu/threads.ts';
export type { HeldPlaces } from './held.ts';
export type { DeviceReport } from './run.ts';
export type { Stopped } from './stop.ts';
export type { DeviceChoice } from './sturdy.ts';

/** How a layout stands after its last iteration. */
export interface Step {
  /** Iterations made so far, over all phases. */
  readonly iteration: number;
  /** Iterations planned, over all phases; those that may be made at most, where a phase stops by itself. */
  readonly iterations: number;
  readonly phase: string;
  /** Why the plan has come to its end, once it has. */
  readonly stopped?: Stopped;
  /** Gephi's global speed; 1 under graphology's rule; under the momentum rule its temperature, from 1 down. */
  readonly speed: number;
  /** Σ m|F⁰ − F| over the nodes; under the momentum rule Σ |F|²/D, the tension left. */
  readonly swinging: number;
  /** Σ ½m|F⁰ + F| over the nodes; under the momentum rule Σ F·v, what the last step took out of the energy. */
  readonly traction: number;
  /** Where the layout runs now. */
  readonly device: DeviceReport;
}

/** A layout under way; it holds its device's resources until disposed of. */
export interface Layout {
  /** Where the layout runs; a GPU is opened with the first step, and what is lost is replaced. */
  readonly device: DeviceReport;
  /**
   * Makes that many iterations, or fewer where the plan stops by itself, letting other work of the thread in between; after
   * the plan's end the last phase goes on for as many as are asked for.
   *
   * @throws AbortError once the signal of its options fires, at the next iteration; positions stay as they then are.
   */
  step(iterations: number): Promise<Step>;
  /** A copy of the positions as they are now. */
  read(): Promise<Positions>;
  /**
   * Holds these nodes (by number) at these places, in layout units as last read, and lets go of all others. Held nodes act on
   * the others and do not move; a dragged node is one that is held at a moving place. Takes effect at once, also while a step
   * is under way; a layout that had come to rest by itself goes on until it does so again. A phase of the plan that gives the
   * layout another size takes the places along.
   *
   * @throws UsageError for a node that there is not, or a place that is not two finite numbers.
   */
  hold(places: HeldPlaces): Promise<void>;
  /**
   * Goes on with a changed graph, under the same plan, once the steps under way are done: `kept` has for each of its nodes the
   * number that it had, or −1 for a new one (`keptNodes`). Nodes stay where they are, and held; new ones start beside
   * their neighbours, or outside of the rim.
   *
   * @throws UsageError unless `kept` has one entry a node, each −1 or another node of before.
   */
  change(graph: PackedGraph, kept: Int32Array): Promise<void>;
  dispose(): void;
}

/** What a layout starts from and does. */
export interface LayoutOptions extends RunOptions, ThreadChoice {
  /** Default: Gephi's settings until the layout is at rest. */
  readonly plan?: readonly Phase[] | undefined;
  /** Of every random choice; default 1. */
  readonly seed?: number | undefined;
  /** Where the nodes start; default as `start` says. */
  readonly positions?: Positions | undefined;
  /** How nodes are placed at first. Default `multilevel` where the plan begins with the momentum rule, otherwise `random`, a seeded square. */
  readonly start?: 'multilevel' | 'random' | undefined;
  /**
   * `packed`: every connected component is laid out as a graph of its own, and they are put side by side, the largest in the
   * middle, nodes without an edge in rings around. `together`: all repel each other. Default `packed` where the plan begins
   * with the momentum rule, otherwise `together`.
   */
  readonly components?: 'packed' | 'together' | undefined;
  /** `navigator.gpu`, or Dawn's in Node; nothing means the CPU. */
  readonly gpu?: GPU | undefined;
  /** Default `auto` with a GPU (on it, unless it is a software one), otherwise `cpu`. Where a GPU fails, the CPU goes on. */
  readonly device?: DeviceChoice | undefined;
}

/** A finished layout and how it came about. */
export interface LayoutResult {
  readonly positions: Positions;
  /** Iterations made, of the largest component where they are packed. */
  readonly iterations: number;
  readonly stopped: Stopped;
  readonly device: DeviceReport;
  readonly seed: number;
  readonly plan: readonly Phase[];
  readonly milliseconds: number;
}

/**
 * Begins a layout. The same graph, plan, seed and start give the same positions, bit for bit, in whatever steps they are
 * reached.
 *
 * @throws UsageError for a plan or seed that makes no sense, InputError for start positions that do not fit.
 */
export function createLayout(graph: PackedGraph, options: LayoutOptions = {}): Layout {
  const { plan = gephiPlan(graph), seed = 1, onProgress } = options;
  checkPlan(plan);
  if (!Number.isSafeInteger(seed)) {
    throw new IsthmusError('UsageError', `The seed is a whole number, but it was ${seed}.`);
  }
  if (options.threads !== undefined) checkThreads(options.threads);
  const iterations = plannedIterations(plan);
  const total = plan.some((phase) => phase.iterations === 'auto') ? 0 : iterations;
  const tell = (done: number) => onProgress?.({ stage: 'layout', done, total });
  let shown = graph;
  let course = begin(graph, options, plan, seed, tell);
  let held = noneHeld;
  let lastTurn: Promise<unknown> = Promise.resolve();
  let changed: Promise<unknown> = lastTurn;
  /** Steps and changes come one after the other. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = lastTurn.then(work);
    lastTurn = turn.catch(() => {});
    return turn;
  };
  const change = async (next: PackedGraph, kept: Int32Array) => {
    checkKept(kept, next, shown.nodeCount);
    const before = await course.stand();
    const spacing = spacingOf(next, plan[before.phase].settings);
    const standing = changedStanding(next, kept, before, spacing, seed);
    course.dispose();
    course = begin(next, { ...options, positions: standing.state.positions }, plan, seed, tell, standing);
    shown = next;
    const wasHeld = new Set(held.nodes);
    const nodes = Uint32Array.from(kept.keys()).filter((node) => wasHeld.has(kept[node]));
    held = noneHeld;
    if (nodes.length === 0) return;
    held = heldWhere(nodes, (await course.read()).positions);
    await course.hold(held);
  };
  return {
    get device() {
      return course.device;
    },
    step: (count) =>
      inTurn(async () => {
        await course.advance(count);
        const { iteration, speed: pace } = await course.read();
        tell(iteration);
        const { phase, stopped, device } = course;
        const { speed, swinging, traction } = pace;
        return { iteration, iterations, phase, ...(stopped && { stopped }), speed, swinging, traction, device };
      }),
    async read() {
      await changed;
      return (await course.read()).positions.slice();
    },
    async hold(places) {
      await changed;
      held = heldNodes(places, shown.nodeCount);
      await course.hold(held);
    },
    change(next, kept) {
      const done = inTurn(() => change(next, kept));
      changed = done.catch(() => {});
      return done;
    },
    dispose: () => course.dispose(),
  };
}

/** The course of the whole graph or of its components, as the options and the rule have it. */
function begin(
  graph: PackedGraph,
  options: LayoutOptions,
  plan: readonly Phase[],
  seed: number,
  onAdvance: (iteration: number) => void,
  standing?: Standing,
): Course {
  const { positions, gpu, device = gpu === undefined ? 'cpu' : 'auto', signal } = options;
  const threads = { threads: options.threads, threadHost: options.threadHost };
  const isMomentum = plan[0].settings.rule === 'momentum';
  const { start = isMomentum ? 'multilevel' : 'random' } = options;
  const { components = isMomentum ? 'packed' : 'together' } = options;
  const isMultilevel = start === 'multilevel';
  const given = { plan, seed, positions, isMultilevel, standing, gpu, device, threads, signal, onAdvance };
  return components === 'packed' ? createPackedCourse(graph, given) : createCourse(graph, given);
}

/**
 * Lays a graph out by the whole plan, letting other work of the thread in between.
 *
 * @throws as `createLayout` does, and AbortError once the signal fires.
 */
export async function layout(graph: PackedGraph, options: LayoutOptions = {}): Promise<LayoutResult> {
  const { plan = gephiPlan(graph), seed = 1, signal } = options;
  throwIfAborted(signal);
  const begun = performance.now();
  const run = createLayout(graph, { ...options, plan, seed });
  try {
    const { iteration: iterations, stopped = 'asked', device } = await run.step(plannedIterations(plan));
    const positions = await run.read();
    return { positions, iterations, stopped, device, seed, plan, milliseconds: performance.now() - begun };
  } finally {
    run.dispose();
  }
}

function checkThreads(threads: number): void {
  if (Number.isSafeInteger(threads) && threads >= 1 && threads <= mostThreads) return;
  throw new IsthmusError('UsageError', `Threads are a whole number from 1 to ${mostThreads}, but ${threads} came.`);
}

function checkPlan(plan: readonly Phase[]): void {
  if (plan.length === 0)
    throw new IsthmusError('UsageError', 'A layout plan has at least one phase, but it was empty.');
  for (const { name, iterations, settings } of plan) {
    if (iterations === 'auto') {
      if (settings.rule === 'momentum') continue;
      throw new IsthmusError(
        'UsageError',
        `Phase "${name}" is to stop by itself, which only the momentum rule can, but its rule is ${settings.rule}; give it a number of iterations.`,
      );
    }
    if (Number.isSafeInteger(iterations) && iterations >= 0) continue;
    throw new IsthmusError(
      'UsageError',
      `Phase "${name}" has ${iterations} iterations; a whole number from 0 up or auto was expected.`,
    );
  }
}
