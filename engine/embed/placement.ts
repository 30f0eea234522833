import type { Box } from '../base/box.ts';
import { IsthmusError } from '../base/errors.ts';
import { latitudeOf, longitudeOf, squareOf } from '../base/mercator.ts';
import { type Bounds, boundsOf, toSquare } from '../output/tiles/pyramid.ts';

/** Degrees, in GeoJSON's order. */
export type LngLat = readonly [longitude: number, latitude: number];

/** Where a network lies on a web map. */
export interface Placement {
  /** The square of the plane, in layout units, that a web map takes for the whole Earth in Web Mercator (EPSG:3857). */
  readonly world: Box;
}

/** The placement of a map's tiles: on the Earth where it is geographic, else its sheet in the middle of the Earth's square, as large as fits. */
export function placementOf({ world }: { readonly world: Box }): Placement {
  return { world };
}

/**
 * The placement in which the sheet lies within these degrees, in their middle and as large as fits.
 *
 * @throws UsageError if the bounds are empty or reach beyond Web Mercator (latitude ±85.0511).
 */
export function placementWithin({ sheet }: { readonly sheet: Box }, bounds: Bounds): Placement {
  const [west, south, east, north] = bounds;
  const [left, top] = squareOf(west, north);
  const [right, bottom] = squareOf(east, south);
  if (!(left < right && top < bottom && Math.max(Math.abs(north), Math.abs(south)) < 85.052)) {
    throw new IsthmusError(
      'UsageError',
      `Bounds are west, south, east, north with latitudes of at most 85.0511 degrees, but [${bounds.join(', ')}] came.`,
    );
  }
  const unitsPerSquare = Math.max(
    (sheet.maxX - sheet.minX) / (right - left),
    (sheet.maxY - sheet.minY) / (bottom - top),
  );
  const minX = (sheet.minX + sheet.maxX) / 2 - ((left + right) / 2) * unitsPerSquare;
  const maxY = (sheet.minY + sheet.maxY) / 2 + ((top + bottom) / 2) * unitsPerSquare;
  return { world: { minX, minY: maxY - unitsPerSquare, maxX: minX + unitsPerSquare, maxY } };
}

/** Degrees of a point in layout units. */
export function toLngLat({ world }: Placement, x: number, y: number): LngLat {
  const [across, down] = toSquare(world, x, y);
  return [longitudeOf(across), latitudeOf(down)];
}

/** The point in layout units at these degrees. */
export function fromLngLat({ world }: Placement, longitude: number, latitude: number): readonly [x: number, y: number] {
  const [across, down] = squareOf(longitude, latitude);
  const side = world.maxX - world.minX;
  return [world.minX + across * side, world.maxY - down * side];
}

/** The degrees between which a part of the plane lies, such as a map's sheet. */
export function lngLatBounds({ world }: Placement, part: Box): Bounds {
  return boundsOf(world, part);
}
