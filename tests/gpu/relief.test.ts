import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { type OpenDevice, openDevice } from '../../engine/gpu/device.ts';
import { cellSizeOf } from '../../engine/relief/field.ts';
import { createGpuRelief, type GpuRelief } from '../../engine/relief/gpu/relief.ts';
import { hillshade, hillshadeMethods } from '../../engine/relief/hillshade.ts';
import { planRelief, type ReliefOptions, relief } from '../../engine/relief/relief.ts';
import { testGpu } from '../support/gpu.ts';

let opened: OpenDevice;
let gpu: GpuRelief;
beforeAll(async () => {
  opened = await openDevice(await testGpu());
  gpu = await createGpuRelief(opened);
});
afterAll(() => {
  gpu.dispose();
  opened.dispose();
});

type Place = (random: () => number) => readonly [number, number];

function scatter(count: number, place: Place): Float32Array {
  const random = createRandom(1);
  return Float32Array.from(Array.from({ length: count }, () => place(random)).flat());
}

const gaussian = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(6.2832 * random());
const clusters: Place = (random) => {
  const cluster = Math.floor(20 * random());
  return [((cluster * 7) % 20) * 50 + 9 * gaussian(random), ((cluster * 11) % 20) * 50 + 9 * gaussian(random)];
};

/** The largest difference from the sum itself in double precision, as a share of that sum's peak. */
async function errorOf(positions: Float32Array, options: ReliefOptions): Promise<number> {
  const { field, peak } = await gpu.relief(positions, options);
  const plan = planRelief(positions, options);
  expect([field.width, field.height, field.box]).toEqual([plan.width, plan.height, plan.box]);
  const cell = cellSizeOf(plan);
  const nodes = positions.length / 2;
  let most = 0;
  let worst = 0;
  field.values.forEach((value, at) => {
    const x = plan.box.minX + ((at % plan.width) + 0.5) * cell.x;
    const y = plan.box.maxY - (Math.floor(at / plan.width) + 0.5) * cell.y;
    let sum = 0;
    for (let i = 0; i < nodes; i++) {
      const squared = ((x - positions[2 * i]) ** 2 + (y - positions[2 * i + 1]) ** 2) / plan.spread ** 2;
      const weight = options.weights?.[i] ?? 1;
      sum += weight * (options.kernel === 'gaussian' ? Math.exp(-squared / 2) : 1 / (1 + squared));
    }
    most = Math.max(most, sum / nodes);
    worst = Math.max(worst, Math.abs(value - sum / nodes));
  });
  expect(peak).toBe(Math.max(...field.values));
  return worst / most;
}

describe('relief on a GPU', () => {
  const cases: Record<string, readonly [positions: Float32Array, options?: ReliefOptions]> = {
    scattered: [scatter(700, (random) => [random(), random()])],
    clustered: [scatter(2000, clusters)],
    'as wide as the model': [scatter(1500, clusters), { spreadsAcross: 140 }],
    'with hills as wide as the map': [scatter(300, clusters), { spreadsAcross: 2 }],
    coincident: [scatter(3000, () => [5, -3])],
    'one node': [Float32Array.of(1e-3, 7)],
    'two spots far apart': [scatter(1000, (random) => [Math.round(random()) * 1e6, random()])],
    'on a line': [scatter(400, (random) => [900 * random(), 3])],
    'far from the origin': [scatter(400, (random) => [1e6 + 100 * random(), 100 * random() - 2e6])],
    tiny: [scatter(400, (random) => [1e-7 * random(), 1e-7 * random()])],
    gaussian: [scatter(1000, clusters), { kernel: 'gaussian' }],
    weighted: [
      scatter(1000, clusters),
      { weights: Float32Array.from({ length: 1000 }, (_, i) => (i % 3 === 0 ? 0 : 1.02 ** (i % 400))) },
    ],
  };
  it.each(Object.keys(cases))('is right to a thousandth of the peak in every cell: %s', async (name) => {
    const [positions, options] = cases[name];
    expect(await errorOf(positions, { cells: 5000, ...options })).toBeLessThan(1e-3);
  });

  it('is right with cells much finer and coarser than the hills, upright and lying', async () => {
    const positions = scatter(500, (random) => [4 * random(), random()]);
    const turned = positions.map((_, k) => positions[k ^ 1]);
    for (const cells of [1, 7, 300, 20_000]) {
      expect(await errorOf(positions, { cells, spreadsAcross: 40 })).toBeLessThan(1e-3);
      expect(await errorOf(turned, { cells, spreadsAcross: 40 })).toBeLessThan(1e-3);
    }
  });

  it('stands as high and steep as on the CPU', async () => {
    const positions = scatter(2000, clusters);
    const theirs = await gpu.relief(positions, { cells: 40_000 });
    const ours = relief(positions, { cells: 40_000 });
    expect(theirs.peak / ours.peak).toBeCloseTo(1, 3);
    expect(theirs.exaggeration / ours.exaggeration).toBeCloseTo(1, 3);
    expect(theirs.lights).toBeUndefined();
  });

  it.each(hillshadeMethods)('falls into the same light as on the CPU: %s', async (method) => {
    const positions = scatter(1500, clusters);
    for (const [azimuth, altitude, zFactor] of [
      [18, 63, 1],
      [315, 45, 2.5],
      [0, 0, 0],
    ]) {
      const light = { azimuth, altitude, zFactor, method };
      const { lights = new Float32Array(0), ...ground } = await gpu.relief(positions, {
        cells: 6000,
        spreadsAcross: 30,
        hillshade: light,
      });
      const expected = hillshade(ground, light);
      expect(lights.length).toBe(expected.length);
      let worst = 0;
      expected.forEach((value, cell) => {
        worst = Math.max(worst, Math.abs(value - lights[cell]));
      });
      expect(worst).toBeLessThan(2e-3);
    }
  });

  it('gives the same bits every time, whatever was made before', async () => {
    const positions = scatter(1500, clusters);
    const first = await gpu.relief(positions, { cells: 9000, spreadsAcross: 30 });
    await gpu.relief(
      scatter(4000, (random) => [random(), 3 * random()]),
      { cells: 80_000, spreadsAcross: 50 },
    );
    await gpu.relief(positions.subarray(0, 80), { cells: 100 });
    const weights = new Float32Array(1500).fill(3, 700);
    const weighted = await gpu.relief(positions, { cells: 9000, spreadsAcross: 30, weights });
    expect(weighted.peak).not.toBe(first.peak);
    expect(await gpu.relief(positions, { cells: 9000, spreadsAcross: 30 })).toEqual(first);
  });

  it('leaves the last relief as it is when timed', async () => {
    const positions = scatter(1500, clusters);
    const first = await gpu.relief(positions, { cells: 2000, spreadsAcross: 30 });
    const { wall, timestamp } = await gpu.time(3);
    expect(wall).toBeGreaterThan(0);
    if (opened.device.features.has('timestamp-query')) expect(timestamp).toBeGreaterThan(0);
    expect(await gpu.relief(positions, { cells: 2000, spreadsAcross: 30 })).toEqual(first);
  });

  it('is flat without nodes or weights', async () => {
    expect(await gpu.relief(new Float32Array(0), { cells: 100 })).toMatchObject({ peak: 0, exaggeration: 0 });
    const weightless = await gpu.relief(Float32Array.of(0, 0, 1, 1), { cells: 100, weights: new Float32Array(2) });
    expect(weightless.field.values.every((value) => value === 0)).toBe(true);
  });

  it('refuses what the CPU refuses, and hills too narrow for the device, and goes on', async () => {
    await expect(gpu.relief(Float32Array.of(0, NaN))).rejects.toMatchObject({ name: 'InputError' });
    await expect(gpu.relief(Float32Array.of(0, 1), { cells: 0 })).rejects.toMatchObject({ name: 'UsageError' });
    const hillshade = { azimuth: -1, altitude: 0, zFactor: 1, method: 'basic' } as const;
    await expect(gpu.relief(Float32Array.of(0, 1), { hillshade })).rejects.toMatchObject({ name: 'UsageError' });
    const positions = scatter(10, (random) => [random(), random()]);
    await expect(gpu.relief(positions, { cells: 100, spreadsAcross: 9999 })).rejects.toThrow(/MiB/);
    expect((await gpu.relief(positions, { cells: 100 })).peak).toBeGreaterThan(0);
  });
});
