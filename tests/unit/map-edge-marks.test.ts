import { expect, test } from 'vitest';
import type { EdgeMarks } from '../../engine/map/edge-marks.ts';
import { strokePath } from '../../engine/map/edge-marks.ts';

const positions = Float32Array.of(0, 0, 100, 0, 0, 10, 100, 10);
const marks: EdgeMarks = {
  ends: Uint32Array.of(0, 1),
  axes: Uint32Array.of(2, 3),
  energy: Float32Array.of(1),
  local: 0.1,
  nonlocal: Uint8Array.of(1),
  crowding: { width: 1, height: 1, box: { minX: 0, minY: 0, maxX: 1, maxY: 1 }, values: new Float32Array(1) },
};
const heights = (bundling: number, pieces = 8) =>
  [...strokePath(marks, positions, 0, bundling, pieces)].filter((_, k) => k % 2 === 1);

test('the path of a stroke keeps its ends and runs in its lane between them, as far as bundling says', () => {
  const path = strokePath(marks, positions, 0, 1, 8);
  expect([...path].filter((_, k) => k % 2 === 0)).toEqual([0, 12.5, 25, 37.5, 50, 62.5, 75, 87.5, 100]);
  expect(heights(1)).toEqual([0, 5, 10, 10, 10, 10, 10, 5, 0]);
  expect(heights(0.5)).toEqual([0, 2.5, 5, 5, 5, 5, 5, 2.5, 0]);
  expect(heights(0, 1)).toEqual([0, 0]);
});

test('no stroke swings aside by more than two fifths of its lane', () => {
  const wide = positions.map((y, k) => (k > 4 && k % 2 === 1 ? 80 : y));
  const path = strokePath(marks, wide, 0, 1, 8);
  expect(Math.max(...path.filter((_, k) => k % 2 === 1))).toBeLessThanOrEqual(40);
  expect(path[2 * 4 + 1]).toBeCloseTo(40, 0);
});
