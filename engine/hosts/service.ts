import * as Comlink from 'comlink';
import { IsthmusError } from '../base/errors.ts';
import type { Progress, RunOptions } from '../base/progress.ts';
import { type ReadOptions, readGraph, type Source } from '../formats/index.ts';
import type { PackedGraph } from '../graph/packed-graph.ts';
import { createLayout, type Layout, type LayoutOptions, layout, type ThreadHost } from '../layout/layout.ts';
import type { GraphMap } from '../map/graph-map.ts';
import type { TilePainterOptions } from '../output/tiles/painter.ts';
import { findBridges } from '../structure/bridges/bridges.ts';
import { connectedCloseness } from '../structure/closeness.ts';
import { communities } from '../structure/communities.ts';
import { measure } from '../structure/measures/measure.ts';
import { type OpenPainter, type ServedPainter, servePainter } from './remote-painter.ts';
import { createWorkerRelief, type OpenGpu } from './worker-relief.ts';

/** What can be read in another thread: what structured cloning copies. */
export type ClonedSource = Extract<Source, string | Uint8Array | ArrayBuffer | Blob>;

/** What a worker works with. */
export interface Means {
  /** Opens the GPU of this thread (default: there is none). */
  readonly openGpu?: OpenGpu;
  /** Gives layouts on the CPU more threads. */
  readonly threadHost?: ThreadHost | undefined;
  /** Paints tiles, where a thread can draw. */
  readonly openPainter?: OpenPainter;
}

const noGpu: OpenGpu = async () => undefined;

/** The options with the GPU and the threads of this thread, since none can be sent; without a `device` that means the CPU. */
async function withMeans(given: LayoutOptions, { openGpu = noGpu, threadHost }: Means): Promise<LayoutOptions> {
  const options = { ...given, threadHost };
  const { device = 'cpu' } = options;
  return device === 'cpu' ? options : { ...options, gpu: await openGpu(device) };
}

/** The stages that run in a worker, each a function of inputs and options. To add one, give it a line here and in `connect`. */
const stagesWith = (means: Means) => ({
  readGraph: (source: ClonedSource, options?: ReadOptions) => readGraph(source, options),
  layout: async (graph: PackedGraph, options: LayoutOptions = {}) => layout(graph, await withMeans(options, means)),
  relief: createWorkerRelief(means.openGpu ?? noGpu),
  communities,
  findBridges,
  connectedCloseness,
  measure,
});

export type Stages = ReturnType<typeof stagesWith>;

/** A callback of the caller's, which stays on its side. */
export type RemoteProgress = ((progress: Progress) => void) & Comlink.ProxyMarked;

/**
 * What a worker exposes. An AbortSignal does not cross threads: every call has a job number of the caller's, and `cancel`
 * fires the signal of that job.
 */
export interface Service {
  run(
    job: number,
    stage: keyof Stages,
    inputs: readonly unknown[],
    options: object,
    onProgress?: RemoteProgress,
  ): Promise<unknown>;
  createLayout(
    job: number,
    graph: PackedGraph,
    options: LayoutOptions,
    onProgress?: RemoteProgress,
  ): Promise<Layout & Comlink.ProxyMarked>;
  createTilePainter(map: GraphMap, options?: TilePainterOptions): ServedPainter & Comlink.ProxyMarked;
  cancel(job: number): void;
}

/** The service of one worker. */
export function createService(means: Means = {}): Service {
  const stages = stagesWith(means);
  const jobs = new Map<number, AbortController>();
  const begin = (job: number) => {
    const controller = new AbortController();
    jobs.set(job, controller);
    return controller.signal;
  };
  return {
    async run(job, stage, inputs, options, onProgress) {
      const progress = forward(onProgress);
      const call = stages[stage] as (...inputsAndOptions: unknown[]) => unknown;
      try {
        const result = await call(...inputs, { ...options, signal: begin(job), ...progress.options });
        await progress.arrived();
        return Comlink.transfer(result as object, buffersOf(result));
      } finally {
        jobs.delete(job);
        progress.release();
      }
    },
    async createLayout(job, graph, options, onProgress) {
      const progress = forward(onProgress);
      const signal = begin(job);
      const run = createLayout(graph, { ...(await withMeans(options, means)), signal, ...progress.options });
      return Comlink.proxy({
        device: run.device,
        async step(iterations: number) {
          const step = await run.step(iterations);
          await progress.arrived();
          return step;
        },
        async read() {
          const positions = await run.read();
          return Comlink.transfer(positions, [positions.buffer]);
        },
        hold: run.hold,
        change: run.change,
        dispose() {
          run.dispose();
          jobs.delete(job);
          progress.release();
        },
      });
    },
    createTilePainter(map, options) {
      if (means.openPainter === undefined) {
        throw new IsthmusError('DeviceError', 'Tiles are painted in the worker of a page, but this one is elsewhere.');
      }
      return servePainter(means.openPainter(map, options));
    },
    cancel(job) {
      jobs.get(job)?.abort();
    },
  };
}

/** Run options that tell the other side, and a wait for the last news to arrive there, so that none comes after the result. */
function forward(callback: RemoteProgress | undefined) {
  const onProgress = callback as Comlink.Remote<RemoteProgress> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const options: RunOptions =
    onProgress === undefined
      ? {}
      : {
          onProgress: (progress) => {
            last = onProgress(progress);
          },
        };
  return { options, arrived: () => last, release: () => onProgress?.[Comlink.releaseProxy]() };
}

/** The memory of every typed array in plain data, each once; it may be moved, since a worker keeps nothing that it returns. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) {
      // A list of strings, such as a million ids, holds no memory of its own.
      if (typeof part === 'string') break;
      buffersOf(part, found);
    }
  }
  return [...found];
}
