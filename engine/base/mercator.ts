import type { Box } from './box.ts';

/** The latitude at which Web Mercator (EPSG:3857) ends, since its world is a square: atan(sinh π) in degrees. */
export const mostLatitude = (Math.atan(Math.sinh(Math.PI)) * 180) / Math.PI;

/** Layout units of the Earth's radius where a layout is geographic: the scale of Gephi's GeoLayout. */
const earthRadius = 1000;
const half = Math.PI * earthRadius;

/** The whole Earth in Web Mercator, from 180° W to 180° E and between the latitudes ±85.0511°, in layout units. */
export const earthBox: Box = { minX: -half, minY: -half, maxX: half, maxY: half };

/** Degrees of longitude at a share of Web Mercator's square from the left, of latitude at one from the top. */
export const longitudeOf = (across: number): number => 360 * across - 180;
export const latitudeOf = (down: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * down))) * 180) / Math.PI;

/** Shares of Web Mercator's square from the left and from the top: the inverse of `longitudeOf` and `latitudeOf`. */
export function squareOf(longitude: number, latitude: number): readonly [across: number, down: number] {
  const radians = (latitude * Math.PI) / 180;
  return [(longitude + 180) / 360, (1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2];
}

/** The place of these degrees within `earthBox`, layout units. */
export function toMercator(longitude: number, latitude: number): readonly [x: number, y: number] {
  const [across, down] = squareOf(longitude, latitude);
  return [(2 * across - 1) * half, (1 - 2 * down) * half];
}

/** The unit vector from the Earth's middle to a place within `earthBox`; z points to the north pole. */
export function toSphere(x: number, y: number): readonly [x: number, y: number, z: number] {
  const level = 1 / Math.cosh(y / earthRadius);
  return [level * Math.cos(x / earthRadius), level * Math.sin(x / earthRadius), Math.tanh(y / earthRadius)];
}

/** The place within `earthBox` towards which a vector points, whatever its length; poles come to lie on its border. */
export function fromSphere(x: number, y: number, z: number): readonly [x: number, y: number] {
  const north = Math.asinh(z / Math.hypot(x, y)) * earthRadius;
  return [Math.atan2(y, x) * earthRadius, Math.min(half, Math.max(-half, north))];
}
