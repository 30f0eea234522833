import { expect, test } from 'vitest';
import { fromLngLat, lngLatBounds, placementOf, placementWithin, toLngLat } from '../../engine/embed/placement.ts';

/** The square around the sheet, which a map that is not geographic has for its world. */
const world = { minX: -300, minY: -100, maxX: 500, maxY: 700 };
const sheet = { minX: -300, minY: 100, maxX: 500, maxY: 500 };

test('the sheet of a map fills the width of the Earth, in its middle', () => {
  const placement = placementOf({ world });
  const [west, south, east, north] = lngLatBounds(placement, sheet);
  expect([west, east]).toEqual([-180, 180]);
  expect(south).toBeCloseTo(-north, 10);
  // Half the square: Mercator's y runs from π/2 to −π/2, which is the Gudermannian of a quarter turn.
  expect(north).toBeCloseTo((Math.atan(Math.sinh(Math.PI / 2)) * 180) / Math.PI, 10);
  expect(toLngLat(placement, 100, 300)).toEqual([0, 0]);
});

test('degrees and layout units are each other’s inverse', () => {
  const placement = placementWithin({ sheet }, [5, 40, 20, 55]);
  for (const [x, y] of [
    [-300, 100],
    [12.5, 444],
    [500, 500],
  ]) {
    const back = fromLngLat(placement, ...toLngLat(placement, x, y));
    expect(back[0]).toBeCloseTo(x, 8);
    expect(back[1]).toBeCloseTo(y, 8);
  }
});

test('a sheet placed within bounds touches two of their sides and keeps its shape', () => {
  const bounds = [5, 40, 20, 55] as const;
  const [west, south, east, north] = lngLatBounds(placementWithin({ sheet }, bounds), sheet);
  expect([west, east].map((degrees) => Math.round(degrees * 1e9) / 1e9)).toEqual([5, 20]);
  const mercator = (latitude: number) => Math.asinh(Math.tan((latitude * Math.PI) / 180));
  const height = mercator(north) - mercator(south);
  expect(height / (((east - west) * Math.PI) / 180)).toBeCloseTo(0.5, 9);
  expect((mercator(north) + mercator(south)) / 2).toBeCloseTo((mercator(40) + mercator(55)) / 2, 9);
});

test.each([[[20, 40, 5, 55]], [[5, 55, 20, 40]], [[5, 40, 20, 90]], [[5, Number.NaN, 20, 55]]] as const)(
  'bounds of %j are refused',
  (bounds) => {
    expect(() => placementWithin({ sheet }, bounds)).toThrow(/^Bounds are west, south, east, north/);
  },
);
