import { describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { cellSizeOf, mapWidthOf } from '../../engine/relief/field.ts';
import { forEachGradient } from '../../engine/relief/gradient.ts';
import { relief, spreadsFor } from '../../engine/relief/relief.ts';
import { hypsometricTint, tintAt } from '../../engine/relief/tint.ts';

function cloud(count: number, stretch = 1): Float32Array {
  const random = createRandom(11);
  return new Float32Array(2 * count).map((_, i) => (random() + random()) * (i % 2 === 0 ? stretch : 1));
}

describe('relief', () => {
  it.each([1, 0.3, 7])(
    'has about as many square cells as asked for, with room on every side (stretch %f)',
    (stretch) => {
      const positions = cloud(200, stretch);
      const { field } = relief(positions, { cells: 40_000, margin: 0.1 });
      const cell = cellSizeOf(field);
      expect(cell.x / cell.y).toBeCloseTo(1, 9);
      expect(Math.abs(field.width * field.height - 40_000)).toBeLessThan(600);
      const x = positions.filter((_, i) => i % 2 === 0);
      const y = positions.filter((_, i) => i % 2 === 1);
      const room = 0.0999 * Math.max(Math.max(...x) - Math.min(...x), Math.max(...y) - Math.min(...y));
      expect(Math.min(...x) - field.box.minX).toBeGreaterThan(room);
      expect(field.box.maxY - Math.max(...y)).toBeGreaterThan(room);
    },
  );

  it('finds the highest point', () => {
    const { field, peak } = relief(Float32Array.of(0, 0, 0, 0, 9, 5), { cells: 10_000, spreadsAcross: 20 });
    expect(peak).toBe(Math.max(...field.values));
    expect(peak).toBeGreaterThan(0.6);
  });

  it('gives hills a typical slope of 1.6 or a mean slope of 0.5, whichever is lower, whatever the number of nodes', () => {
    for (const count of [1, 30, 3000]) {
      const { field, peak, exaggeration } = relief(cloud(count), { cells: 40_000 });
      const scale = (exaggeration * mapWidthOf(field.box)) / peak;
      let sum = 0;
      let squares = 0;
      forEachGradient(field, (_cell, east, north) => {
        sum += scale * Math.hypot(east, north);
        squares += scale * scale * (east * east + north * north);
      });
      expect(Math.max(squares / sum / 1.6, sum / field.values.length / 0.5)).toBeCloseTo(1, 6);
    }
  });

  it('stands where there are no nodes, or all in one spot', () => {
    expect(relief(new Float32Array(0), { cells: 100 })).toMatchObject({ peak: 0, exaggeration: 0 });
    const { field, peak } = relief(Float32Array.of(3, 4, 3, 4), { cells: 10_201 });
    expect(field.box).toEqual({ minX: 2.5, minY: 3.5, maxX: 3.5, maxY: 4.5 });
    expect(peak).toBeCloseTo(1, 3);
  });

  it('lets a wider spread join what a narrow one keeps apart', () => {
    const positions = Float32Array.of(0, 0, 10, 10);
    const saddle = (spreadsAcross: number) => {
      const { field, peak } = relief(positions, { cells: 10_201, spreadsAcross });
      return field.values[5100] / peak;
    };
    expect(saddle(5)).toBeGreaterThan(2 * saddle(50));
  });

  it('takes wider spreads for fewer nodes', () => {
    expect([1, 1000, 7500, 1e6].map(spreadsFor)).toEqual([30, expect.closeTo(62.5, 1), 140, 140]);
    const positions = cloud(100);
    expect(relief(positions, { cells: 900 })).toEqual(relief(positions, { cells: 900, spreadsAcross: 30 }));
    expect(relief(positions, { cells: 900 })).not.toEqual(relief(positions, { cells: 900, spreadsAcross: 140 }));
  });

  it('refuses options out of range', () => {
    expect(() => relief(cloud(3), { cells: 0 })).toThrow("The relief's cells is 0, but has to be from 1 to 100000000.");
    expect(() => relief(cloud(3), { spreadsAcross: NaN })).toThrow("The relief's spreadsAcross is NaN");
  });
});

describe('tint', () => {
  it('mixes colours between stops and keeps the outer ones beyond', () => {
    expect(tintAt(hypsometricTint, -1)).toBe(0x607395);
    expect(tintAt(hypsometricTint, 0.144)).toBe(0xcfd9db);
    expect(tintAt(hypsometricTint, 0.18)).toBe(0xdde4e3);
    expect(tintAt(hypsometricTint, 2)).toBe(0xfefefc);
  });
});
