import type { Box } from '../../base/box.ts';
import type { GraphMap } from '../../map/graph-map.ts';
import { cellSizeOf, type Field, mapWidthOf } from '../../relief/field.ts';
import { encodePng } from '../png.ts';
import { gathered } from './gathered.ts';
import { type Block, type BlockOfTiles, type Tile, tilesOf } from './pyramid.ts';
import type { TileAddress } from './tile-id.ts';

/** Pixels a side of a terrain tile. */
export const terrainTileSize = 512;

/** The Earth's circumference in Web Mercator, metres: what web maps take the world's square for. */
const earth = 40_075_016.686;
/** Terrarium counts metres up to 32,767. */
const highestPeak = 32_000;
/** Steps of height, metres: a slope of a step a pixel is not seen, and tiles are half as large as with all 1/256. */
const stepsPerMetre = 8;

/** How heights of a relief become metres. */
export interface VerticalScale {
  /** Metres of the peak. */
  readonly peak: number;
  /** How many times lower than the map's hillshade draws the hills, a power of two. */
  readonly lowering: number;
}

/**
 * Heights as high as the map's own hillshade draws its hills, if the world's square were the Earth's, divided by the least
 * power of two with which the peak is 32,000 m or lower.
 */
export function verticalScaleOf({
  relief,
  world,
  settings,
}: Pick<GraphMap, 'relief' | 'world' | 'settings'>): VerticalScale {
  const { field, peak, exaggeration } = relief;
  const { zFactor } = settings.relief;
  const drawn = peak === 0 ? 0 : (zFactor * exaggeration * mapWidthOf(field.box) * earth) / (world.maxX - world.minX);
  let lowering = 1;
  while (drawn / lowering > highestPeak) lowering *= 2;
  return { peak: drawn / lowering, lowering };
}

/** The relief as terrarium tiles, whatever the blocks. */
export async function* terrainTiles(map: GraphMap, blocks: readonly Block[]): AsyncGenerator<BlockOfTiles> {
  const picture = { width: terrainTileSize, height: terrainTileSize };
  for (const block of blocks) {
    const tiles: Tile[] = [];
    for (const address of tilesOf(block, map)) {
      tiles.push({ ...address, bytes: await gathered(encodePng(picture, [terrainPixels(map, address)])) });
    }
    yield { block, tiles };
  }
}

/** A terrarium tile of the map's relief: RGBA, 512 × 512, rows from the top. */
export function terrainPixels(map: GraphMap, address: TileAddress): Uint8Array<ArrayBuffer> {
  const { relief, world } = map;
  const metres = relief.peak === 0 ? 0 : verticalScaleOf(map).peak / relief.peak;
  return terrarium(heightsOf(relief.field, world, address), metres);
}

/** RGBA pixels of heights: metres + 32,768 = 256 · red + green + blue / 256 (https://github.com/tilezen/joerd/blob/master/docs/formats.md). */
export function terrarium(heights: Float32Array, metresPerUnit: number): Uint8Array<ArrayBuffer> {
  const rgba = new Uint8Array(4 * heights.length);
  for (let i = 0; i < heights.length; i++) {
    const steps = Math.round((heights[i] * metresPerUnit + 32_768) * stepsPerMetre);
    const value = Math.min(65_536 * stepsPerMetre - 1, Math.max(0, steps)) / stepsPerMetre;
    rgba[4 * i] = Math.floor(value / 256);
    rgba[4 * i + 1] = Math.floor(value) % 256;
    rgba[4 * i + 2] = (value % 1) * 256;
    rgba[4 * i + 3] = 255;
  }
  return rgba;
}

/**
 * The field at the middle of each pixel of a tile, stride `terrainTileSize`, rows from the top, by the same cubic B-spline
 * as the map is drawn with, and beyond the field by the same fall. Twin of `groundAt` in shaders/render/relief.frag.glsl.
 */
export function heightsOf(field: Field, world: Box, { z, x, y }: TileAddress): Float32Array {
  const { width, height, box } = field;
  const pixel = (world.maxX - world.minX) / (terrainTileSize * 2 ** z);
  const cell = cellSizeOf(field);
  const alongX = (i: number) => (world.minX + (x * terrainTileSize + i + 0.5) * pixel - box.minX) / cell.x - 0.5;
  const alongY = (i: number) => (box.maxY - world.maxY + (y * terrainTileSize + i + 0.5) * pixel) / cell.y - 0.5;
  const columns = Array.from({ length: terrainTileSize }, (_, i) => sampleAt(alongX(i), width));
  const rows = Array.from({ length: terrainTileSize }, (_, i) => sampleAt(alongY(i), height));
  const lines = new Map<number, Float64Array>();
  const lineOf = (row: number): Float64Array => {
    const line = lines.get(row) ?? interpolated(field, row, columns);
    lines.set(row, line);
    return line;
  };
  const heights = new Float32Array(terrainTileSize ** 2);
  rows.forEach(({ taps, weights, inward, outward }, row) => {
    const [a, b, c, d] = taps.map(lineOf);
    columns.forEach((column, i) => {
      const value = weights[0] * a[i] + weights[1] * b[i] + weights[2] * c[i] + weights[3] * d[i];
      const fall = (column.inward + inward) / (column.outward + outward);
      heights[row * terrainTileSize + i] = fall < 1 ? value * fall : value;
    });
  });
  return heights;
}

/** One row of the field at the tile's columns. */
function interpolated({ values, width }: Field, row: number, columns: readonly Sample[]): Float64Array {
  return Float64Array.from(columns, ({ taps, weights }) =>
    taps.reduce((sum, tap, i) => sum + weights[i] * values[row * width + tap], 0),
  );
}

/** How a field is read at one place along an axis. */
interface Sample {
  readonly taps: readonly number[];
  readonly weights: readonly number[];
  /** Squared distances from the field's middle, in cells: of the place, and of the nearest within the field. */
  readonly outward: number;
  readonly inward: number;
}

function sampleAt(place: number, count: number): Sample {
  const within = Math.min(count - 1, Math.max(0, place));
  const low = Math.floor(within);
  const t = within - low;
  const s = 1 - t;
  const taps = [-1, 0, 1, 2].map((step) => Math.min(count - 1, Math.max(0, low + step)));
  const weights = [s ** 3, 4 - 6 * t ** 2 + 3 * t ** 3, 4 - 6 * s ** 2 + 3 * s ** 3, t ** 3].map((each) => each / 6);
  const middle = (count - 1) / 2;
  return { taps, weights, outward: (place - middle) ** 2, inward: (within - middle) ** 2 };
}
