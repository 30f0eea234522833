import { IsthmusError } from '../../base/errors.ts';
import { readBuffers } from '../../gpu/buffers.ts';
import { type Clock, createClock } from '../../gpu/clock.ts';
import { failing, type OpenDevice } from '../../gpu/device.ts';
import { submit } from '../../gpu/pass.ts';
import type { Positions } from '../../graph/packed-graph.ts';
import { checkHillshade, defaultHillshade, type HillshadeSettings } from '../hillshade.ts';
import { exaggerationOf, planRelief, type Relief, type ReliefOptions, relief as reliefOnCpu } from '../relief.ts';
import { encodeRelief, type ReliefJob, writeUniforms } from './encode.ts';
import { latticeFor } from './lattice.ts';
import { type Capacity, createReliefPasses, createResources, type Resources } from './resources.ts';

/** What a relief on a GPU is made of. */
export interface GpuReliefOptions extends ReliefOptions {
  /** Light the relief too. */
  readonly hillshade?: HillshadeSettings | undefined;
}

/** A relief, and the light on its cells where that was asked for, as `hillshade` gives it. */
export interface LitRelief extends Relief {
  readonly lights: Float32Array | undefined;
}

/** How long the passes of one relief take, from the first to the last. */
export interface ReliefTiming {
  /** Milliseconds by the GPU's timestamps; undefined where it has none. */
  readonly timestamp: number | undefined;
  /** Milliseconds until the queue had done a batch, shared out. */
  readonly wall: number;
}

/** Makes reliefs on one GPU; it holds buffers there until disposed of. */
export interface GpuRelief {
  /**
   * The relief under a laid-out graph, as on the CPU, to 0.1 % of the peak; the same input gives the same bits.
   *
   * @throws UsageError and InputError as `relief` does; DeviceError that names size and limit where the spread is so
   *   narrow, or the field so large, that the device can't hold it, and if the device is lost.
   */
  relief(positions: Positions, options?: GpuReliefOptions): Promise<LitRelief>;
  /** Runs the passes of the last relief so many times more, without reading them back. */
  time(times: number): Promise<ReliefTiming>;
  dispose(): void;
}

/**
 * Readies a device for reliefs: the same splines and Fourier transform as on the CPU (`density`), in single precision.
 * Weights are summed in whole numbers, so that the order in which a GPU gets round to them does not matter.
 *
 * @throws DeviceError if the device can't compile the passes.
 */
export async function createGpuRelief(open: OpenDevice): Promise<GpuRelief> {
  const { device } = open;
  const passes = await createReliefPasses(device);
  let resources: Resources | undefined;
  let encodeLast: ((encoder: GPUComputePassEncoder) => void) | undefined;
  let clock: Clock | undefined;
  /** So many of the weights on the device are 1, from the first on. */
  let ones = 0;
  const resourcesFor = (wanted: Capacity): Resources => {
    if (resources === undefined || !holds(resources.capacity, wanted)) {
      resources?.dispose();
      resources = undefined;
      encodeLast = undefined;
      ones = 0;
      resources = createResources(device, passes, wanted);
    }
    return resources;
  };
  const writeWeights = (own: Resources, nodes: number, weights: Float32Array | undefined) => {
    if (weights === undefined && ones >= nodes) return;
    device.queue.writeBuffer(own.weights, 0, weights ?? new Float32Array(nodes).fill(1));
    ones = weights === undefined ? nodes : 0;
  };
  const readRelief = async (own: Resources, { grid, isLit }: ReliefJob): Promise<LitRelief> => {
    const { width, height, box } = grid;
    const bytes = 4 * width * height;
    const parts = [
      { buffer: own.heights, bytes },
      { buffer: own.summits, bytes: 16 },
      { buffer: own.lights, bytes: isLit ? bytes : 0 },
    ];
    // A device that was lost says so itself, better than the error of a buffer that went with it.
    const [heights, summit, lights] = await failing('The relief could not be read', () =>
      readBuffers(device, parts).finally(open.check),
    );
    const [sum, squares, peak] = new Float32Array(summit);
    // The passes count slopes from cell to cell, and the map is √(width · height) square cells wide.
    const exaggeration = exaggerationOf({ sum, squares, peak, cells: width * height }, Math.sqrt(width * height));
    const field = { width, height, box, values: new Float32Array(heights) };
    return { field, peak, exaggeration, lights: isLit ? new Float32Array(lights) : undefined };
  };
  return {
    async relief(positions, options = {}) {
      const nodes = positions.length / 2;
      const plan = planRelief(positions, options);
      const total = options.weights?.reduce((sum, weight) => sum + weight, 0) ?? nodes;
      if (!(total > 0)) return { ...reliefOnCpu(positions, options), lights: undefined };
      const light = options.hillshade ?? defaultHillshade;
      checkHillshade(light);
      const lattice = latticeFor(plan, plan.spread);
      // Some to spare: while a layout moves, the shape of its map changes a little all the time.
      const cells = Math.ceil((plan.width * plan.height) / spareCells) * spareCells;
      const { periodX, periodY } = lattice;
      const own = resourcesFor({ periodX, periodY, kernel: plan.kernel ?? 'cauchy', nodes, cells });
      const job: ReliefJob = { grid: plan, lattice, nodes, total, light, isLit: options.hillshade !== undefined };
      device.queue.writeBuffer(own.positions, 0, positions);
      writeWeights(own, nodes, options.weights);
      writeUniforms(device, own, job);
      encodeLast = (encoder) => encodeRelief(encoder, own, job);
      submit(device, 'relief', encodeLast);
      return await readRelief(own, job);
    },
    async time(times) {
      const last = encodeLast;
      if (last === undefined) throw new IsthmusError('UsageError', 'There is no relief yet to time.');
      const encode = (encoder: GPUComputePassEncoder) => {
        for (let k = 0; k < times; k++) last(encoder);
      };
      clock ??= createClock(device);
      const begun = performance.now();
      submit(device, 'relief', encode);
      await device.queue.onSubmittedWorkDone();
      const wall = (performance.now() - begun) / times;
      const timing = await clock.time('relief', encode);
      open.check();
      return { wall, timestamp: timing.clock === 'timestamp' ? timing.milliseconds / times : undefined };
    },
    dispose() {
      resources?.dispose();
      clock?.dispose();
    },
  };
}

const spareCells = 1 << 16;

/** Whether buffers made for `capacity` serve `wanted`. */
function holds(capacity: Capacity, wanted: Capacity): boolean {
  return (
    capacity.periodX === wanted.periodX &&
    capacity.periodY === wanted.periodY &&
    capacity.kernel === wanted.kernel &&
    capacity.nodes >= wanted.nodes &&
    capacity.cells >= wanted.cells
  );
}
