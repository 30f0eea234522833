import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { allocate, filledBuffer, readBuffers, storageBuffer } from '../../engine/gpu/buffers.ts';
import { createClock } from '../../engine/gpu/clock.ts';
import { nameOf, type OpenDevice, openDevice } from '../../engine/gpu/device.ts';
import { createPass, submit } from '../../engine/gpu/pass.ts';
import { createSort } from '../../engine/gpu/sort.ts';
import { testGpu } from '../support/gpu.ts';

let gpu: GPU;
let opened: OpenDevice;
beforeAll(async () => {
  gpu = await testGpu();
  opened = await openDevice(gpu);
});
afterAll(() => opened.dispose());

describe('a device', () => {
  it('says what it is', () => {
    expect(nameOf(opened.adapter)).not.toBe('');
    expect(/swiftshader/i.test(nameOf(opened.adapter))).toBe(opened.adapter.isSoftware);
    expect(opened.limits.maxStorageBufferBindingSize).toBeGreaterThanOrEqual(2 ** 27);
    expect(() => opened.check()).not.toThrow();
  });

  it('is refused in a sentence where there is none', async () => {
    const without = (adapter: unknown) => ({ requestAdapter: async () => adapter }) as unknown as GPU;
    await expect(openDevice(undefined)).rejects.toThrow('There is no WebGPU here.');
    await expect(openDevice(without(null))).rejects.toMatchObject({
      name: 'DeviceError',
      message: 'WebGPU has no adapter here.',
    });
    const refusing = {
      features: new Set(),
      limits: {},
      requestDevice: () => Promise.reject(new Error('out of luck\nmore')),
    };
    await expect(openDevice(without(refusing))).rejects.toThrow('The adapter gave no device: out of luck.');
  });

  it('says that it was lost', async () => {
    const other = await openDevice(gpu);
    other.device.destroy();
    await other.device.lost;
    expect(() => other.check()).toThrow('The GPU device was lost');
  });

  it('says what it found wrong', async () => {
    const other = await openDevice(gpu);
    const told = new Promise((resolve) => other.device.addEventListener('uncapturederror', resolve));
    other.device.createBuffer({ size: 16, usage: 0xffff });
    await told;
    expect(() => other.check()).toThrow('The GPU reported an error');
    other.dispose();
  });

  it('refuses what is too large with its size, and a broken shader with its name', async () => {
    const { device } = opened;
    const limit = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize);
    expect(() => storageBuffer(device, 'edges', limit + 4)).toThrow(/^The buffer "edges" needs [\d,.]+ MiB, but this/);
    await expect(createPass(device, { stem: 'broken', code: 'fn main() {', bindings: {} })).rejects.toThrow(
      'The GPU could not compile the shader "broken"',
    );
    await expect(
      allocate(device, () => device.createBuffer({ label: 'wrong', size: 16, usage: 0xffff })),
    ).rejects.toMatchObject({ name: 'DeviceError' });
    opened.check();
  });
});

describe('a clock', () => {
  it('times work that was done, and says by what', async () => {
    const { device } = opened;
    const wall = {
      features: new Set(),
      queue: device.queue,
      createCommandEncoder: device.createCommandEncoder.bind(device),
    };
    for (const timed of [device, wall as unknown as GPUDevice]) {
      const clock = createClock(timed);
      const timing = await clock.time('nothing', () => {});
      expect(timing.clock).toBe(timed.features.has('timestamp-query') ? 'timestamp' : 'wall');
      expect(timing.milliseconds).toBeGreaterThanOrEqual(0);
      clock.dispose();
    }
  });
});

describe('the sort', () => {
  it.each([1, 63, 64, 65, 5000, 70_001])('puts %i keys in order and leaves equal ones in theirs', async (count) => {
    const { device } = opened;
    const random = createRandom(count);
    const keys = Uint32Array.from(
      { length: count },
      () => Math.floor(random() * 2 ** 30) >>> (random() < 0.5 ? 22 : 0),
    );
    const sort = await createSort(device, count);
    device.queue.writeBuffer(sort.keys, 0, keys);
    device.queue.writeBuffer(
      sort.values,
      0,
      Uint32Array.from(keys, (_, i) => i),
    );
    submit(device, 'sort', (encoder) => sort.encode(encoder));
    const [sorted, order] = await readBuffers(device, [
      { buffer: sort.keys, bytes: 4 * count },
      { buffer: sort.values, bytes: 4 * count },
    ]);
    const expected = Uint32Array.from(keys, (_, i) => i).sort((a, b) => keys[a] - keys[b] || a - b);
    expect(new Uint32Array(order)).toEqual(expected);
    expect(new Uint32Array(sorted)).toEqual(keys.slice().sort());
    opened.check();
    sort.dispose();
  });

  it('leaves the low bits alone where it sorts by the high ones', async () => {
    const { device } = opened;
    const random = createRandom(5);
    const keys = Uint32Array.from({ length: 3000 }, () => Math.floor(random() * 2 ** 16) << 4);
    const sort = await createSort(device, 3000, 20);
    device.queue.writeBuffer(sort.keys, 0, keys);
    submit(device, 'sort', (encoder) => sort.encode(encoder));
    const [sorted] = await readBuffers(device, [{ buffer: sort.keys, bytes: 12_000 }]);
    const expected = [...keys].map((key, i) => ({ key, i })).sort((a, b) => (a.key >> 10) - (b.key >> 10) || a.i - b.i);
    expect([...new Uint32Array(sorted)]).toEqual(expected.map(({ key }) => key));
    sort.dispose();
  });
});

describe('buffers', () => {
  it('come back as they went', async () => {
    const values = Float32Array.of(1, 2, 3, 4, 5);
    const buffer = filledBuffer(opened.device, 'values', values);
    const [five, two, none] = await readBuffers(opened.device, [
      { buffer, bytes: 20 },
      { buffer, bytes: 8 },
      { buffer, bytes: 0 },
    ]);
    expect(new Float32Array(five)).toEqual(values);
    expect(new Float32Array(two)).toEqual(values.slice(0, 2));
    expect(none.byteLength).toBe(0);
  });
});
