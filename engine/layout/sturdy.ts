import { isErrorOfKind } from '../base/errors.ts';
import { nameOf, type OpenDevice, openDevice } from '../gpu/device.ts';
import type { PackedGraph } from '../graph/packed-graph.ts';
import { createCpuRun } from './cpu/run.ts';
import type { ThreadChoice } from './cpu/threads.ts';
import { createGpuRun } from './gpu/run.ts';
import { noneHeld } from './held.ts';
import type { DeviceReport, LayoutState, Run } from './run.ts';
import type { ForceAtlas2Settings } from './settings.ts';

/** Where a layout is to run: `auto` means on a GPU where there is a real one, `gpu` also on a software adapter. */
export type DeviceChoice = 'auto' | 'gpu' | 'cpu';

/** A run that outlives its device: it goes on from the state that it saved last, on the GPU anew or on the CPU. */
export interface SturdyRun extends Omit<Run, 'advance' | 'read'> {
  readonly device: DeviceReport;
  /** Iterations made; when a device is lost it goes back to the saved state's, so save before a change of settings. */
  readonly iteration: number;
  advance(atMost: number): Promise<void>;
  /** The state now, saved on the way. */
  save(): Promise<LayoutState>;
}

/** How long a GPU may compute, in ms, before its state is saved: as much can be lost with the device. */
const saveInterval = 1000;

/** How often a lost GPU is opened anew before the layout goes on on the CPU. */
const secondChances = 1;

/** A run on the CPU. */
export function createSteadyRun(
  graph: PackedGraph,
  start: LayoutState,
  settings: ForceAtlas2Settings,
  reason: string,
  threads: ThreadChoice,
): SturdyRun {
  const run = createCpuRun(graph, start, settings, threads);
  let { iteration } = start;
  /** As it is now: asked for more than once between two steps. */
  let saved: Promise<LayoutState> | undefined;
  const read = async () => ({ iteration, ...(await run.read()) });
  return {
    dispose: run.dispose,
    get device() {
      return { kind: 'cpu', name: run.name, reason } as const;
    },
    get iteration() {
      return iteration;
    },
    enter(entered, state) {
      saved = undefined;
      return run.enter(entered, state);
    },
    hold(nodes) {
      saved = undefined;
      run.hold(nodes);
    },
    async advance(atMost) {
      saved = undefined;
      iteration += await run.advance(atMost);
    },
    save() {
      saved ??= read();
      return saved;
    },
  };
}

/** A run on this GPU as long as there is one, otherwise on the CPU; it opens the GPU when it is first moved on or read. */
export function createSturdyRun(
  graph: PackedGraph,
  start: LayoutState,
  startSettings: ForceAtlas2Settings,
  gpu: GPU | undefined,
  choice: 'auto' | 'gpu',
  threads: ThreadChoice,
): SturdyRun {
  let saved = start;
  let savedAt = performance.now();
  let settings = startSettings;
  let { iteration } = start;
  let held = noneHeld;
  let isSaved = true;
  let failures = 0;
  let opened: OpenDevice | undefined;
  let run: Run | undefined;
  let report: DeviceReport = { kind: 'gpu', name: 'a GPU', reason: 'It is opened when the layout begins.' };

  const close = () => {
    opened?.dispose();
    opened = undefined;
    run = undefined;
  };
  const openGpu = async (): Promise<Run> => {
    opened = await openDevice(gpu);
    const name = nameOf(opened.adapter);
    if (choice === 'auto' && opened.adapter.isSoftware) throw new NoRealGpu(`The only GPU here is ${name}.`);
    const made = await createGpuRun(opened, graph, saved, settings);
    const reason = choice === 'gpu' ? 'A GPU was asked for.' : 'There is a GPU.';
    report = { ...report, kind: 'gpu', name, reason };
    return made;
  };
  const openCpu = (reason: string): Run => {
    const made = createCpuRun(graph, saved, settings, threads);
    report = { ...report, kind: 'cpu', name: made.name, reason };
    return made;
  };
  const warn = (sentence: string) => {
    report = { ...report, warning: report.warning === undefined ? sentence : `${report.warning} ${sentence}` };
  };
  const open = async (): Promise<Run> => {
    if (failures > secondChances) return openCpu('The GPU was lost twice.');
    try {
      return await openGpu();
    } catch (error) {
      close();
      if (error instanceof NoRealGpu) return openCpu(error.message);
      if (!isErrorOfKind(error, 'DeviceError')) throw error;
      const { message } = error as Error;
      if (choice === 'gpu' && failures === 0) warn(`${message} The layout ran on the CPU instead.`);
      return openCpu(message);
    }
  };
  const reopen = async (): Promise<Run> => {
    const made = await open();
    if (held.nodes.length > 0) made.hold(held);
    return made;
  };
  /** Does something with the run; where its device fails, the run goes back to the saved state and `undefined` returns. */
  const attempt = async <T>(work: (run: Run) => Promise<T>): Promise<T | undefined> => {
    run ??= await reopen();
    try {
      return await work(run);
    } catch (error) {
      if (report.kind !== 'gpu' || !isErrorOfKind(error, 'DeviceError')) throw error;
      failures++;
      iteration = saved.iteration;
      close();
      run = await reopen();
      const where = report.kind === 'gpu' ? 'on the GPU, opened anew' : 'on the CPU';
      warn(`${(error as Error).message} The layout went on from iteration ${iteration} ${where}.`);
      return undefined;
    }
  };
  const save = async () => {
    if (!isSaved || saved.iteration !== iteration) {
      isSaved = true;
      const state = await attempt((current) => current.read());
      if (state !== undefined) saved = { ...state, iteration };
      savedAt = performance.now();
    }
    return saved;
  };
  return {
    get device() {
      return run?.repulsion === undefined ? report : { ...report, repulsion: run.repulsion };
    },
    get iteration() {
      return iteration;
    },
    async enter(entered, state) {
      settings = entered;
      if (state !== undefined) saved = { ...state, iteration };
      await attempt((current) => current.enter(entered, state));
    },
    hold(nodes) {
      held = nodes;
      isSaved = false;
      run?.hold(held);
    },
    async advance(atMost) {
      iteration += (await attempt((current) => current.advance(atMost))) ?? 0;
      if (report.kind === 'gpu' && performance.now() - savedAt > saveInterval) await save();
    },
    save,
    dispose() {
      run?.dispose();
      close();
    },
  };
}

/** Why `auto` leaves a GPU alone. */
class NoRealGpu extends Error {}
