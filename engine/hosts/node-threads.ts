import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { serveForces, type ThreadHost, type ThreadStart } from '../layout/cpu/threads.ts';

/** What a worker gets that is to help with forces. */
interface ForcesData {
  readonly forces: ThreadStart;
}

/** Threads of Node from the worker's module, which must call `serveForcesFrom` with its data first. */
export function createNodeThreadHost(url: URL): ThreadHost {
  return {
    available: availableParallelism(),
    open(forces) {
      const worker = new Worker(url, { workerData: { forces } satisfies ForcesData });
      worker.unref();
      // Whoever takes part does; a thread that can't is not missed.
      worker.on('error', () => {});
      return () => void worker.terminate();
    },
  };
}

/** Helps with forces if that is what this worker was opened for. */
export function serveForcesFrom(workerData: unknown): boolean {
  if (typeof workerData !== 'object' || workerData === null || !('forces' in workerData)) return false;
  serveForces((workerData as ForcesData).forces);
  return true;
}
