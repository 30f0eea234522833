import type { Box } from '../../base/box.ts';
import { latitudeOf, longitudeOf } from '../../base/mercator.ts';
import type { GraphMap } from '../../map/graph-map.ts';
import type { View } from '../../map/view.ts';
import type { TileAddress } from './tile-id.ts';

/** CSS pixels a side of a tile on the screen. */
export const tileWidth = 256;

/** A square of tiles of one zoom that are made together; it starts at a multiple of its side. */
export interface Block {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  /** Tiles a side. */
  readonly side: number;
}

/** A tile as it is kept. */
export interface Tile extends TileAddress {
  readonly bytes: Uint8Array;
  /** True for bare paper, which is there only to cover what the tile above it shows. */
  readonly isBlank?: boolean;
}

/** Degrees, in GeoJSON's order. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** What of a map says which tiles there are: its sheet, and the square that the tile of zoom 0 shows. */
export type Extent = Pick<GraphMap, 'sheet' | 'world'>;

/** The whole world at a zoom, whose tiles are `side` CSS pixels wide. */
export function viewAtZoom(world: Box, zoom: number, side: number, pixelRatio: number): View {
  const width = side * 2 ** zoom;
  return {
    x: (world.minX + world.maxX) / 2,
    y: (world.minY + world.maxY) / 2,
    unitsPerPixel: (world.maxX - world.minX) / width,
    ...{ width, height: width, pixelRatio },
  };
}

/** A point of the plane in the world's square: 0 to 1 from the left and from the top. */
export function toSquare(world: Box, x: number, y: number): readonly [x: number, y: number] {
  const side = world.maxX - world.minX;
  return [(x - world.minX) / side, (world.maxY - y) / side];
}

/** Where a part of the world lies for programs that take it for the Earth in Web Mercator (EPSG:3857). */
export function boundsOf(world: Box, part: Box): Bounds {
  const [left, top] = toSquare(world, part.minX, part.maxY);
  const [right, bottom] = toSquare(world, part.maxX, part.minY);
  return [longitudeOf(left), latitudeOf(bottom), longitudeOf(right), latitudeOf(top)];
}

/** The blocks of a zoom that touch the sheet, row by row; `mostSide` is a power of two. */
function blocksOf(extent: Extent, zoom: number, mostSide: number): Block[] {
  const side = Math.min(mostSide, 2 ** zoom);
  const { left, top, right, bottom } = rangeOf(extent, 2 ** zoom / side);
  const blocks: Block[] = [];
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) blocks.push({ z: zoom, x: x * side, y: y * side, side });
  }
  return blocks;
}

/** The blocks of all zooms to the deepest, the lowest first. */
export function pyramidOf(extent: Extent, maxZoom: number, mostSide: number): Block[] {
  const zooms = Array.from({ length: maxZoom + 1 }, (_, zoom) => zoom);
  return zooms.flatMap((zoom) => blocksOf(extent, zoom, mostSide));
}

/** The block's tiles that touch the sheet, row by row. */
export function tilesOf({ z, x, y, side }: Block, extent: Extent): TileAddress[] {
  const { left, top, right, bottom } = rangeOf(extent, 2 ** z);
  const tiles: TileAddress[] = [];
  for (let row = Math.max(y, top); row <= Math.min(y + side - 1, bottom); row++) {
    for (let column = Math.max(x, left); column <= Math.min(x + side - 1, right); column++) {
      tiles.push({ z, x: column, y: row });
    }
  }
  return tiles;
}

/** Columns and rows that the sheet touches when the world is cut into so many a side. */
function rangeOf({ world, sheet }: Extent, cuts: number) {
  const [left, top] = toSquare(world, sheet.minX, sheet.maxY);
  const [right, bottom] = toSquare(world, sheet.maxX, sheet.minY);
  // A sheet that ends at a tile's border does not touch the next; a rounding error makes no tile.
  const inset = 1e-9;
  const cell = (share: number) => Math.min(cuts - 1, Math.max(0, Math.floor(share * cuts)));
  return { left: cell(left + inset), top: cell(top + inset), right: cell(right - inset), bottom: cell(bottom - inset) };
}

/** `z/x/y`, as in addresses of tiles. */
export function nameOf({ z, x, y }: TileAddress): string {
  return `${z}/${x}/${y}`;
}

/** The tiles of one block that are worth keeping. */
export interface BlockOfTiles {
  readonly block: Block;
  readonly tiles: readonly Tile[];
}
