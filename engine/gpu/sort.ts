import { sortShaders } from '../../shaders/index.ts';
import { allocate, storageBuffer, uniformBuffer } from './buffers.ts';
import { createPass } from './pass.ts';

/** Keys that one thread takes, digits of a pass, counters of one scan: as shaders/shared/sort.wgsl has them. */
const blockSize = 64;
const digitBits = 5;
const keyBits = 30;
const scanSpan = 4096;

/** Bits of a key that are sorted by: an even number of passes leaves the result where the keys were. */
export type SortedBits = 10 | 20 | 30;

/** A radix sort of uint32 keys with a uint32 value each: stable, and the same on every run. */
export interface Sort {
  readonly keys: GPUBuffer;
  readonly values: GPUBuffer;
  /** Sorts keys and values in place. */
  encode(encoder: GPUComputePassEncoder): void;
  dispose(): void;
}

/**
 * Room and passes for a sort of so many keys below 2³⁰ by their highest bits; the fewer, the fewer dispatches.
 *
 * @throws DeviceError where the device has no room for it.
 */
export async function createSort(device: GPUDevice, keyCount: number, sortedBits: SortedBits = 30): Promise<Sort> {
  const blockCount = Math.ceil(keyCount / blockSize);
  const counterCount = blockCount << digitBits;
  const spanCount = Math.ceil(counterCount / scanSpan);
  const room = (label: string, count: number) => storageBuffer(device, label, 4 * count);
  const { keys, values, spareKeys, spareValues, counters, spans, nothing } = await allocate(device, () => ({
    keys: room('keys', keyCount),
    values: room('values', keyCount),
    spareKeys: room('spare keys', keyCount),
    spareValues: room('spare values', keyCount),
    counters: room('sort counters', counterCount),
    spans: room('sort spans', spanCount),
    nothing: room('no spans', 1),
  }));
  // Nothing comes before a single span, so its sum need not be looked at.
  const spansBefore = spanCount > 1 ? spans : nothing;
  const [count, scanSpans, scanSums, scatter] = await Promise.all([
    createPass(device, sortShaders.count),
    createPass(device, sortShaders.scanSpans),
    createPass(device, sortShaders.scanSums),
    createPass(device, sortShaders.scatter),
  ]);
  const tables = Array.from({ length: sortedBits / digitBits }, (_, pass) => {
    const shift = keyBits - sortedBits + pass * digitBits;
    return uniformBuffer(device, 'sort', Uint32Array.of(keyCount, blockCount, shift, counterCount));
  });
  const steps = tables.map((sort, pass) => {
    const from = pass % 2 === 0 ? { keys, values } : { keys: spareKeys, values: spareValues };
    const [sortedKeys, sortedValues] = pass % 2 === 0 ? [spareKeys, spareValues] : [keys, values];
    return {
      count: count({ sort, keys: from.keys, counters }),
      scanSpans: scanSpans({ sort, counters, spans }),
      scanSums: scanSums({ sort, spans }),
      scatter: scatter({ sort, ...from, counters, spans: spansBefore, sortedKeys, sortedValues }),
    };
  });
  const workgroups = Math.ceil(blockCount / 64);
  return {
    keys,
    values,
    encode(encoder) {
      for (const step of steps) {
        step.count(encoder, workgroups);
        step.scanSpans(encoder, spanCount);
        if (spanCount > 1) step.scanSums(encoder, 1);
        step.scatter(encoder, workgroups);
      }
    },
    dispose() {
      for (const buffer of [keys, values, spareKeys, spareValues, counters, spans, nothing, ...tables])
        buffer.destroy();
    },
  };
}
