import { fromLngLat, type Placement, toLngLat } from '../placement.ts';

/** A planar coordinate system as MapLibre 6 takes it in its experimental `addProjection`. */
export interface PlaneProjection {
  readonly name: string;
  readonly projection: { forward(lngLat: number[]): number[]; inverse(place: number[]): number[] };
  readonly tileMatrixSet: { origin: [number, number]; extentAtZoom0: number };
}

/**
 * The plane of a network instead of the Earth: a metre is a layout unit everywhere, there is one world, and nothing wraps.
 * Degrees are mere names of places, the same as without it, so that tiles, features and bounds keep theirs.
 *
 * @param name what the map's `setProjection` calls it (default `isthmus:plane`); with a colon, as MapLibre asks
 */
export function planeProjection(placement: Placement, name = 'isthmus:plane'): PlaneProjection {
  const { minX, maxX, maxY } = placement.world;
  return {
    name,
    projection: {
      forward: ([lng, lat]) => [...fromLngLat(placement, lng, lat)],
      inverse: ([x, y]) => [...toLngLat(placement, x, y)],
    },
    tileMatrixSet: { origin: [minX, maxY], extentAtZoom0: maxX - minX },
  };
}
