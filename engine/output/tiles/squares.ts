import type { Tile } from '../../render/frame.ts';
import { encodePng } from '../png.ts';
import type { Compress } from '../scanlines.ts';
import { gathered } from './gathered.ts';

/** A tile's picture as it is kept. */
export interface EncodedSquare {
  readonly bytes: Uint8Array;
  /** True for bare paper. */
  readonly isBlank: boolean;
}

/** How squares are cut out of a part of a drawing; both in device pixels of the drawing. */
export interface Cutting {
  readonly part: Tile;
  readonly squares: readonly Tile[];
  /** The colour of bare paper, 0xRRGGBB. */
  readonly paper: number;
}

/** The square's pixels out of the part's; RGBA, rows from the top. */
export function cutOut(rgba: Uint8Array, part: Tile, { x, y, width, height }: Tile): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(4 * width * height);
  const start = 4 * ((y - part.y) * part.width + x - part.x);
  for (let row = 0; row < height; row++) {
    const from = start + 4 * row * part.width;
    pixels.set(rgba.subarray(from, from + 4 * width), 4 * row * width);
  }
  return pixels;
}

/** Whether all pixels have the paper's colour. */
export function isBare(rgba: Uint8Array, paper: number): boolean {
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i] !== paper >> 16 || rgba[i + 1] !== ((paper >> 8) & 255) || rgba[i + 2] !== (paper & 255)) return false;
  }
  return true;
}

/** Squares as PNG. */
export function pngSquares(
  rgba: Uint8Array,
  { part, squares, paper }: Cutting,
  compress?: Compress,
): Promise<EncodedSquare[]> {
  return Promise.all(
    squares.map(async (square) => {
      const pixels = cutOut(rgba, part, square);
      const bytes = await gathered(encodePng(square, [pixels], compress));
      return { bytes, isBlank: isBare(pixels, paper) };
    }),
  );
}
