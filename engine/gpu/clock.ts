import { readBuffers } from './buffers.ts';
import { submit } from './pass.ts';

/** How long work took, and by which clock: the GPU's own timestamps, or wall time until the queue had done it. */
export interface Timing {
  readonly milliseconds: number;
  readonly clock: 'timestamp' | 'wall';
}

/** Times compute passes. */
export interface Clock {
  /** Submits what `encode` puts into one compute pass and waits for it; work submitted before must be done. */
  time(label: string, encode: (encoder: GPUComputePassEncoder) => void): Promise<Timing>;
  dispose(): void;
}

const queryResolve = 0x200 | 0x4; // GPUBufferUsage.QUERY_RESOLVE | COPY_SRC: Node has no global of that name.

/** A clock by timestamp queries where the device has them, else by `onSubmittedWorkDone`. */
export function createClock(device: GPUDevice): Clock {
  if (!device.features.has('timestamp-query')) {
    return {
      async time(label, encode) {
        const begun = performance.now();
        submit(device, label, encode);
        await device.queue.onSubmittedWorkDone();
        return { milliseconds: performance.now() - begun, clock: 'wall' };
      },
      dispose() {},
    };
  }
  const querySet = device.createQuerySet({ label: 'clock', type: 'timestamp', count: 2 });
  const times = device.createBuffer({ label: 'clock', size: 16, usage: queryResolve });
  return {
    async time(label, encode) {
      submit(device, label, encode, { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 });
      const commands = device.createCommandEncoder({ label: 'clock' });
      commands.resolveQuerySet(querySet, 0, 2, times, 0);
      device.queue.submit([commands.finish()]);
      const [bytes] = await readBuffers(device, [{ buffer: times, bytes: 16 }]);
      const [begun, ended] = new BigUint64Array(bytes);
      return { milliseconds: Number(ended - begun) / 1e6, clock: 'timestamp' };
    },
    dispose() {
      querySet.destroy();
      times.destroy();
    },
  };
}
