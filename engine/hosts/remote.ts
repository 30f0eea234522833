import * as Comlink from 'comlink';
import { IsthmusError } from '../base/errors.ts';
import { type RunOptions, throwIfAborted } from '../base/progress.ts';
import type { PackedGraph } from '../graph/packed-graph.ts';
import type { Layout, LayoutOptions } from '../layout/layout.ts';
import type { GraphMap } from '../map/graph-map.ts';
import type { TilePainter, TilePainterOptions } from '../output/tiles/painter.ts';
import { communities } from '../structure/communities.ts';
import { remotePainter } from './remote-painter.ts';
import type { Service, Stages } from './service.ts';
import { watch } from './watch.ts';

type Remote<Stage> = Stage extends (...inputsAndOptions: infer Inputs) => infer Result
  ? (...inputsAndOptions: Inputs) => Promise<Awaited<Result>>
  : never;

/**
 * The engine's stages in another thread, under the same names and with the same options. A signal that fires rejects the
 * call at once, while the other thread stops at its next pause. Results are moved, inputs are copied.
 *
 * Calls reject with the errors of the stages (kind in `name`), and with DeviceError if the worker is lost.
 */
export type RemoteEngine = { readonly [Name in keyof Stages]: Remote<Stages[Name]> } & {
  createLayout(graph: PackedGraph, options?: LayoutOptions): Promise<Layout>;
  /** A painter of tiles in a page's worker; the map is sent there once, and again with each `update`. */
  createTilePainter(map: GraphMap, options?: TilePainterOptions): Promise<TilePainter>;
  /** Ends the worker; calls under way reject with DeviceError. */
  dispose(): void;
};

/** How a connection ends. */
export interface ConnectOptions {
  /** Rejects when the worker is gone; every call under way rejects with it. */
  readonly lost?: Promise<never> | undefined;
  /** Ends the worker. */
  readonly close?: (() => void) | undefined;
}

/** The engine behind an endpoint (a Worker or MessagePort) on the other side of which the service is exposed. */
export function connect(endpoint: Comlink.Endpoint, options: ConnectOptions = {}): RemoteEngine {
  const { close } = options;
  let fail: (reason: Error) => void = () => {};
  const disposed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const lost = Promise.race([disposed, ...(options.lost === undefined ? [] : [options.lost])]);
  lost.catch(() => {});
  const service = Comlink.wrap<Service>(endpoint);
  let jobs = 0;

  const run = async (stage: keyof Stages, inputs: readonly unknown[], given: RunOptions) => {
    const { signal, onProgress, ...rest } = given;
    throwIfAborted(signal);
    const job = ++jobs;
    const call = watch(signal, lost, () => service.cancel(job));
    try {
      return await call.until(service.run(job, stage, inputs, rest, listener(onProgress, signal)));
    } finally {
      call.end();
    }
  };
  /** A stage of so many inputs; `first` readies the first of them for the journey. */
  const stage = <Name extends keyof Stages>(
    name: Name,
    inputCount: number,
    first: (input: Parameters<Stages[Name]>[0]) => unknown = (input) => input,
  ) =>
    ((...given: Parameters<Stages[Name]>) => {
      const inputs = [first(given[0]), ...given.slice(1, inputCount)];
      return run(name, inputs, (given[inputCount] ?? {}) as RunOptions);
    }) as Remote<Stages[Name]>;

  const runLayout = stage('layout', 1, bare);
  // A column is read on this side: there is nothing to compute, and columns are dear to copy.
  const runCommunities = stage('communities', 1, bare);

  return {
    readGraph: stage('readGraph', 1),
    layout: (graph, options) => runLayout(graph, options === undefined ? {} : sendable(options)),
    relief: stage('relief', 1),
    communities: async (graph, options = {}) =>
      typeof options.method === 'object' ? communities(graph, options) : runCommunities(graph, options),
    findBridges: stage('findBridges', 2, named),
    connectedCloseness: stage('connectedCloseness', 2, bare),
    measure: stage('measure', 2, bare),
    async createLayout(graph, given = {}) {
      const { signal, onProgress, ...rest } = sendable(given);
      throwIfAborted(signal);
      const job = ++jobs;
      const call = watch(signal, lost, () => service.cancel(job));
      const served = await call.until(service.createLayout(job, bare(graph), rest, listener(onProgress, signal)));
      let device = await call.until(served.device);
      return {
        get device() {
          return device;
        },
        async step(iterations) {
          const step = await call.until(served.step(iterations));
          device = step.device;
          return step;
        },
        read: () => call.until(served.read()),
        hold: (places) => call.until(served.hold(places)),
        change: (changed, kept) => call.until(served.change(bare(changed), kept)),
        dispose() {
          call.end();
          void served.dispose();
          served[Comlink.releaseProxy]();
        },
      };
    },
    async createTilePainter(map, options) {
      const served = await Promise.race([service.createTilePainter(paintable(map), options), lost]);
      return remotePainter(served, map, { lost, prepare: paintable });
    },
    dispose() {
      fail(new IsthmusError('DeviceError', 'The engine in the worker was disposed of.'));
      close?.();
    },
  };
}

function listener(onProgress: RunOptions['onProgress'], signal: AbortSignal | undefined) {
  if (onProgress === undefined) return undefined;
  return Comlink.proxy((progress: Parameters<typeof onProgress>[0]) => {
    if (!signal?.aborted) onProgress(progress);
  });
}

/** Neither a GPU nor a host of threads can be sent: the worker has its own. */
function sendable({ gpu, threadHost, ...options }: LayoutOptions): Omit<LayoutOptions, 'gpu' | 'threadHost'> {
  return gpu === undefined ? options : { device: 'auto', ...options };
}

/** The graph without what only readers look at: names and most columns are dear to copy. */
function bare(graph: PackedGraph): PackedGraph {
  return {
    ...graph,
    ids: [],
    nodes: graph.nodes.filter(({ role }) => role === 'size'),
    edgeColumns: graph.edgeColumns.filter(({ role }) => role === 'weight'),
    attributes: {},
  };
}

/** The graph with the names of its nodes. */
function named(graph: PackedGraph): PackedGraph {
  return { ...bare(graph), ids: graph.ids, nodes: graph.nodes.filter(({ role }) => role === 'label') };
}

/** The map with what is drawn of its graph. */
function paintable(map: GraphMap): GraphMap {
  return { ...map, graph: named(map.graph) };
}
