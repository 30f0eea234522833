import { layoutShaders } from '../../../shaders/index.ts';
import { allocate, readBuffers } from '../../gpu/buffers.ts';
import { type Clock, createClock, type Timing } from '../../gpu/clock.ts';
import { failing, type OpenDevice } from '../../gpu/device.ts';
import { createPass, submit } from '../../gpu/pass.ts';
import type { PackedGraph } from '../../graph/packed-graph.ts';
import type { LayoutState, Run } from '../run.ts';
import type { ForceAtlas2Settings, Repulsion } from '../settings.ts';
import { graphTables } from './graph-tables.ts';
import { createRepulsion, type GpuRepulsion } from './repulsion.ts';
import { packSettings, workgroupSize } from './settings-table.ts';
import { createState, disposeState } from './state.ts';

/** How long one submit may take, in ms: no driver gives up on it, and a page that shares the GPU stays alive. */
const batchTime = 10;
const largestBatch = 256;

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
  const [attractHubs, attract, speed, integrate] = await Promise.all([
    createPass(device, layoutShaders.attractHubs),
    createPass(device, layoutShaders.attract),
    createPass(device, layoutShaders.speed),
    createPass(device, layoutShaders.integrate),
  ]);
  const encode = {
    attractHubs: attractHubs(state),
    attract: attract(state),
    speed: speed(state),
    integrate: integrate(state),
  };
  const repulsions = new Map<Repulsion, GpuRepulsion>();
  let repulsion: GpuRepulsion | undefined;
  let iteration = 0;
  let batch = 1;
  let batchDone = performance.now();
  let lastBatch: Promise<void> = Promise.resolve();
  let clock: Clock | undefined;

  const encodeIterations = (count: number) => (encoder: GPUComputePassEncoder) => {
    for (let k = 0; k < count; k++) encodeIteration(encoder);
  };
  const encodeIteration = (encoder: GPUComputePassEncoder) => {
    encode.attractHubs(encoder, tables.chunkCount);
    encode.attract(encoder, workgroups);
    repulsion?.encode(encoder, iteration);
    encode.speed(encoder, 1);
    encode.integrate(encoder, workgroups);
    iteration++;
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
    async enter(settings) {
      const { nodes, edges } = settings === startSettings ? tables : graphTables(graph, settings);
      device.queue.writeBuffer(state.settings, 0, packSettings(nodeCount, settings));
      device.queue.writeBuffer(state.nodes, 0, nodes);
      device.queue.writeBuffer(state.edges, 0, edges);
      iteration = 0;
      const mode = settings.repulsion;
      repulsion = repulsions.get(mode) ?? (await createRepulsion(device, mode, nodeCount, state));
      repulsions.set(mode, repulsion);
    },
    async advance(atMost) {
      const made = Math.min(atMost, batch);
      const before = lastBatch;
      await guard(async () => {
        const submitted = performance.now();
        submit(device, `${made} iterations`, encodeIterations(made));
        lastBatch = device.queue.onSubmittedWorkDone().then(() => {
          const now = performance.now();
          const fitting = Math.floor((made * batchTime) / (now - Math.max(submitted, batchDone)));
          batch = Math.max(1, Math.min(fitting, 2 * batch, largestBatch));
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
      for (const { dispose } of repulsions.values()) dispose();
      disposeState(state);
      clock?.dispose();
    },
  };
  await run.enter(startSettings);
  return run;
}
