import { SHARE_ENV, Worker } from 'node:worker_threads';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { IsthmusError } from '../base/errors.ts';
import { connect, type RemoteEngine } from './remote.ts';

/** The engine in a thread of its own in Node; `url` names the built worker. Dispose of it, or the process stays. */
export function createNodeEngine(url: URL | string = new URL('./node-worker.js', import.meta.url)): RemoteEngine {
  // A driver for WebGPU is chosen by the environment of the process; a worker's own copy of it reaches none.
  const worker = new Worker(url, { env: SHARE_ENV });
  const lost = new Promise<never>((_, reject) => {
    worker.once('error', (cause: Error) => {
      reject(new IsthmusError('DeviceError', `The worker thread failed: ${cause.message}`, { cause }));
    });
    worker.once('exit', (code) =>
      reject(new IsthmusError('DeviceError', `The worker thread ended with code ${code}.`)),
    );
  });
  return connect(nodeEndpoint(worker), { lost, close: () => void worker.terminate() });
}
