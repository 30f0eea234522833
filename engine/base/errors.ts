/**
 * What went wrong, in a word. It travels in `error.name`, the only own field of an error that survives comlink and
 * structured cloning.
 *
 * - `InputError`: a file or value from outside is not what it should be (exit code 1)
 * - `UsageError`: the call or command line makes no sense (exit code 2)
 * - `DeviceError`: a GPU, browser or worker is missing or failed
 * - `AbortError`: the caller asked to stop (exit code 130)
 */
export type ErrorKind = 'InputError' | 'UsageError' | 'DeviceError' | 'AbortError';

/** An error that a person is meant to read: one sentence that says what came and what was expected. */
export class IsthmusError extends Error {
  constructor(kind: ErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = kind;
  }
}

/** True for an error of that kind, also after it crossed a worker as a plain `Error`. */
export function isErrorOfKind(error: unknown, kind: ErrorKind): boolean {
  return error instanceof Error && error.name === kind;
}
