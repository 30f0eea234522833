import { isErrorOfKind } from '../base/errors.ts';
import { type OpenDevice, openDevice } from '../gpu/device.ts';
import type { Positions } from '../graph/packed-graph.ts';
import type { DeviceChoice } from '../layout/layout.ts';
import { createGpuRelief, type GpuRelief } from '../relief/gpu/relief.ts';
import { type Relief, type ReliefOptions, relief } from '../relief/relief.ts';

/** Opens the GPU of this thread, for work on that device; undefined where there is none. */
export type OpenGpu = (device: 'auto' | 'gpu') => Promise<GPU | undefined>;

/** A relief in another thread. */
export interface WorkerReliefOptions extends ReliefOptions {
  /** `auto`: on a real GPU if there is one; `gpu`: on any; where it fails, on the CPU. Default `cpu`. */
  readonly device?: DeviceChoice | undefined;
}

interface Ground {
  readonly opened: OpenDevice;
  readonly maker: GpuRelief;
}

/**
 * Reliefs of one worker, whose GPU is opened with the first that asks for it and kept: its passes are compiled once. After
 * a failure the CPU makes them all.
 */
export function createWorkerRelief(
  openGpu: OpenGpu,
): (positions: Positions, options?: WorkerReliefOptions) => Promise<Relief> {
  const grounds = new Map<DeviceChoice, Promise<Ground | undefined>>();
  const onGpu = async (device: 'auto' | 'gpu', positions: Positions, options: ReliefOptions) => {
    const ground = grounds.get(device) ?? openGround(openGpu, device);
    grounds.set(device, ground);
    try {
      return await (await ground)?.maker.relief(positions, options);
    } catch (error) {
      if (!isErrorOfKind(error, 'DeviceError')) throw error;
      grounds.set(device, Promise.resolve(undefined));
      await ground.then((lost) => lost?.opened.dispose()).catch(() => undefined);
      return undefined;
    }
  };
  return async (positions, { device = 'cpu', ...options } = {}) => {
    const made = device === 'cpu' ? undefined : await onGpu(device, positions, options);
    if (made === undefined) return relief(positions, options);
    const { field, peak, exaggeration } = made;
    return { field, peak, exaggeration };
  };
}

/** The GPU for that choice, readied; undefined where `auto` leaves a software one alone. @throws DeviceError. */
async function openGround(openGpu: OpenGpu, device: 'auto' | 'gpu'): Promise<Ground | undefined> {
  const opened = await openDevice(await openGpu(device));
  try {
    if (device === 'gpu' || !opened.adapter.isSoftware) return { opened, maker: await createGpuRelief(opened) };
    opened.dispose();
    return undefined;
  } catch (error) {
    opened.dispose();
    throw error;
  }
}
