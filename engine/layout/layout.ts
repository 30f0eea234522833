import { IsthmusError } from '../base/errors.ts';
import { type RunOptions, throwIfAborted } from '../base/progress.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import { createCpuRun } from './cpu/run.ts';
import { createPauses } from './pause.ts';
import { gephiPlan, type Phase } from './plan.ts';
import { partedStart, randomStart } from './start.ts';

/** Where a layout runs, and why there. */
export interface DeviceReport {
  readonly kind: 'cpu' | 'gpu';
  readonly name: string;
  readonly reason: string;
}

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
}

/** A layout under way; it holds its device's resources until disposed of. */
export interface Layout {
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
  const { plan = gephiPlan(graph), seed = 1, positions, signal, onProgress } = options;
  checkPlan(plan);
  if (!Number.isSafeInteger(seed)) {
    throw new IsthmusError('UsageError', `The seed is a whole number, but it was ${seed}.`);
  }
  const run = createCpuRun(graph, partedStart(graph, positions ?? randomStart(graph.nodeCount, seed), seed));
  const ends = plan.map((_, phase) => iterationsOf(plan.slice(0, phase + 1)));
  const planned = ends[ends.length - 1];
  let phase = -1;
  let iteration = 0;
  const enterPhase = () => {
    const due = Math.min(plan.length - 1, ends.filter((end) => end <= iteration).length);
    if (due !== phase) run.enter(plan[due].settings);
    phase = due;
  };
  enterPhase();
  return {
    device: { kind: 'cpu', name: 'CPU, one thread', reason: 'No GPU was asked for.' },
    async step(iterations) {
      const pause = createPauses();
      for (let left = iterations; left > 0; left--) {
        throwIfAborted(signal);
        enterPhase();
        run.iterate();
        iteration++;
        if (await pause()) onProgress?.({ stage: 'layout', done: iteration, total: planned });
      }
      throwIfAborted(signal);
      onProgress?.({ stage: 'layout', done: iteration, total: planned });
      const { speed, swinging, traction } = run.speed;
      return { iteration, iterations: planned, phase: plan[phase].name, speed, swinging, traction };
    },
    async read() {
      return run.read();
    },
    dispose() {},
  };
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
