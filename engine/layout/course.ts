import { throwIfAborted } from '../base/progress.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import { createSpeed, type Speed } from './cpu/speed.ts';
import type { ThreadChoice } from './cpu/threads.ts';
import { multilevelStart } from './multilevel/start.ts';
import type { Phase } from './plan.ts';
import type { DeviceReport, LayoutState } from './run.ts';
import { fitPositions } from './scale.ts';
import type { ForceAtlas2Settings } from './settings.ts';
import { partedStart, randomStart } from './start.ts';
import { autoLimit, checkInterval, createStop, type Stopped } from './stop.ts';
import { createSteadyRun, createSturdyRun, type DeviceChoice, type SturdyRun } from './sturdy.ts';

/** What one graph goes through: its start, then every phase of a plan, and where it stands. */
export interface Course {
  readonly device: DeviceReport;
  readonly iteration: number;
  readonly phase: string;
  /** Why it has come to an end, once it has. */
  readonly stopped: Stopped | undefined;
  /** Makes that many iterations, fewer where the plan stops by itself; after its end all of them, in the last phase. */
  advance(count: number): Promise<void>;
  read(): Promise<LayoutState>;
  dispose(): void;
}

/** What a course needs. */
export interface CourseOptions {
  readonly plan: readonly Phase[];
  readonly seed: number;
  /** Where nodes start, if that is known; otherwise `isMultilevel` says how they are placed. */
  readonly positions: Positions | undefined;
  readonly isMultilevel: boolean;
  readonly gpu: GPU | undefined;
  readonly device: DeviceChoice;
  readonly threads: ThreadChoice;
  readonly signal: AbortSignal | undefined;
  /** Called after some iterations, with the number made so far. */
  readonly onAdvance: (iteration: number) => void;
}

/** The temperature at which a phase takes over from another. */
const handedOver = 0.5;
/** Positions that came with the graph keep their size up to this factor from the best one. */
const farOff = 2;

/** The course of one graph. Nothing is computed before it is first advanced or read. */
export function createCourse(graph: PackedGraph, options: CourseOptions): Course {
  const { plan, seed, isMultilevel, signal, onAdvance } = options;
  const run = openRun(graph, options);
  let isBegun = options.positions !== undefined || !isMultilevel;
  let phase = 0;
  let phaseStart = 0;
  let stopped: Stopped | undefined;
  let isAtRest = createStop(graph, plan[0].settings);

  const begin = async () => {
    if (isBegun) return;
    const { settings } = plan[0];
    const { positions, temperature } = await multilevelStart(graph, settings, seed, signal);
    await run.enter(settings, { positions, speed: speedAt(temperature, settings) });
    isBegun = true;
  };
  /** Goes from a phase that ended for this reason to the next that has iterations, or stops. */
  const leave = async (reason: Stopped) => {
    while (phase < plan.length - 1) {
      const { positions, iteration } = await run.save();
      const { settings, iterations } = plan[++phase];
      phaseStart = iteration;
      isAtRest = createStop(graph, settings);
      const isMomentum = settings.rule === 'momentum';
      await run.enter(
        settings,
        isMomentum
          ? { positions: fitPositions(graph, positions, settings), speed: speedAt(handedOver, settings) }
          : undefined,
      );
      if (iterations !== 0) return;
    }
    stopped = reason;
  };
  /** Leaves the phase if it is over. What counts is the saved state: a device that is lost takes the layout back to it. */
  const review = async () => {
    const { iterations } = plan[phase];
    const isAuto = iterations === 'auto';
    const made = run.iteration - phaseStart;
    if (isAuto ? made % checkInterval !== 0 : made < iterations) return;
    const { iteration, speed } = await run.save();
    if (iteration !== phaseStart + made) return;
    if (!isAuto) await leave('asked');
    else if (made > 0 && isAtRest(speed)) await leave('converged');
    else if (made >= autoLimit) await leave('limit');
  };
  /** Iterations until the phase has to be looked at again. */
  const due = () => {
    const { iterations } = plan[phase];
    const made = run.iteration - phaseStart;
    return iterations === 'auto' ? checkInterval - (made % checkInterval) : iterations - made;
  };
  return {
    get device() {
      return run.device;
    },
    get iteration() {
      return run.iteration;
    },
    get phase() {
      return plan[phase].name;
    },
    get stopped() {
      return stopped;
    },
    async advance(count) {
      await begin();
      if (stopped === undefined) await review();
      const isEnd = stopped === undefined ? () => stopped === 'converged' || stopped === 'limit' : () => false;
      const target = run.iteration + count;
      while (run.iteration < target && !isEnd()) {
        throwIfAborted(signal);
        await run.advance(Math.min(target - run.iteration, stopped === undefined ? due() : Infinity));
        if (stopped === undefined) await review();
        if (run.iteration >= target) await run.save();
        onAdvance(run.iteration);
      }
      throwIfAborted(signal);
    },
    async read() {
      await begin();
      return run.save();
    },
    dispose: () => run.dispose(),
  };
}

/** A run on the device of the options, from where nodes start as far as that is known. */
function openRun(graph: PackedGraph, { plan, seed, positions, gpu, device, threads }: CourseOptions): SturdyRun {
  const { settings } = plan[0];
  const placed = partedStart(graph, positions ?? randomStart(graph.nodeCount, seed), seed);
  const isMomentum = settings.rule === 'momentum';
  const start: LayoutState = {
    positions: isMomentum ? fitPositions(graph, placed, settings, positions === undefined ? 1 : farOff) : placed,
    speed: createSpeed(),
    iteration: 0,
  };
  return device === 'cpu'
    ? createSteadyRun(graph, start, settings, 'No GPU was asked for.', threads)
    : createSturdyRun(graph, start, settings, gpu, device, threads);
}

/** Where the momentum rule stands at that temperature; the other rules begin anew. */
function speedAt(temperature: number, { rule }: ForceAtlas2Settings): Speed {
  return rule === 'momentum' ? { ...createSpeed(), speed: temperature } : createSpeed();
}
