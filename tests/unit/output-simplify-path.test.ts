import { expect, test } from 'vitest';
import { simplifyPath } from '../../engine/output/simplify-path.ts';

test('a straight path is its ends, however many points it had', () => {
  const line = Float64Array.from({ length: 40 }, (_, k) => (k % 2 ? 3 : 1) * (k >> 1));
  expect([...simplifyPath(line, 1e-9)]).toEqual([0, 0, 19, 57]);
  expect([...simplifyPath(Float64Array.of(1, 2, 1, 2), 0.1)]).toEqual([1, 2, 1, 2]);
});

test('a curve keeps few points, and runs within the tolerance of all that it had', () => {
  const circle = Float64Array.from({ length: 400 }, (_, k) => 100 * (k % 2 ? Math.sin : Math.cos)((k >> 1) / 40));
  const simple = simplifyPath(circle, 0.1);
  expect(simple.length).toBeLessThan(160);
  const distances = Array.from({ length: 200 }, (_, k) => {
    const [x, y] = [circle[2 * k], circle[2 * k + 1]];
    const pieces = Array.from({ length: simple.length / 2 - 1 }, (_, i) => {
      const [ax, ay, bx, by] = simple.subarray(2 * i, 2 * i + 4);
      const [dx, dy] = [bx - ax, by - ay];
      const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
      return Math.hypot(x - ax - t * dx, y - ay - t * dy);
    });
    return Math.min(...pieces);
  });
  expect(Math.max(...distances)).toBeLessThanOrEqual(0.1 + 1e-9);
});
