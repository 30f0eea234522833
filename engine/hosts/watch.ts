import { IsthmusError } from '../base/errors.ts';

/** Runs `cancel` when the signal fires; `until` turns a promise into one that ends with the signal or the worker. */
export function watch(signal: AbortSignal | undefined, lost: Promise<never>, cancel: () => unknown) {
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      void cancel();
      reject(new IsthmusError('AbortError', 'Stopped on request.'));
    };
  });
  aborted.catch(() => {});
  signal?.addEventListener('abort', abort, { once: true });
  return {
    until: <T>(work: PromiseLike<T>): Promise<T> => Promise.race([work, aborted, lost]),
    end: () => signal?.removeEventListener('abort', abort),
  };
}
