import { IsthmusError } from '../../base/errors.ts';

/** A tile of a web map: zoom level, column from the left, row from the top; 2^z columns and rows. */
export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** The deepest zoom whose tile ids a double counts exactly. */
export const deepestZoom = 26;

/**
 * The tile's number in a PMTiles archive: all tiles of lower zooms first, then along the Hilbert curve of its own. The
 * tiles of an aligned square of 2^k tiles a side have consecutive numbers.
 *
 * @throws UsageError unless the address lies in the pyramid and z is from 0 to 26.
 */
export function tileIdOf({ z, x, y }: TileAddress): number {
  const side = 2 ** z;
  const isWithin = (value: number, limit: number) => Number.isInteger(value) && value >= 0 && value < limit;
  if (!isWithin(z, deepestZoom + 1) || !isWithin(x, side) || !isWithin(y, side)) {
    const message = `There is no tile ${z}/${x}/${y}: zooms are 0 to ${deepestZoom}, columns and rows 0 to 2^zoom − 1.`;
    throw new IsthmusError('UsageError', message);
  }
  let [column, row, place] = [x, y, 0];
  for (let half = side / 2; half >= 1; half /= 2) {
    const [right, down] = [Math.floor(column / half) % 2, Math.floor(row / half) % 2];
    place += half * half * ((3 * right) ^ down);
    // Quarters of the curve are turned so that each begins where the one before ends.
    if (down === 0) {
      if (right === 1) [column, row] = [half - 1 - (column % half), half - 1 - (row % half)];
      [column, row] = [row, column];
    }
  }
  return (side * side - 1) / 3 + place;
}
