import { throwIfAborted } from '../base/progress.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import { coolingTime, warm } from './cpu/momentum.ts';
import { createSpeed, type Speed } from './cpu/speed.ts';
import type { ThreadChoice } from './cpu/threads.ts';
import { type Held, heldWhere, noneHeld } from './held.ts';
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
  /** Holds these nodes from now on, and no others; one that had come to rest by itself goes on until it does again. */
  hold(held: Held): Promise<void>;
  /** Where it stands now, and the origin of each node's own forces, x0, y0, … (stride 2), once it has been advanced or read. */
  stand(): Promise<Standing>;
  dispose(): void;
}

/** Where a course stands, for another to go on from with a changed graph. */
export interface Standing {
  readonly state: LayoutState;
  /** The number of its phase in the plan, the iterations made in it, and whether all that were asked for are made. */
  readonly phase: number;
  readonly made: number;
  readonly isOver: boolean;
  /** Gravity pulls each node there: x0, y0, x1, y1, … (stride 2) in layout units; NaN for a node that had no place before. */
  readonly origins: Float64Array;
}

/** What a course needs. */
export interface CourseOptions {
  readonly plan: readonly Phase[];
  readonly seed: number;
  /** Where nodes start, if that is known; otherwise `isMultilevel` says how they are placed. */
  readonly positions: Positions | undefined;
  readonly isMultilevel: boolean;
  /** Where it goes on from, at `positions`; otherwise the plan begins. */
  readonly standing?: Standing | undefined;
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
  const { plan, seed, isMultilevel, standing, signal, onAdvance } = options;
  const run = openRun(graph, options);
  let isBegun = options.positions !== undefined || !isMultilevel;
  let phase = standing?.phase ?? 0;
  let phaseStart = run.iteration - (standing?.made ?? 0);
  let stopped: Stopped | undefined = standing?.isOver ? 'asked' : undefined;
  let isAtRest = createStop(graph, plan[phase].settings);
  /** A few nodes that still move are nothing to the whole, so a layout that was disturbed has to cool down too. */
  let leastMade = standing === undefined ? 0 : coolingTime;
  let held = noneHeld;

  const begin = async () => {
    if (isBegun) return;
    const { settings } = plan[0];
    const { positions, temperature } = await multilevelStart(graph, settings, seed, signal);
    await run.enter(settings, { positions, speed: speedAt(temperature, settings) });
    isBegun = true;
  };
  const hold = (nodes: Held) => {
    held = nodes;
    run.hold(held);
  };
  /** Goes from a phase that ended for this reason to the next that has iterations, or stops. */
  const leave = async (reason: Stopped) => {
    while (phase < plan.length - 1) {
      const { positions, iteration } = await run.save();
      const { settings, iterations } = plan[++phase];
      phaseStart = iteration;
      isAtRest = createStop(graph, settings);
      leastMade = 0;
      if (settings.rule === 'momentum') {
        const fitted = fitPositions(graph, positions, settings);
        await run.enter(settings, { positions: fitted, speed: speedAt(handedOver, settings) });
        // What is held keeps its place in a map that has changed its size.
        if (held.nodes.length > 0) hold(heldWhere(held.nodes, fitted));
      } else await run.enter(settings);
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
    else if (made > 0 && isAtRest(speed) && made >= leastMade) await leave('converged');
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
      // Only a phase without iterations: elsewhere the step before has looked already, and a second look would count twice.
      if (stopped === undefined && run.iteration === phaseStart) await review();
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
    async hold(nodes) {
      hold(nodes);
      if (plan[phase].iterations !== 'auto') return;
      phaseStart = run.iteration;
      leastMade = coolingTime;
      isAtRest = createStop(graph, plan[phase].settings);
      stopped = undefined;
    },
    async stand() {
      await begin();
      const state = await run.save();
      const isAuto = plan[phase].iterations === 'auto';
      const made = isAuto ? 0 : state.iteration - phaseStart;
      return {
        state,
        phase,
        made,
        isOver: !isAuto && stopped !== undefined,
        origins: new Float64Array(2 * graph.nodeCount),
      };
    },
    dispose: () => run.dispose(),
  };
}

/** A run on the device of the options, from where nodes start as far as that is known. */
function openRun(graph: PackedGraph, options: CourseOptions): SturdyRun {
  const { plan, seed, positions, standing, gpu, device, threads } = options;
  const { settings } = plan[standing?.phase ?? 0];
  const placed = partedStart(graph, positions ?? randomStart(graph.nodeCount, seed), seed);
  const isMomentum = settings.rule === 'momentum';
  const begun: LayoutState = {
    positions: isMomentum ? fitPositions(graph, placed, settings, positions === undefined ? 1 : farOff) : placed,
    speed: createSpeed(),
    iteration: 0,
  };
  const start = standing === undefined ? begun : { ...warmed(standing.state, settings), positions: placed };
  return device === 'cpu'
    ? createSteadyRun(graph, start, settings, 'No GPU was asked for.', threads)
    : createSturdyRun(graph, start, settings, gpu, device, threads);
}

/** Where the momentum rule stands at that temperature; the other rules begin anew. */
function speedAt(temperature: number, { rule }: ForceAtlas2Settings): Speed {
  return rule === 'momentum' ? { ...createSpeed(), speed: temperature } : createSpeed();
}

/** The state, warm under the momentum rule. */
function warmed(state: LayoutState, { rule }: ForceAtlas2Settings): LayoutState {
  const speed = { ...state.speed };
  if (rule === 'momentum') warm(speed);
  return { ...state, speed };
}
