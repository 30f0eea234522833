import fc from 'fast-check';
import { expect, test } from 'vitest';
import { strokePath } from '../../engine/map/edge-marks.ts';
import { strokesWithin } from '../../engine/map/strokes-within.ts';

const box = { minX: 40, minY: 40, maxX: 60, maxY: 60 };
const apart = Uint32Array.of(0, 1);
const withinBox = (...positions: number[]) =>
  strokesWithin({ ends: apart, axes: apart }, Float32Array.from(positions), box).length === 1;

test('strokes that cross a box, end in it or touch it are within, those that pass it by are not', () => {
  expect(withinBox(0, 50, 100, 50)).toBe(true);
  expect(withinBox(50, 50, 51, 50)).toBe(true);
  expect(withinBox(0, 0, 40, 40)).toBe(true);
  expect(withinBox(0, 39, 100, 39)).toBe(false);
  expect(withinBox(50, 0, 50, 39)).toBe(false);
  // Its bounding box covers the box.
  expect(withinBox(0, 70, 70, 100)).toBe(false);
  expect(withinBox(0, 21, 100, 121)).toBe(false);
  expect(withinBox(0, 19, 100, 119)).toBe(true);
});

test('of strokes along great circles those are within of which a piece is', () => {
  const ends = Uint32Array.of(0, 1, 0, 1);
  const courses = { starts: Uint32Array.of(0, 1, 3), pieces: Float32Array.of(0, 0, 9, 0, 0, 0, 9, 9, 9, 9, 50, 50) };
  expect([...strokesWithin({ ends, axes: ends, courses }, new Float32Array(4), box)]).toEqual([1]);
});

test('no stroke that passes through the box is left out, however it swings into its lane', () => {
  const coordinate = fc.float({ min: 0, max: 100, noNaN: true });
  const layout = fc.array(coordinate, { minLength: 24, maxLength: 24 });
  const axes = Uint32Array.of(2, 3, 6, 7, 8, 9);
  const ends = Uint32Array.of(0, 1, 4, 5, 8, 9);
  const isInBox = (x: number, y: number) => x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY;
  let leftOut = 0;
  fc.assert(
    fc.property(layout, fc.double({ min: 0, max: 1, noNaN: true }), (values, bundling) => {
      const positions = Float32Array.from(values);
      const within = strokesWithin({ ends, axes }, positions, box);
      for (let e = 0; e < 3; e++) {
        const path = strokePath({ ends, axes }, positions, e, bundling, 64);
        const passes = path.some((x, k) => k % 2 === 0 && isInBox(x, path[k + 1]));
        if (passes) expect(within).toContain(e);
        if (!within.includes(e)) leftOut++;
      }
    }),
    { seed: 1, numRuns: 500 },
  );
  expect(leftOut).toBeGreaterThan(100);
});
