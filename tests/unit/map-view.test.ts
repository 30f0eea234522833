import { expect, test } from 'vitest';
import {
  boxOfView,
  distanceOf,
  fitView,
  panView,
  toLayout,
  toPixel,
  type View,
  zoomView,
} from '../../engine/map/view.ts';

const box = { minX: -10, minY: 0, maxX: 30, maxY: 20 };

test('a fitted view shows the whole box, centred, with the margin free', () => {
  const view = fitView(box, { width: 220, height: 220 }, 10);
  expect(view.unitsPerPixel).toBe(0.2);
  expect(toPixel(view, -10, 10)).toEqual([10, 110]);
  expect(toPixel(view, 30, 10)).toEqual([210, 110]);
  expect(boxOfView(view)).toEqual({ minX: -12, maxX: 32, minY: -12, maxY: 32 });
});

test('y grows upwards on the sheet and downwards in pixels', () => {
  const view = fitView(box, { width: 200, height: 100 });
  expect(toPixel(view, 10, 20)[1]).toBeLessThan(toPixel(view, 10, 0)[1]);
  expect(toLayout(view, ...toPixel(view, 3, 4))).toEqual([3, 4]);
});

test('zooming keeps the point under the pointer, panning moves the sheet with the hand', () => {
  const view = fitView(box, { width: 200, height: 100 });
  const before = toLayout(view, 30, 80);
  const zoomed = zoomView(view, 4, 30, 80);
  expect(zoomed.unitsPerPixel).toBe(view.unitsPerPixel / 4);
  expect(toLayout(zoomed, 30, 80)[0]).toBeCloseTo(before[0], 9);
  expect(toLayout(zoomed, 30, 80)[1]).toBeCloseTo(before[1], 9);
  const panned = panView(view, 12, -7);
  expect(toPixel(panned, ...before)[0]).toBeCloseTo(42, 9);
  expect(toPixel(panned, ...before)[1]).toBeCloseTo(73, 9);
});

test('a box without extent is still shown', () => {
  const view = fitView({ minX: 5, minY: 5, maxX: 5, maxY: 5 }, { width: 100, height: 100 });
  expect(view.unitsPerPixel).toBeGreaterThan(0);
});

/** A sheet turned by 30 degrees and tilted by 50, seen from 400 pixels above its centre. */
function tilted(): View {
  const view = fitView(box, { width: 200, height: 100 });
  const [turn, tilt] = [Math.PI / 6, (50 * Math.PI) / 180];
  const scale = 1 / view.unitsPerPixel;
  const [right, up] = [
    [Math.cos(turn), Math.sin(turn)],
    [-Math.sin(turn), Math.cos(turn)],
  ];
  const times = ([x, y]: readonly number[], factor: number) => [x * factor, y * factor] as const;
  const away = times(up, (Math.sin(tilt) * scale) / 400);
  return { ...view, perspective: { right: times(right, scale), down: times(up, -Math.cos(tilt) * scale), away } };
}

test('pixels of a turned and tilted sheet lead back to its places, and lie nearer together far away', () => {
  const view = tilted();
  expect(toPixel(view, view.x, view.y)).toEqual([100, 50]);
  for (const [x, y] of [
    [3, 4],
    [-8, 19],
    [28, 1],
  ]) {
    const back = toLayout(view, ...toPixel(view, x, y));
    expect(back[0]).toBeCloseTo(x, 9);
    expect(back[1]).toBeCloseTo(y, 9);
  }
  const [far, near] = [toLayout(view, 100, 0), toLayout(view, 100, 99)];
  const spacing = ([x, y]: readonly [number, number]) => {
    const [a, b] = [toPixel(view, x, y), toPixel(view, x + 0.01, y)];
    return Math.hypot(b[0] - a[0], b[1] - a[1]);
  };
  expect(spacing(near)).toBeGreaterThan(1.1 * spacing(far));
  expect(distanceOf(view, ...far)).toBeGreaterThan(1);
  expect(distanceOf(view, ...near)).toBeLessThan(1);
});

test('what lies behind the eye has no pixel, and above the horizon there is no sheet', () => {
  const view = tilted();
  const [ax, ay] = view.perspective?.away ?? [0, 0];
  const length = ax * ax + ay * ay;
  const behind = [view.x - (1.5 * ax) / length, view.y - (1.5 * ay) / length] as const;
  expect(toPixel(view, ...behind)).toEqual([Number.NaN, Number.NaN]);
  expect(toLayout(view, 100, -1000)).toEqual([Number.NaN, Number.NaN]);
});
