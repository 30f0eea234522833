import { IsthmusError } from '../base/errors.ts';

/**
 * Plain data as bytes, for hosts between which structured cloning does not reach. The layout, little-endian:
 * the magic `ISTW`, a version (uint32), the length of the head (uint32), four bytes of 0, the head (JSON, UTF-8), and
 * then each typed array on a boundary of 8 bytes. In the head `{"$": kind, at, length}` stands for a typed array of
 * `length` elements `at` bytes after the head, `{"$": "undefined"}` for undefined, and `{"$": "object", entries}` for an
 * object with a key `$` of its own. Numbers that JSON lacks (NaN, ±Infinity, −0) travel as `{"$": "number", text}`, and a
 * port by the name that its hosts gave it, as `{"$": "port", name}`.
 */
const magic = 0x57545349;
const version = 1;
const preamble = 16;

const arrays = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;

type ArrayKind = keyof typeof arrays;

/**
 * Packs plain data: numbers, strings, booleans, null, undefined, arrays, plain objects and typed arrays; ports too where
 * `nameOf` names them.
 *
 * @throws UsageError for anything else.
 */
export function encodeWire(value: unknown, nameOf?: (port: MessagePort) => string): Uint8Array<ArrayBuffer> {
  const tail: { readonly at: number; readonly view: ArrayBufferView }[] = [];
  let tailLength = 0;
  const reference: Reference = {
    array(view, kind) {
      const at = tailLength;
      tail.push({ at, view });
      tailLength = aligned(at + view.byteLength);
      return { $: kind, at, length: (view as Uint8Array).length };
    },
    port: nameOf && ((port) => ({ $: 'port', name: nameOf(port) })),
  };
  const head = new TextEncoder().encode(JSON.stringify(pack(value, reference)));
  const start = aligned(preamble + head.length);
  const bytes = new Uint8Array(start + tailLength);
  const fields = new DataView(bytes.buffer);
  for (const [i, field] of [magic, version, head.length].entries()) fields.setUint32(4 * i, field, true);
  bytes.set(head, preamble);
  for (const { at, view } of tail) {
    bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), start + at);
  }
  return bytes;
}

/**
 * Unpacks what `encodeWire` packed; typed arrays own their memory, and `portNamed` gives the ports.
 *
 * @throws InputError if the bytes are something else or cut short, or hold a port where none is expected.
 */
export function decodeWire(bytes: Uint8Array, portNamed: (name: string) => MessagePort = refusePort): unknown {
  const fields = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < preamble || fields.getUint32(0, true) !== magic) {
    throw new IsthmusError('InputError', `These ${bytes.length} bytes are no Isthmus message.`);
  }
  if (fields.getUint32(4, true) !== version) {
    const message = `This is an Isthmus message of version ${fields.getUint32(4, true)}, but only version ${version} is read.`;
    throw new IsthmusError('InputError', message);
  }
  const headEnd = preamble + fields.getUint32(8, true);
  const start = aligned(headEnd);
  const arrayAt: Resolution['arrayAt'] = (kind, at, length) => {
    const TypedArray = arrays[kind as ArrayKind];
    const from = start + at;
    const end = from + length * TypedArray.BYTES_PER_ELEMENT;
    if (end > bytes.length) throw cutShort(bytes.length, end);
    return new TypedArray(bytes.slice(from, end).buffer);
  };
  if (headEnd > bytes.length) throw cutShort(bytes.length, headEnd);
  return unpack(JSON.parse(new TextDecoder().decode(bytes.subarray(preamble, headEnd))), { arrayAt, portNamed });
}

/** What stands in the head for what JSON cannot hold. */
interface Reference {
  array(view: ArrayBufferView, kind: ArrayKind): unknown;
  readonly port: ((port: MessagePort) => unknown) | undefined;
}

function pack(value: unknown, reference: Reference): unknown {
  if (value === undefined) return { $: 'undefined' };
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : packNumber(value);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((element) => pack(element, reference));
  if (ArrayBuffer.isView(value) && value.constructor.name in arrays) {
    return reference.array(value, value.constructor.name as ArrayKind);
  }
  if (reference.port !== undefined && value instanceof MessagePort) return reference.port(value);
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) {
    const kind = typeof value === 'object' ? value.constructor.name : typeof value;
    throw new IsthmusError('UsageError', `Only plain data and typed arrays can be sent, but a ${kind} came.`);
  }
  const entries = Object.entries(value).map(([key, field]) => [key, pack(field, reference)] as const);
  return Object.hasOwn(value, '$') ? { $: 'object', entries } : Object.fromEntries(entries);
}

function packNumber(value: number): unknown {
  return { $: 'number', text: Object.is(value, -0) ? '-0' : String(value) };
}

/** What stood for what in the head. */
interface Resolution {
  arrayAt(kind: string, at: number, length: number): unknown;
  portNamed(name: string): MessagePort;
}

function unpack(value: unknown, resolution: Resolution): unknown {
  if (Array.isArray(value)) return value.map((element) => unpack(element, resolution));
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Readonly<Record<string, never>>;
  switch (fields['$']) {
    case undefined:
      return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, unpack(field, resolution)]));
    case 'undefined':
      return undefined;
    case 'number':
      return Number(fields['text']);
    case 'object':
      return Object.fromEntries(
        (fields['entries'] as readonly [string, unknown][]).map(([key, field]) => [key, unpack(field, resolution)]),
      );
    case 'port':
      return resolution.portNamed(fields['name']);
    default:
      return resolution.arrayAt(fields['$'], fields['at'], fields['length']);
  }
}

function refusePort(name: string): never {
  throw new IsthmusError('InputError', `An Isthmus message holds the port ${name}, but only data was expected.`);
}

function aligned(length: number): number {
  return Math.ceil(length / 8) * 8;
}

function cutShort(length: number, expected: number): IsthmusError {
  const message = `An Isthmus message was cut short: ${length} bytes came, but at least ${expected} were expected.`;
  return new IsthmusError('InputError', message);
}
