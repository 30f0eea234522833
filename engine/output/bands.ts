import type { Tile } from '../render/frame.ts';

/** Draws one tile: RGBA, stride 4, rows from the top. */
export type DrawTile = (tile: Tile) => Uint8Array | Promise<Uint8Array>;

/** How a picture is cut into tiles. */
export interface BandOptions {
  /** The width of a tile in pixels (default 4096, less than any browser's largest canvas). */
  readonly tileWidth?: number | undefined;
  /** The height of a tile and so of a band (default: so that a band has 6 megapixels, 256 to 2048). */
  readonly tileHeight?: number | undefined;
  /** Hears how many of how many tiles are drawn. */
  readonly onTile?: ((done: number, total: number) => void) | undefined;
}

const bandPixels = 6 << 20;

/**
 * Draws a picture of any size tile by tile and gives it as bands of whole rows, with two bands in memory at most. While
 * one band is worked on, the first tile of the next is drawn.
 */
export async function* drawBands(
  { width, height }: { readonly width: number; readonly height: number },
  draw: DrawTile,
  options: BandOptions = {},
): AsyncGenerator<Uint8Array> {
  const { tileWidth = 4096, onTile } = options;
  const tileHeight = options.tileHeight ?? Math.min(2048, Math.max(256, Math.floor(bandPixels / width)));
  const tiles = tilesOf(width, height, tileWidth, tileHeight);
  const begin = (index: number): Promise<Uint8Array> | undefined => {
    if (index >= tiles.length) return undefined;
    const drawn = Promise.resolve(draw(tiles[index]));
    // Nobody may wait for it any more once the reader has left.
    drawn.catch(() => undefined);
    return drawn;
  };
  let band = new Uint8Array(0);
  let next = begin(0);
  for (const [index, tile] of tiles.entries()) {
    const rgba = (await next) as Uint8Array;
    next = begin(index + 1);
    onTile?.(index + 1, tiles.length);
    if (tile.x === 0) band = new Uint8Array(4 * width * tile.height);
    copyTileInto(band, width, rgba, tile);
    if (tile.x + tile.width === width) yield band;
  }
}

function tilesOf(width: number, height: number, tileWidth: number, tileHeight: number): Tile[] {
  const tiles: Tile[] = [];
  for (let y = 0; y < height; y += tileHeight) {
    for (let x = 0; x < width; x += tileWidth) {
      tiles.push({ x, y, width: Math.min(tileWidth, width - x), height: Math.min(tileHeight, height - y) });
    }
  }
  return tiles;
}

function copyTileInto(band: Uint8Array, width: number, rgba: Uint8Array, tile: Tile): void {
  for (let row = 0; row < tile.height; row++) {
    band.set(rgba.subarray(4 * row * tile.width, 4 * (row + 1) * tile.width), 4 * (row * width + tile.x));
  }
}
