import { IsthmusError } from '../base/errors.ts';
import { type RunOptions, throwIfAborted } from '../base/progress.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import { createSpeed } from './cpu/speed.ts';
import { gephiPlan, type Phase } from './plan.ts';
import type { DeviceReport, LayoutState } from './run.ts';
import type { ForceAtlas2Settings } from './settings.ts';
import { partedStart, randomStart } from './start.ts';
import { createSteadyRun, createSturdyRun, type DeviceChoice, type SturdyRun } from './sturdy.ts';

export type { DeviceReport } from './run.ts';
export type { DeviceChoice } from './sturdy.ts';

/** How a layout stands after its last iteration. */
export interface Step {
  /** Iterations made so far, over all phases. */
  readonly iteration: number;
  /** Iterations planned, over all phases. */
  readonly iterations: number;
  readonly phase: string;
  /** Gephi's global speed; 1 under graphology's rule. */
  readonly speed: number;
  /** Σ m|F⁰ − F| over the nodes. */
  readonly swinging: number;
  /** Σ ½m|F⁰ + F| over the nodes. */
  readonly traction: number;
  /** Where the layout runs now. */
  readonly device: DeviceReport;
}

/** A layout under way; it holds its device's resources until disposed of. */
export interface Layout {
  /** Where the layout runs; a GPU is opened with the first step, and what is lost is replaced. */
  readonly device: DeviceReport;
  /**
   * Makes that many iterations, letting other work of the thread in between; beyond the plan's end the last phase goes on.
   *
   * @throws AbortError once the signal of its options fires, at the next iteration; positions stay as they then are.
   */
  step(iterations: number): Promise<Step>;
  /** A copy of the positions as they are now. */
  read(): Promise<Positions>;
  dispose(): void;
}

/** What a layout starts from and does. */
export interface LayoutOptions extends RunOptions {
  /** Default: Gephi's defaults for 500 iterations. */
  readonly plan?: readonly Phase[] | undefined;
  /** Of every random choice; default 1. */
  readonly seed?: number | undefined;
  /** Where the nodes start; default a seeded random square. */
  readonly positions?: Positions | undefined;
  /** `navigator.gpu`, or Dawn's in Node; nothing means the CPU. */
  readonly gpu?: GPU | undefined;
  /** Default `auto` with a GPU (on it, unless it is a software one), otherwise `cpu`. Where a GPU fails, the CPU goes on. */
  readonly device?: DeviceChoice | undefined;
}

/** A finished layout and how it came about. */
export interface LayoutResult {
  readonly positions: Positions;
  readonly iterations: number;
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
  const { plan = gephiPlan(graph), seed = 1, signal, onProgress } = options;
  checkPlan(plan);
  if (!Number.isSafeInteger(seed)) {
    throw new IsthmusError('UsageError', `The seed is a whole number, but it was ${seed}.`);
  }
  const ends = plan.map((_, phase) => iterationsOf(plan.slice(0, phase + 1)));
  const planned = ends[ends.length - 1];
  const phaseAt = (iteration: number) => Math.min(plan.length - 1, ends.filter((end) => end <= iteration).length);
  let phase = phaseAt(0);
  const run = begin(graph, options, plan[phase].settings, seed);

  const tell = () => onProgress?.({ stage: 'layout', done: run.iteration, total: planned });
  const advanceTo = async (target: number) => {
    while (run.iteration < target) {
      throwIfAborted(signal);
      const due = phaseAt(run.iteration);
      if (due !== phase) {
        await run.save();
        if (phaseAt(run.iteration) !== due) continue;
        await run.enter(plan[due].settings);
        phase = due;
      }
      const end = due === plan.length - 1 ? target : Math.min(target, ends[due]);
      await run.advance(end - run.iteration);
      tell();
    }
  };
  return {
    get device() {
      return run.device;
    },
    async step(iterations) {
      const target = run.iteration + iterations;
      let state: LayoutState;
      do {
        await advanceTo(target);
        state = await run.save();
      } while (run.iteration < target);
      throwIfAborted(signal);
      tell();
      const { speed, swinging, traction } = state.speed;
      const { name } = plan[phase];
      return { iteration: target, iterations: planned, phase: name, speed, swinging, traction, device: run.device };
    },
    read: async () => (await run.save()).positions.slice(),
    dispose: () => run.dispose(),
  };
}

/** A run on the device of the options. */
function begin(graph: PackedGraph, options: LayoutOptions, settings: ForceAtlas2Settings, seed: number): SturdyRun {
  const { positions = randomStart(graph.nodeCount, seed), gpu, device = gpu === undefined ? 'cpu' : 'auto' } = options;
  const start = { positions: partedStart(graph, positions, seed), speed: createSpeed(), iteration: 0 };
  return device === 'cpu'
    ? createSteadyRun(graph, start, settings, 'No GPU was asked for.')
    : createSturdyRun(graph, start, settings, gpu, device);
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
    const iterations = iterationsOf(plan);
    await run.step(iterations);
    const positions = await run.read();
    return { positions, iterations, device: run.device, seed, plan, milliseconds: performance.now() - begun };
  } finally {
    run.dispose();
  }
}

function iterationsOf(plan: readonly Phase[]): number {
  return plan.reduce((sum, phase) => sum + phase.iterations, 0);
}

function checkPlan(plan: readonly Phase[]): void {
  if (plan.length === 0)
    throw new IsthmusError('UsageError', 'A layout plan has at least one phase, but it was empty.');
  for (const { name, iterations } of plan) {
    if (Number.isSafeInteger(iterations) && iterations >= 0) continue;
    throw new IsthmusError(
      'UsageError',
      `Phase "${name}" has ${iterations} iterations; a whole number from 0 up was expected.`,
    );
  }
}
