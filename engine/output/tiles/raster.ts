import { type GraphMap, restyleMap, scaleOf } from '../../map/graph-map.ts';
import type { PartialMapSettings } from '../../map/settings.ts';
import type { View } from '../../map/view.ts';
import type { DrawTile } from '../bands.ts';
import { encodePng } from '../png.ts';
import { gathered } from './gathered.ts';
import { type Block, type BlockOfTiles, type Tile, tilesOf, viewAtZoom } from './pyramid.ts';
import type { TileAddress } from './tile-id.ts';

/** CSS pixels a side of a tile on the screen. */
export const tileWidth = 256;

/** A zoom level that is ready to be drawn part by part. */
export interface OpenLevel {
  readonly tile: DrawTile;
  close(): Promise<void>;
}

/** How a map is drawn as tiles. */
export interface RasterRun {
  /** What is drawn, the lowest zoom first. */
  readonly blocks: readonly Block[];
  /** Device pixels per CSS pixel: tiles are 256 times as wide. */
  readonly pixelRatio: 1 | 2;
  /** Gets ready to draw a level. */
  open(map: GraphMap, view: View): Promise<OpenLevel>;
  /** True for tiles that were made, now or earlier, and are not bare paper. */
  hasContent(address: TileAddress): boolean;
  /** Settings of labels that were asked for and stay as they are at all zooms. */
  readonly labels?: PartialMapSettings['labels'];
}

/** Device pixels a side of what is drawn at once: less than any browser's largest canvas. */
const blockPixels = 4096;

/** Tiles drawn at once along a side. */
export function blockSideOf(pixelRatio: number): number {
  return blockPixels / (tileWidth * pixelRatio);
}

/**
 * The drawn map as PNG tiles, from the lowest zoom up. Each zoom is one drawing, of which the tiles are parts, so that
 * labels and lines go on across their borders. While a block is encoded the next is drawn. A tile of bare paper is left
 * out unless the tile above it has content, which maps would show in its place.
 */
export async function* rasterTiles(map: GraphMap, run: RasterRun): AsyncGenerator<BlockOfTiles> {
  const size = tileWidth * run.pixelRatio;
  const zooms = [...new Set(run.blocks.map(({ z }) => z))];
  for (const zoom of zooms) {
    const view = viewAtZoom(map.world, zoom, tileWidth, run.pixelRatio);
    const blocks = run.blocks.filter(({ z }) => z === zoom);
    const level = await run.open(mapAtZoom(map, view, run.labels), view);
    for await (const { block, rgba } of drawnAhead(blocks, level, size)) {
      const tiles = await Promise.all(
        tilesOf(block, map).map((address) => encodeTile(rgba, block, address, size, map.palette.paper)),
      );
      const above = ({ z, x, y }: TileAddress) => ({ z: z - 1, x: x >> 1, y: y >> 1 });
      yield { block, tiles: tiles.filter((tile) => !tile.isBlank || tile.z === 0 || run.hasContent(above(tile))) };
    }
    await level.close();
  }
}

/** Drawn blocks, the next of them already begun. */
async function* drawnAhead(
  blocks: readonly Block[],
  level: OpenLevel,
  size: number,
): AsyncGenerator<{ readonly block: Block; readonly rgba: Uint8Array }> {
  const begin = (block: Block | undefined): Promise<Uint8Array> | undefined => {
    if (block === undefined) return undefined;
    const { x, y, side } = block;
    const drawn = Promise.resolve(level.tile({ x: x * size, y: y * size, width: side * size, height: side * size }));
    // Nobody may wait for it any more once the reader has left.
    drawn.catch(() => undefined);
    return drawn;
  };
  let next = begin(blocks[0]);
  for (const [index, block] of blocks.entries()) {
    const rgba = (await next) as Uint8Array;
    next = begin(blocks[index + 1]);
    yield { block, rgba };
  }
}

/** CSS pixels: what is read on a screen without effort, and the largest names at the lowest zoom and at most. */
const [smallestText, firstLargestText, largestText] = [10, 12, 22];
/** CSS pixels of sheet that a label has for itself on average, so that names cover a fifth of it at most. */
const sheetPerLabel = 4000;

/** The map with as many labels as the zoom has room for, in sizes for a screen: they grow far less than the sheet does. */
export function mapAtZoom(map: GraphMap, view: View, labels: PartialMapSettings['labels'] = {}): GraphMap {
  const { text } = scaleOf(map, view);
  const zoom = Math.log2(view.width / tileWidth);
  const count = Math.min(100_000, Math.ceil((view.width * view.height) / sheetPerLabel));
  const [least, most] = [smallestText, Math.min(largestText, firstLargestText + 2 * zoom)].map((size) => size / text);
  return restyleMap(map, { labels: { count, minSize: Math.max(1, least), maxSize: Math.max(1, most), ...labels } });
}

/** Cuts a tile out of a drawn block. */
async function encodeTile(
  rgba: Uint8Array,
  block: Block,
  { z, x, y }: TileAddress,
  size: number,
  paper: number,
): Promise<Tile> {
  const stride = 4 * block.side * size;
  const start = (y - block.y) * size * stride + 4 * (x - block.x) * size;
  const pixels = new Uint8Array(4 * size * size);
  for (let row = 0; row < size; row++) {
    pixels.set(rgba.subarray(start + row * stride, start + row * stride + 4 * size), 4 * row * size);
  }
  const bytes = await gathered(encodePng({ width: size, height: size }, [pixels]));
  return { z, x, y, bytes, isBlank: isBare(pixels, paper) };
}

function isBare(rgba: Uint8Array, paper: number): boolean {
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i] !== paper >> 16 || rgba[i + 1] !== ((paper >> 8) & 255) || rgba[i + 2] !== (paper & 255)) return false;
  }
  return true;
}
