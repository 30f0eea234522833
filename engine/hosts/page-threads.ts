import { serveForces, type ThreadHost, type ThreadStart } from '../layout/cpu/threads.ts';

/** The name of workers that help with forces. */
const helperName = 'isthmus-forces';

/** Workers inside this one, of the same script; undefined where the page is not cross-origin isolated and can't share memory. */
export function createPageThreadHost(): ThreadHost | undefined {
  if (!globalThis.crossOriginIsolated) return undefined;
  return {
    available: navigator.hardwareConcurrency,
    open(start) {
      const worker = new Worker(location.href, { type: 'module', name: helperName });
      worker.postMessage(start);
      return () => worker.terminate();
    },
  };
}

/** Helps with forces, once told to, if that is what this worker was opened for. */
export function serveForcesInPage(): boolean {
  if (self.name !== helperName) return false;
  addEventListener(
    'message',
    ({ data }: MessageEvent<ThreadStart>) => {
      serveForces(data);
      close();
    },
    { once: true },
  );
  return true;
}
