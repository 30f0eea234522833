import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeWire, encodeWire } from '../../engine/hosts/wire.ts';

const roundTrip = (value: unknown): unknown => decodeWire(encodeWire(value));

describe('wire', () => {
  test('carries every kind of typed array, also a part of a larger buffer', () => {
    const value = {
      arrays: [
        Int8Array.of(-1),
        Uint8Array.of(1, 2, 3),
        Uint8ClampedArray.of(255),
        Int16Array.of(-300, 300),
        Uint16Array.of(65535),
        Int32Array.of(-70_000),
        Uint32Array.of(4_000_000_000),
        Float32Array.of(0.5, Number.NaN, -0),
        Float64Array.of(Math.PI, Infinity).subarray(1),
        BigInt64Array.of(-5n),
        BigUint64Array.of(2n ** 63n),
        new Float64Array(0),
      ],
    };
    expect(roundTrip(value)).toStrictEqual(value);
  });

  test('carries what JSON alone would lose', () => {
    const value = {
      none: undefined,
      list: [undefined, null],
      odd: [Number.NaN, Infinity, -Infinity, -0],
      $: 'object',
      text: '\ud800',
    };
    expect(roundTrip(value)).toStrictEqual(value);
    expect(roundTrip(undefined)).toBeUndefined();
  });

  test('carries any plain data, whatever its keys are', () => {
    const key = fc.oneof(fc.constantFrom('$', 'constructor', 'entries'), fc.string());
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'binary' }),
        fc.double(),
        fc.boolean(),
        fc.constant(undefined),
        fc.constant(null),
        fc.float32Array(),
        fc.uint16Array(),
        fc.array(tie('tree')),
        fc.dictionary(key, tie('tree'), { noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        // Not toStrictEqual, which a key named `constructor` confuses.
        expect(isDeepStrictEqual(roundTrip(value), value)).toBe(true);
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  test('keeps a key named __proto__ as data', () => {
    const value = JSON.parse('{"__proto__": {"polluted": true}}');
    const back = roundTrip(value) as object;
    expect(Object.hasOwn(back, '__proto__')).toBe(true);
    expect('polluted' in back).toBe(false);
  });

  test('refuses what is no plain data', () => {
    expect(() => encodeWire({ when: new Date(0) })).toThrow(
      'Only plain data and typed arrays can be sent, but a Date came.',
    );
    expect(() => encodeWire([() => 1])).toThrow('but a function came.');
  });

  test('refuses bytes of another kind, of another version, or cut short', () => {
    const bytes = encodeWire({ values: Float64Array.of(1, 2, 3) });
    expect(() => decodeWire(bytes.subarray(0, bytes.length - 1))).toThrow('cut short');
    expect(() => decodeWire(bytes.subarray(0, 20))).toThrow('cut short');
    expect(() => decodeWire(new Uint8Array(3))).toThrow('These 3 bytes are no Isthmus message.');
    bytes[4] = 9;
    expect(() => decodeWire(bytes)).toThrow('version 9');
  });

  test('refuses a port where only data is expected', () => {
    const { port1 } = new MessageChannel();
    expect(() => encodeWire({ port1 })).toThrow(
      'Only plain data and typed arrays can be sent, but a MessagePort came.',
    );
    const bytes = encodeWire({ port1 }, () => 'near1');
    expect(() => decodeWire(bytes)).toThrow('An Isthmus message holds the port near1, but only data was expected.');
    expect(decodeWire(bytes, () => port1)).toEqual({ port1 });
    port1.close();
  });
});
