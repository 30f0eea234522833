import type { BenchResult } from '../../engine/index.ts';

/**
 * Reads a result file, as far as this page shows it; the schema in docs/bench-schema.json asks for more.
 *
 * @throws Error with a sentence that names the file.
 */
export function readResult(text: string, name: string): BenchResult {
  const value = parse(text, name);
  const schema = isRecord(value) ? value['schema'] : undefined;
  if (schema !== 'isthmus-bench/1') {
    const found = typeof schema === 'string' ? `has the schema ${schema}` : 'is no result of isthmus bench';
    throw new Error(`${name} ${found}; expected isthmus-bench/1.`);
  }
  if (!isResult(value)) throw new Error(`${name} says that it is isthmus-bench/1, but lacks some of its fields.`);
  return value;
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${name} is not JSON.`);
  }
}

type Shape = { readonly [key: string]: 'string' | 'number' | 'boolean' | Shape };

const row: Shape = { device: 'string', isSoftware: 'boolean', nodes: 'number', edges: 'number' };
const timings: Shape = { wall: { median: 'number' } };
const lists: Readonly<Record<string, Shape>> = {
  devices: { kind: 'string', name: 'string', isSoftware: 'boolean' },
  layout: {
    ...row,
    repulsion: 'string',
    millisecondsPerIteration: timings,
    error: { medianRelative: 'number', relativeL2: 'number' },
  },
  relief: {
    ...row,
    cells: 'number',
    milliseconds: timings,
    roundTrip: { median: 'number' },
    error: { largestShareOfPeak: 'number' },
  },
  skipped: { device: 'string', nodes: 'number', edges: 'number', reason: 'string' },
};
const head: Shape = { version: 'string', date: 'string', machine: { runtime: 'string', cpu: 'string' } };

function isResult(value: unknown): value is BenchResult {
  if (!fits(value, head) || !isRecord(value)) return false;
  return Object.entries(lists).every(([name, shape]) => {
    const list = value[name];
    return Array.isArray(list) && list.every((entry) => fits(entry, shape) && hasTimestamps(entry));
  });
}

function fits(value: unknown, shape: Shape): boolean {
  if (!isRecord(value)) return false;
  return Object.entries(shape).every(([key, kind]) =>
    typeof kind === 'string' ? typeof value[key] === kind : fits(value[key], kind),
  );
}

/** A timestamp is a time or null. */
function hasTimestamps(entry: Readonly<Record<string, unknown>>): boolean {
  const times = entry['millisecondsPerIteration'] ?? entry['milliseconds'];
  if (!isRecord(times)) return true;
  return times['timestamp'] === null || fits(times['timestamp'], { median: 'number' });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
