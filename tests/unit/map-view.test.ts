import { expect, test } from 'vitest';
import { boxOfView, fitView, panView, toLayout, toPixel, zoomView } from '../../engine/map/view.ts';

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
