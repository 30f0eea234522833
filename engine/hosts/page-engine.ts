import { IsthmusError } from '../base/errors.ts';
import { connect, type RemoteEngine } from './remote.ts';

/** The engine in a page's worker: `createPageEngine(new Worker(new URL('…/worker.js', import.meta.url), { type: 'module' }))`. */
export function createPageEngine(worker: Worker): RemoteEngine {
  const lost = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) => {
      reject(new IsthmusError('DeviceError', `The worker failed: ${message || 'its script could not be loaded'}.`));
    });
  });
  return connect(worker, { lost, close: () => worker.terminate() });
}
