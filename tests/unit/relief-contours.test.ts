import { describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { type Contour, contours } from '../../engine/relief/contours.ts';
import type { Field } from '../../engine/relief/field.ts';
import { relief } from '../../engine/relief/relief.ts';

function fieldOf(width: number, height: number, valueAt: (x: number, y: number) => number): Field {
  const box = { minX: -1, minY: -1, maxX: 1, maxY: 1 };
  const values = new Float32Array(width * height).map((_, at) =>
    valueAt((2 * ((at % width) + 0.5)) / width - 1, 1 - (2 * (Math.floor(at / width) + 0.5)) / height),
  );
  return { width, height, box, values };
}

/** Twice the area to the left of a closed line: positive where it runs counter-clockwise. */
function doubleArea({ points }: Contour): number {
  let sum = 0;
  for (let i = 0; i < points.length; i += 2) {
    const j = (i + 2) % points.length;
    sum += points[i] * points[j + 1] - points[j] * points[i + 1];
  }
  return sum;
}

describe('contours', () => {
  it('draws a circle around a cone, its summit on the left', () => {
    const lines = contours(
      fieldOf(101, 101, (x, y) => 1 - Math.hypot(x, y)),
      [0.5, 0.2],
    );
    expect(lines.map(({ height, isClosed }) => [height, isClosed])).toEqual([
      [0.5, true],
      [0.2, true],
    ]);
    for (const line of lines) {
      for (let i = 0; i < line.points.length; i += 2) {
        expect(Math.hypot(line.points[i], line.points[i + 1])).toBeCloseTo(1 - line.height, 3);
      }
      expect(doubleArea(line) / 2).toBeCloseTo(Math.PI * (1 - line.height) ** 2, 2);
    }
    const hole = contours(
      fieldOf(101, 101, (x, y) => Math.hypot(x, y)),
      [0.5],
    );
    expect(doubleArea(hole[0])).toBeLessThan(0);
  });

  it('crosses a plane from border to border in one straight open line', () => {
    const [line, ...rest] = contours(
      fieldOf(10, 8, (x) => x),
      [0.33],
    );
    expect(rest).toEqual([]);
    expect(line.isClosed).toBe(false);
    expect(line.points).toHaveLength(16);
    for (let i = 0; i < 16; i += 2) expect(line.points[i]).toBeCloseTo(0.33, 6);
    expect(line.points[1]).toBeGreaterThan(line.points[15]);
  });

  it('lets the middle of a saddle decide which corners hang together', () => {
    const box = { minX: 0, minY: 0, maxX: 2, maxY: 2 };
    const saddle = { width: 2, height: 2, box, values: Float32Array.of(1, 0, 0, 1) };
    for (const height of [0.4, 0.6]) {
      const lines = contours(saddle, [height]);
      expect(lines).toHaveLength(2);
      // The high corners lie on the falling diagonal: a line that cuts off a low corner keeps to one side of it.
      const keepsToOneSide = lines.map(({ points: [x0, y0, x1, y1] }) => (x0 + y0 - 2) * (x1 + y1 - 2) > 0);
      expect(keepsToOneSide).toEqual(height < 0.5 ? [true, true] : [false, false]);
    }
  });

  it('crosses every grid line between a high and a low cell once, on any ground', () => {
    const random = createRandom(6);
    const positions = new Float32Array(80).map(() => random());
    const { field, peak } = relief(positions, { cells: 90 * 90 });
    const height = peak / 3;
    const lines = contours(field, [height]);
    expect(lines.length).toBeGreaterThan(1);
    const crossings = lines.reduce((sum, { points }) => sum + points.length / 2, 0);
    let expected = 0;
    const isHigh = (at: number) => field.values[at] >= height;
    for (let at = 0; at < field.values.length; at++) {
      const column = at % field.width;
      if (column + 1 < field.width && isHigh(at) !== isHigh(at + 1)) expected++;
      if (at + field.width < field.values.length && isHigh(at) !== isHigh(at + field.width)) expected++;
    }
    expect(crossings).toBe(expected);
  });

  it('has no lines above the summit or on a flat field, and refuses heights that are none', () => {
    const flat = fieldOf(5, 5, () => 1);
    expect(contours(flat, [0.5, 1, 2])).toEqual([]);
    expect(() => contours(flat, [NaN])).toThrow('A contour needs a finite height, but NaN came.');
  });
});
