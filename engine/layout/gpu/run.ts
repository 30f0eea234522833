import { layoutShaders } from '../../../shaders/index.ts';
import { allocate, readBuffers } from '../../gpu/buffers.ts';
import { type Clock, createClock, type Timing } from '../../gpu/clock.ts';
import { failing, type OpenDevice } from '../../gpu/device.ts';
import { createPass, submit } from '../../gpu/pass.ts';
import type { PackedGraph } from '../../graph/packed-graph.ts';
import type { LayoutState, Run } from '../run.ts';
import type { ForceAtlas2Settings, Repulsion } from '../settings.ts';
import { graphTables, reachOf } from './graph-tables.ts';
import { createHold } from './hold.ts';
import type { GpuRepulsion, Part } from './repel.ts';
import { createRepulsion, modeOf } from './repulsion.ts';
import { packSettings, workgroupSize } from './settings-table.ts';
import { createState, disposeState, placeState } from './state.ts';

/** How long one submit may take, in ms: no driver gives up on it, and a page that shares the GPU stays alive. */
const batchTime = 10;
const largestBatch = 256;

/** Pairs of nodes that a slow GPU sums up in that time. */
const firstPairs = 1e9;

/** A run on a GPU, which can be timed. */
export interface GpuRun extends Run {
  /** Makes that many iterations in one submit and times them. @throws DeviceError if the device failed. */
  time(iterations: number): Promise<Timing>;
}

/**
 * ForceAtlas2 on a GPU, from this state, with the forces of the iteration before taken as 0. The state stays there; a
 * call of `advance` is one submit of some 10 ms, and returns when the one before is done: the next is then encoded while
 * the GPU computes.
 *
 * @throws DeviceError where the device has no room for the graph or cannot compile a shader; so do its calls if the
 * device failed.
 */
export async function createGpuRun(
  { device, check }: OpenDevice,
  graph: PackedGraph,
  start: LayoutState,
  startSettings: ForceAtlas2Settings,
): Promise<GpuRun> {
  const { nodeCount } = graph;
  const tables = graphTables(graph, startSettings);
  const state = await allocate(device, () => createState(device, tables, start.positions, start.speed));
  const workgroups = Math.ceil(nodeCount / workgroupSize);
  const [attractHubs, attract, speed, integrate, momentum] = await Promise.all([
    createPass(device, layoutShaders.attractHubs),
    createPass(device, layoutShaders.attract),
    createPass(device, layoutShaders.speed),
    createPass(device, layoutShaders.integrate),
    createPass(device, layoutShaders.momentum),
  ]);
  const encode = {
    attractHubs: attractHubs(state),
    attract: attract(state),
    speed: speed(state),
    integrate: integrate(state),
    momentum: momentum(state),
  };
  const hold = await createHold(device, state);
  const repulsions = new Map<Repulsion, GpuRepulsion>();
  let repulsion: GpuRepulsion | undefined;
  let reach = 0;
  let isMomentum = false;
  let iteration = 0;
  /** Iterations that fit into one submit; where one does not, the part of it that does. */
  let batch = 1;
  let batchDone = performance.now();
  let lastBatch: Promise<void> = Promise.resolve();
  let clock: Clock | undefined;

  const encodeIterations = (count: number) => (encoder: GPUComputePassEncoder) => {
    for (let k = 0; k < count; k++) encodePart({ number: 0, of: 1 })(encoder);
  };
  const encodePart = (part: Part) => (encoder: GPUComputePassEncoder) => {
    if (part.number === 0) {
      encode.attractHubs(encoder, tables.chunkCount);
      encode.attract(encoder, workgroups);
    }
    repulsion?.encode(encoder, iteration, part);
    if (part.number < part.of - 1) return;
    hold.encode(encoder);
    // The momentum rule measures while it moves, Gephi's moves by what it measured.
    if (isMomentum) encode.momentum(encoder, workgroups);
    encode.speed(encoder, 1);
    if (!isMomentum) encode.integrate(encoder, workgroups);
    iteration++;
  };
  /** Submits iterations that fit into one submit, or one iteration in as many as it needs. */
  const submitIterations = async (count: number) => {
    const of = Math.min(Math.ceil(1 / batch), repulsion?.divisibleBy ?? 1);
    if (of <= 1) return submit(device, `${count} iterations`, encodeIterations(count));
    for (let number = 0; number < of; number++) {
      submit(device, `part ${number + 1} of ${of} of an iteration`, encodePart({ number, of }));
      if (number < of - 1) await device.queue.onSubmittedWorkDone();
    }
  };
  const guard = <T>(work: () => Promise<T>) =>
    failing('The GPU could not go on', async () => {
      try {
        return await work();
      } finally {
        // Tells more than the error of a buffer that was lost with its device.
        check();
      }
    });
  const run: GpuRun = {
    get repulsion() {
      return repulsion?.runs ?? startSettings.repulsion;
    },
    async enter(settings, from) {
      const entered = settings === startSettings ? tables : graphTables(graph, settings);
      const { nodes, edges } = entered;
      device.queue.writeBuffer(state.settings, 0, packSettings(nodeCount, settings, entered.spacing));
      device.queue.writeBuffer(state.nodes, 0, nodes);
      device.queue.writeBuffer(state.edges, 0, edges);
      if (from !== undefined) {
        placeState(device, state, from.positions, from.speed);
        hold.restore();
      }
      iteration = 0;
      isMomentum = settings.rule === 'momentum';
      const mode = modeOf(settings, nodeCount);
      repulsion = repulsions.get(mode) ?? (await createRepulsion(device, mode, nodeCount, state));
      repulsions.set(mode, repulsion);
      if (repulsion.divisibleBy !== undefined) batch = Math.min(batch, firstPairs / nodeCount ** 2);
      reach = reachOf(entered, settings);
      await guard(async () => repulsion?.review?.(iteration, reach));
    },
    hold: hold.take,
    async advance(atMost) {
      const before = lastBatch;
      let made = 1;
      await guard(async () => {
        if (iteration > 0) await repulsion?.review?.(iteration, reach);
        made = Math.min(atMost, Math.max(1, Math.floor(batch)), repulsion?.untilReview?.(iteration) ?? Infinity);
        const submitted = performance.now();
        await submitIterations(made);
        lastBatch = device.queue.onSubmittedWorkDone().then(() => {
          const now = performance.now();
          const fitting = (made * batchTime) / (now - Math.max(submitted, batchDone));
          batch = Math.min(fitting, Math.max(1, 2 * batch), largestBatch);
          batchDone = now;
        });
        // Awaited by the next call, or by nobody once the run is disposed of.
        lastBatch.catch(() => {});
        await before;
      });
      return made;
    },
    async read() {
      const [xy, numbers] = await guard(() =>
        readBuffers(device, [
          { buffer: state.positions, bytes: 8 * nodeCount },
          { buffer: state.speed, bytes: 16 },
        ]),
      );
      const [pace, efficiency, swinging, traction] = new Float32Array(numbers);
      return { positions: new Float32Array(xy), speed: { speed: pace, efficiency, swinging, traction } };
    },
    time(iterations) {
      clock ??= createClock(device);
      const { time } = clock;
      return guard(() => time(`${iterations} iterations`, encodeIterations(iterations)));
    },
    dispose() {
      for (const each of repulsions.values()) each.dispose();
      hold.dispose();
      disposeState(state);
      clock?.dispose();
    },
  };
  await run.enter(startSettings);
  return run;
}
