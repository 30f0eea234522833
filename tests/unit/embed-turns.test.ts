import { expect, test } from 'vitest';
import { viewsAround } from '../../engine/embed/maplibre/turns.ts';
import { toPixel, type View } from '../../engine/map/view.ts';

const world = { minX: -100, minY: -100, maxX: 100, maxY: 100 };
const above = (x: number, width: number): View => ({ x, y: 0, unitsPerPixel: 1, width, height: 50, pixelRatio: 1 });

test.each([
  ['within the Earth', above(10, 100), [0]],
  ['at its right border', above(90, 100), [0, 1]],
  ['at its left border', above(-90, 100), [0, -1]],
  ['of more than the whole Earth', above(0, 460), [0, -1, 1]],
  ['of very many', above(0, 10_000), [0, -3, -2, -1, 1, 2, 3]],
])('a view %s shows those beside it that it reaches', (_name, view, turns) => {
  const views = viewsAround(view, { world });
  expect(views[0]).toBe(view);
  // A place is seen once on each of the Earths, one side apart.
  const [[atX]] = views.map((one) => toPixel(one, 40, 0));
  expect(views.map((one) => Math.round((toPixel(one, 40, 0)[0] - atX) / 200))).toEqual(turns);
});

test('a view up to the horizon shows one on either side', () => {
  const perspective = { right: [1, 0], down: [0, -1], away: [0, 0.05] } as const;
  const tilted = { ...above(0, 100), perspective };
  expect(viewsAround(tilted, { world }).map(({ x }) => x)).toEqual([0, 200, -200]);
});
