import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { type DensityOptions, density } from '../../engine/relief/cpu/density.ts';
import { cellSizeOf } from '../../engine/relief/field.ts';

/** The sum itself, in double precision. */
function directSum(positions: Float32Array, options: DensityOptions & { spread: number }): Float64Array {
  const { box, width, height, spread, weights, kernel } = options;
  const cell = cellSizeOf(options);
  const nodeCount = positions.length / 2;
  return Float64Array.from({ length: width * height }, (_, at) => {
    const x = box.minX + ((at % width) + 0.5) * cell.x;
    const y = box.maxY - (Math.floor(at / width) + 0.5) * cell.y;
    let sum = 0;
    for (let i = 0; i < nodeCount; i++) {
      const squared = ((x - positions[2 * i]) ** 2 + (y - positions[2 * i + 1]) ** 2) / spread ** 2;
      sum += (weights?.[i] ?? 1) * (kernel === 'gaussian' ? Math.exp(-squared / 2) : 1 / (1 + squared));
    }
    return sum / nodeCount;
  });
}

/** The largest difference from the direct sum, as a share of that sum's peak. */
function errorOf(positions: Float32Array, options: DensityOptions & { spread: number }): number {
  const { values } = density(positions, options);
  const truth = directSum(positions, options);
  const peak = truth.reduce((most, value) => Math.max(most, value), 0);
  return truth.reduce((most, value, i) => Math.max(most, Math.abs(value - values[i])), 0) / peak;
}

const box = { minX: -30, minY: 20, maxX: 70, maxY: 100 };

/** Nodes placed in the unit square about 0.5, then stretched over `reach` times the box about its middle. */
function scatter(count: number, reach: number, place: (random: () => number) => readonly [number, number], seed = 1) {
  const random = createRandom(seed);
  const positions = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    const [x, y] = place(random);
    positions[2 * i] = (box.minX + box.maxX) / 2 + (x - 0.5) * reach * (box.maxX - box.minX);
    positions[2 * i + 1] = (box.minY + box.maxY) / 2 + (y - 0.5) * reach * (box.maxY - box.minY);
  }
  return positions;
}

const forms: Record<string, (random: () => number) => readonly [number, number]> = {
  scattered: (random) => [random(), random()],
  clustered: (random) => [0.2 + 0.6 * Math.round(random()) + 0.03 * random(), 0.3 + 0.02 * random()],
  coincident: () => [0.371, 0.642],
  'on a line': (random) => [random(), 0.5],
  'on a grid': (random) => [Math.floor(random() * 10) / 10, Math.floor(random() * 8) / 8],
  'on the border': (random) => (random() < 0.5 ? [Math.round(random()), random()] : [random(), Math.round(random())]),
};

describe('density', () => {
  it.each(Object.keys(forms))('is the direct sum to 0.1 % of its peak for nodes %s', (form) => {
    for (const spreadInCells of [0.05, 0.5, 1.5, 3.4, 3.6, 7, 30, 400]) {
      const positions = scatter(80, 1, forms[form]);
      expect(errorOf(positions, { box, width: 75, height: 60, spread: (spreadInCells * 4) / 3 })).toBeLessThan(1e-3);
    }
  });

  it('is the direct sum to 0.1 % of its peak for any grid, spread, weights and reach of the nodes', () => {
    const cases = fc.record({
      width: fc.integer({ min: 1, max: 70 }),
      height: fc.integer({ min: 1, max: 70 }),
      count: fc.integer({ min: 1, max: 40 }),
      reach: fc.constantFrom(0.02, 0.5, 1, 1.5, 3, 20),
      spread: fc.double({ min: -2, max: 3.5, noNaN: true }).map((power) => 10 ** power),
      isWeighted: fc.boolean(),
      seed: fc.integer({ min: 0, max: 1e6 }),
    });
    fc.assert(
      fc.property(cases, ({ count, reach, isWeighted, seed, ...grid }) => {
        const positions = scatter(count, reach, forms.scattered, seed);
        const random = createRandom(seed + 1);
        const weights = isWeighted ? new Float32Array(count).map(() => 100 * random() ** 4) : undefined;
        expect(errorOf(positions, { box, ...grid, weights })).toBeLessThan(1e-3);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('sums Gaussians as exactly', () => {
    for (const spread of [0.3, 1, 4, 6, 40, 300]) {
      const positions = scatter(60, 1.4, forms.scattered);
      expect(errorOf(positions, { box, width: 75, height: 60, spread, kernel: 'gaussian' })).toBeLessThan(1e-3);
    }
  });

  it('sees nodes that lie only outside the box', () => {
    for (const side of [-40, 140, 1e4]) {
      const positions = Float32Array.of(side, side, side + 3, side);
      expect(errorOf(positions, { box, width: 40, height: 30, spread: 0.7 })).toBeLessThan(1e-3);
    }
  });

  it('counts a weight of two as two nodes', () => {
    const positions = scatter(3, 1, forms.scattered);
    const twice = Float32Array.of(...positions, ...positions.subarray(0, 2));
    const grid = { box, width: 30, height: 24, spread: 5 };
    const weighted = density(positions, { ...grid, weights: Float32Array.of(2, 1, 1) }).values;
    const repeated = density(twice, grid).values;
    weighted.forEach((value, i) => {
      expect(value * 3).toBeCloseTo(repeated[i] * 4, 5);
    });
  });

  it('takes the map width / 140 as spread', () => {
    const positions = scatter(50, 1, forms.clustered);
    const grid = { box, width: 50, height: 40 };
    const spread = Math.sqrt(100 * 80) / 140;
    expect(density(positions, grid).values).toEqual(density(positions, { ...grid, spread }).values);
  });

  it('is 0 without nodes', () => {
    expect(density(new Float32Array(0), { box, width: 2, height: 2 }).values).toEqual(new Float32Array(4));
  });

  it('says what it cannot sum', () => {
    const grid = { box, width: 4, height: 3 };
    const node = Float32Array.of(1, 2);
    expect(() => density(node, { ...grid, width: 0 })).toThrow('but 0 × 3 came.');
    expect(() => density(node, { ...grid, box: { ...box, maxX: -30 } })).toThrow('finite positive width');
    expect(() => density(node, { ...grid, spread: 0 })).toThrow(
      'A spread has to be a finite number above 0, but 0 came.',
    );
    expect(() => density(Float32Array.of(1, 2, NaN, 4), grid)).toThrow('Node 1 lies at NaN, 4, but');
    expect(() => density(node, { ...grid, weights: Float32Array.of(1, 2) })).toThrow('Expected 1 weights');
    expect(() => density(node, { ...grid, weights: Float32Array.of(-1) })).toThrow('Node 0 has the weight -1,');
  });
});
