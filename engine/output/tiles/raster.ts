import type { GraphMap } from '../../map/graph-map.ts';
import type { PartialMapSettings } from '../../map/settings.ts';
import type { View } from '../../map/view.ts';
import type { DrawTile } from '../bands.ts';
import type { Compress } from '../scanlines.ts';
import { mapAtZoom } from './map-at-zoom.ts';
import { type Block, type BlockOfTiles, tilesOf, tileWidth, viewAtZoom } from './pyramid.ts';
import { type Cutting, type EncodedSquare, pngSquares } from './squares.ts';
import type { TileAddress } from './tile-id.ts';

/** A zoom level that is ready to be drawn part by part. */
export interface OpenLevel {
  readonly tile: DrawTile;
  /** Draws a part and encodes squares of it; where this is left out they become PNG. */
  encode?(cutting: Cutting): Promise<readonly EncodedSquare[]>;
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
  /** How PNG is compressed. */
  readonly compress?: Compress | undefined;
}

/** Device pixels a side of what is drawn at once: less than any browser's largest canvas. */
const blockPixels = 4096;

/** Tiles drawn at once along a side. */
export function blockSideOf(pixelRatio: number): number {
  return blockPixels / (tileWidth * pixelRatio);
}

/** Blocks that are drawn and encoded at the same time: while one is encoded the next is drawn. */
const blocksAtOnce = 2;

/**
 * The drawn map as tiles, from the lowest zoom up. Each zoom is one drawing, of which the tiles are parts, so that labels
 * and lines go on across their borders. A tile of bare paper is left out unless the tile above it has content, which maps
 * would show in its place.
 */
export async function* rasterTiles(map: GraphMap, run: RasterRun): AsyncGenerator<BlockOfTiles> {
  const size = tileWidth * run.pixelRatio;
  const above = ({ z, x, y }: TileAddress) => ({ z: z - 1, x: x >> 1, y: y >> 1 });
  const zooms = [...new Set(run.blocks.map(({ z }) => z))];
  for (const zoom of zooms) {
    const view = viewAtZoom(map.world, zoom, tileWidth, run.pixelRatio);
    const blocks = run.blocks.filter(({ z }) => z === zoom);
    const level = await run.open(mapAtZoom(map, view, run.labels), view);
    const make = async (block: Block): Promise<BlockOfTiles> => {
      const addresses = tilesOf(block, map);
      const squares = addresses.map(({ x, y }) => squareAt(x, y, 1, size));
      const cutting = { part: squareAt(block.x, block.y, block.side, size), squares, paper: map.palette.paper };
      const encoded = await (level.encode?.(cutting) ?? drawPng(level, cutting, run.compress));
      return { block, tiles: addresses.map((address, i) => ({ ...address, ...encoded[i] })) };
    };
    for await (const { block, tiles } of inOrder(blocks, make)) {
      yield { block, tiles: tiles.filter((tile) => !tile.isBlank || tile.z === 0 || run.hasContent(above(tile))) };
    }
    await level.close();
  }
}

async function drawPng(level: OpenLevel, cutting: Cutting, compress?: Compress): Promise<EncodedSquare[]> {
  return pngSquares(await level.tile(cutting.part), cutting, compress);
}

/** So many tiles a side from column x and row y on, in device pixels of the drawing. */
function squareAt(x: number, y: number, side: number, size: number): Cutting['part'] {
  return { x: x * size, y: y * size, width: side * size, height: side * size };
}

/** What is made of blocks, in their order, a few of them at once. */
async function* inOrder(
  blocks: readonly Block[],
  make: (block: Block) => Promise<BlockOfTiles>,
): AsyncGenerator<BlockOfTiles> {
  const begun: Promise<BlockOfTiles>[] = [];
  for (let next = 0; next < blocks.length || begun.length > 0; ) {
    while (begun.length < blocksAtOnce && next < blocks.length) {
      const making = make(blocks[next++]);
      // Nobody may wait for it any more once the reader has left.
      making.catch(() => undefined);
      begun.push(making);
    }
    const first = begun.shift();
    if (first !== undefined) yield await first;
  }
}
