import { describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { mesh } from '../../engine/graph/generators.ts';
import type { Positions } from '../../engine/graph/packed-graph.ts';
import { removeOverlaps } from '../../engine/layout/overlap.ts';
import { pairsNearer } from '../../engine/layout/overlap-pairs.ts';
import { neighbourhoodPreservation } from '../../engine/structure/measures/neighbourhood.ts';

/** Pairs of discs that overlap, found by their order along x alone. */
function overlapsOf(positions: Positions, sizes: Float64Array, room = 0): number {
  const order = Uint32Array.from(sizes, (_, i) => i).sort((a, b) => positions[2 * a] - positions[2 * b]);
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  let overlaps = 0;
  order.forEach((i, k) => {
    for (let l = k + 1; l < order.length; l++) {
      const j = order[l];
      const dx = positions[2 * j] - positions[2 * i];
      if (dx >= sizes[i] + largest + room) break;
      if (Math.hypot(dx, positions[2 * j + 1] - positions[2 * i + 1]) < sizes[i] + sizes[j] + room) overlaps++;
    }
  });
  return overlaps;
}

/** Nodes about some centres, each crowd of another density, and sizes of all orders that fill a share of 1000 × 1000. */
function crowds(nodeCount: number, filled: number) {
  const random = createRandom(7);
  const bell = () => random() + random() + random() + random() - 2;
  const centres = Array.from({ length: 30 }, () => [1000 * random(), 1000 * random(), 20 + 150 * random()]);
  const positions = new Float32Array(2 * nodeCount).map((_, k) => {
    const [x, y, radius] = centres[(k >> 1) % centres.length];
    return (k % 2 === 0 ? x : y) + radius * bell();
  });
  const sizes = new Float64Array(nodeCount).map(() => Math.exp(1.2 * bell()));
  const area = sizes.reduce((sum, size) => sum + Math.PI * size * size, 0);
  return { positions, sizes: sizes.map((size) => size * Math.sqrt((filled * 1e6) / area)) };
}

function displacements(before: Positions, after: Positions): Float64Array {
  const ways = new Float64Array(before.length / 2);
  return ways.map((_, i) => Math.hypot(after[2 * i] - before[2 * i], after[2 * i + 1] - before[2 * i + 1])).sort();
}

describe('removeOverlaps', () => {
  it.each([0.05, 0.3, 1.5])('leaves no overlap where nodes fill %f of the map', (filled) => {
    const { positions, sizes } = crowds(2000, filled);
    expect(overlapsOf(positions, sizes)).toBeGreaterThan(500);
    const apart = removeOverlaps(positions, sizes);
    expect(overlapsOf(apart, sizes)).toBe(0);
    expect(removeOverlaps(positions, sizes)).toEqual(apart);
    expect(removeOverlaps(apart, sizes)).toEqual(apart);
  });

  it('multiplies sizes by the ratio and keeps the margin', () => {
    const { positions, sizes } = crowds(1000, 0.1);
    const apart = removeOverlaps(positions, sizes, { ratio: 1.5, margin: 2 });
    const larger = sizes.map((size) => 1.5 * size);
    expect(overlapsOf(apart, larger, 2)).toBe(0);
  });

  it('leaves alone what does not overlap', () => {
    const positions = Float32Array.of(0, 0, 10, 0, 11, 0, 50, 0, 90, 40);
    const apart = removeOverlaps(positions, new Float64Array(5).fill(1));
    expect(apart.subarray(0, 2)).toEqual(positions.subarray(0, 2));
    expect(apart.subarray(6)).toEqual(positions.subarray(6));
    expect(removeOverlaps(positions, new Float64Array(5))).toEqual(positions);
    expect(removeOverlaps(new Float32Array(0), [])).toEqual(new Float32Array(0));
  });

  it('moves the smaller of two, and nodes no farther than it takes', () => {
    const apart = removeOverlaps(Float32Array.of(0, 0, 9, 0), [10, 1]);
    expect(Math.abs(apart[0])).toBeLessThan(0.1);
    expect(apart[2] - apart[0]).toBeGreaterThanOrEqual(11);
    expect(apart[2] - apart[0]).toBeLessThan(11.1);
  });

  it('parts nodes that lie in one place', () => {
    const sizes = new Float64Array(500).fill(1);
    const apart = removeOverlaps(new Float32Array(1000).fill(3), sizes);
    expect(overlapsOf(apart, sizes)).toBe(0);
    // At best 500 discs fill a disc of a radius of 24.
    expect(displacements(new Float32Array(1000).fill(3), apart).at(-1)).toBeLessThan(60);
  });

  it('keeps nodes near their places and their neighbours', () => {
    const graph = mesh({ columns: 50, rows: 40 });
    const random = createRandom(1);
    // A net that is pulled tight in its middle, with noise.
    const positions = new Float32Array(4000).map((_, k) => {
      const [x, y] = [((k >> 1) % 50) - 24.5, Math.floor((k >> 1) / 50) - 19.5];
      return (k % 2 === 0 ? x : y) * (4 + Math.hypot(x, y)) + 2 * random();
    });
    const sizes = new Float64Array(2000).map(() => 4 + 4 * random());
    expect(overlapsOf(positions, sizes)).toBeGreaterThan(300);
    const apart = removeOverlaps(positions, sizes);
    expect(overlapsOf(apart, sizes)).toBe(0);
    expect(displacements(positions, apart)[1000]).toBeLessThan(5);
    const before = neighbourhoodPreservation(graph, positions).value!;
    const after = neighbourhoodPreservation(graph, apart).value!;
    expect(after).toBeGreaterThan(before - 0.05);
  });

  it('makes way for a node of hundreds of times the size of the others', () => {
    const { positions, sizes } = crowds(3000, 0.02);
    sizes[5] = 150;
    const apart = removeOverlaps(positions, sizes);
    expect(overlapsOf(apart, sizes)).toBe(0);
  });

  it('handles 100,000 nodes', () => {
    const { positions, sizes } = crowds(100_000, 0.01);
    expect(overlapsOf(positions, sizes)).toBeGreaterThan(5000);
    const apart = removeOverlaps(positions, sizes);
    expect(overlapsOf(apart, sizes)).toBe(0);
    const meanSize = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    expect(displacements(positions, apart)[50_000]).toBeLessThan(meanSize);
  });

  it('refuses what makes no sense', () => {
    const two = Float32Array.of(0, 0, 1, 1);
    expect(() => removeOverlaps(two, [1])).toThrow('Expected 2 coordinates for 1 sizes, but 4 came.');
    expect(() => removeOverlaps(two, [1, -1])).toThrow('node 1 has size -1 at 1, 1');
    expect(() => removeOverlaps(two.with(2, Number.NaN), [1, 1])).toThrow('node 1 has size 1 at NaN, 1');
    const far = Float32Array.of(1e9, 1e9, 1e9, 1e9);
    expect(() => removeOverlaps(far, [1e-6, 1e-6])).toThrow('that rounding joins them');
    expect(() => removeOverlaps(two, [1, 1], { ratio: 0 })).toThrow('but it was 0.');
    expect(() => removeOverlaps(two, [1, 1], { margin: -2 })).toThrow('but it was -2.');
  });
});

describe('pairsNearer', () => {
  it.each([0, 3])('finds the pairs that trying all finds, with a slack of %f', (slack) => {
    const { positions, sizes } = crowds(600, 0.2);
    const radius = sizes.map((size, i) => (i % 50 === 0 ? 0 : size));
    const [x, y] = [0, 1].map((axis) => Float64Array.from(radius, (_, i) => positions[2 * i + axis]));
    const pairs = pairsNearer({ x, y, radius }, slack);
    const found = new Set<number>();
    for (let k = 0; k < pairs.length; k += 2) {
      found.add(Math.min(pairs[k], pairs[k + 1]) * 600 + Math.max(pairs[k], pairs[k + 1]));
    }
    const tried = new Set<number>();
    for (let i = 0; i < 600; i++) {
      for (let j = i + 1; j < 600; j++) {
        if (Math.hypot(x[i] - x[j], y[i] - y[j]) < radius[i] + radius[j] + slack) tried.add(600 * i + j);
      }
    }
    expect(pairs.length / 2).toBe(tried.size);
    expect(found).toEqual(tried);
  });
});
