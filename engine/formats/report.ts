import { IsthmusError } from '../base/errors.ts';

/** Something in a file that was repaired or ignored. */
export interface Warning {
  /** One sentence with the count. */
  readonly message: string;
  readonly count: number;
  /** The line of the first occurrence, from 1. */
  readonly line?: number | undefined;
}

/** Collects a file's warnings, one for each kind, and words its errors. */
export class Report {
  /** The name of the file that is read now, which starts each error. */
  name: string;
  readonly #kinds = new Map<string, { count: number; line: number | undefined; sentence: (count: number) => string }>();

  constructor(name: string) {
    this.name = name;
  }

  /** The error to throw: `name:line: message`. */
  error(line: number | undefined, message: string): IsthmusError {
    return new IsthmusError(
      'InputError',
      line === undefined ? `${this.name}: ${message}` : `${this.name}:${line}: ${message}`,
    );
  }

  /** Counts one more of a kind, or `times` more; `sentence` words the warning in the end. */
  warn(kind: string, line: number | undefined, sentence: (count: number) => string, times = 1): void {
    const known = this.#kinds.get(kind);
    if (known === undefined) this.#kinds.set(kind, { count: times, line, sentence });
    else known.count += times;
  }

  /** What was repaired or ignored so far, in the order of first occurrence. */
  warnings(): Warning[] {
    return [...this.#kinds.values()].map(({ count, line, sentence }) => ({
      message: sentence(count),
      count,
      ...(line === undefined ? {} : { line }),
    }));
  }
}

/** `1 edge`, `2 edges`; `plural` where an s is not enough. */
export function counted(count: number, singular: string, plural = singular + 's'): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** `was` after one, `were` after others. */
export function were(count: number): string {
  return count === 1 ? 'was' : 'were';
}

/** A piece of a file in quotation marks for a message: control characters escaped, cut at 60 characters. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? text.slice(0, 59) + '…' : text);
}
