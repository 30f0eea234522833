import type { Milliseconds, Timings } from './result.ts';

/** One measurement, in milliseconds. */
export interface Measured {
  readonly wall: number;
  readonly timestamp: number | undefined;
}

/** The median of all measurements, and the least. */
export function timingsOf(measured: readonly Measured[]): Timings {
  const stamps = measured.map(({ timestamp }) => timestamp).filter((stamp) => stamp !== undefined);
  return {
    wall: millisecondsOf(measured.map(({ wall }) => wall)),
    timestamp: stamps.length === 0 ? null : millisecondsOf(stamps),
  };
}

export function millisecondsOf(times: readonly number[]): Milliseconds {
  return { median: median(times), least: Math.min(...times) };
}

/** The middle value, of an even number the upper one; 0 of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Runs work that many times, one after another. */
export async function repeat<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let k = 0; k < times; k++) results.push(await work());
  return results;
}

/** How long work takes by the clock on the wall. */
export async function wallTime(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
