import { IsthmusError } from './errors.ts';

/** How far a stage has come: `done` of `total`, in units of the stage (bytes, iterations, edges). */
export interface Progress {
  readonly stage: string;
  readonly done: number;
  /** 0 where the end is not known. */
  readonly total: number;
}

/** What every long-running call accepts. */
export interface RunOptions {
  /** Aborts the call, which then rejects with an `AbortError`; nothing is left half-done. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Throws an `AbortError` if the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new IsthmusError('AbortError', 'Stopped on request.');
}
