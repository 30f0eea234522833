import { IsthmusError } from '../../base/errors.ts';
import { type RunOptions, throwIfAborted } from '../../base/progress.ts';
import { createPauses } from '../../layout/pause.ts';
import type { GraphMap } from '../../map/graph-map.ts';
import type { PartialMapSettings } from '../../map/settings.ts';
import type { View } from '../../map/view.ts';
import { createTilePen, type TilePen } from '../tile-pen.ts';
import { mapAtZoom } from './map-at-zoom.ts';
import { tileWidth, viewAtZoom } from './pyramid.ts';
import { terrainPixels, terrainTileSize } from './terrain.ts';
import { type TileAddress, tileIdOf } from './tile-id.ts';

/** A tile to be painted: a part of the drawn map, or its heights as terrarium RGB. */
export interface TileRequest extends TileAddress {
  readonly kind: 'raster' | 'terrain';
  /** Device pixels per CSS pixel of the drawn map, whose tiles are 256 times as wide (default 1); terrain has 512 pixels. */
  readonly pixelRatio?: 1 | 2 | undefined;
}

/** Paints tiles of a map whenever one is asked for, the same as `isthmus tiles` writes. */
export interface TilePainter {
  /** What is painted. */
  readonly map: GraphMap;
  /**
   * The tile, from a block of tiles that are drawn together and kept for a while. One whose signal fires before its turn
   * is not drawn.
   *
   * Rejects with UsageError if there is no such tile, AbortError if the signal has fired, and DeviceError where maps
   * cannot be drawn.
   */
  paint(request: TileRequest, signal?: RunOptions['signal']): Promise<ImageBitmap>;
  /** Paints another map, or the same one changed, from now on. */
  update(map: GraphMap): void;
  dispose(): void;
}

/** How tiles are painted. */
export interface TilePainterOptions {
  /** Settings of labels that stay as they are at all zooms, in place of what suits each. */
  readonly labels?: PartialMapSettings['labels'];
}

/** Zooms that map libraries ask for; beyond them they enlarge. A cell of the relief is some four pixels wide at zoom 3. */
export const deepestZooms: Readonly<Record<TileRequest['kind'], number>> = { raster: 12, terrain: 3 };

/** Device pixels a side of what is drawn at once: four to sixteen tiles, which a screen shows together. */
const blockPixels = 1024;
/** Blocks that are kept, of 4 MB each. */
const keptBlocks = 16;

/** One zoom of the map, as it is drawn there. */
interface Level {
  readonly map: GraphMap;
  readonly view: View;
}

/** What is known of one map. */
interface Painting {
  readonly map: GraphMap;
  readonly levels: Map<string, Level>;
  /** The blocks drawn last, the latest at the end. */
  readonly blocks: Map<string, ImageData>;
}

const begin = (map: GraphMap): Painting => ({ map, levels: new Map(), blocks: new Map() });

/** A painter in this thread: one that leaves the page free is `createTilePainter` of a page's engine. */
export function createTilePainter(map: GraphMap, { labels }: TilePainterOptions = {}): TilePainter {
  const pause = createPauses();
  let painting = begin(map);
  let pen: TilePen | undefined;
  let isDisposed = false;
  let line: Promise<unknown> = Promise.resolve();

  const levelOf = ({ map, levels }: Painting, z: number, pixelRatio: 1 | 2): Level => {
    const key = `${z}@${pixelRatio}`;
    const view = viewAtZoom(map.world, z, tileWidth, pixelRatio);
    const level = levels.get(key) ?? { map: mapAtZoom(map, view, labels), view };
    levels.set(key, level);
    return level;
  };
  const drawBlock = async ({ key, left, top, z, side, size, pixelRatio }: Part): Promise<ImageData> => {
    const now = painting;
    const level = levelOf(now, z, pixelRatio);
    pen ??= createTilePen();
    const width = side * size;
    const pixels = await pen.draw(level.map, level.view, { x: left * size, y: top * size, width, height: width }, {});
    const block = new ImageData(new Uint8ClampedArray(pixels.buffer), width, width);
    keep(now.blocks, key, block);
    return block;
  };
  const paintNow = async (request: TileRequest): Promise<ImageBitmap> => {
    if (request.kind === 'terrain') {
      const pixels = new Uint8ClampedArray(terrainPixels(painting.map, request).buffer);
      return bitmapOf(new ImageData(pixels, terrainTileSize, terrainTileSize), 0, 0, terrainTileSize);
    }
    const part = partOf(request);
    return cut(painting.blocks.get(part.key) ?? (await drawBlock(part)), part, request);
  };

  return {
    get map() {
      return painting.map;
    },
    async paint(request, signal) {
      tileIdOf(request);
      throwIfAborted(signal);
      const part = partOf(request);
      const known = request.kind === 'raster' ? painting.blocks.get(part.key) : undefined;
      if (known !== undefined) {
        keep(painting.blocks, part.key, known);
        return cut(known, part, request);
      }
      const turn = line.then(async () => {
        await pause();
        throwIfAborted(signal);
        if (isDisposed) throw new IsthmusError('DeviceError', 'The painter of these tiles was disposed of.');
        return paintNow(request);
      });
      line = turn.catch(() => undefined);
      return turn;
    },
    update(changed) {
      painting = begin(changed);
    },
    dispose() {
      isDisposed = true;
      painting = begin(painting.map);
      pen?.dispose();
    },
  };
}

/** The block that a tile is part of. */
interface Part {
  readonly key: string;
  readonly z: number;
  readonly left: number;
  readonly top: number;
  /** Tiles a side, and device pixels a side of a tile. */
  readonly side: number;
  readonly size: number;
  readonly pixelRatio: 1 | 2;
}

function partOf({ z, x, y, pixelRatio = 1 }: TileRequest): Part {
  const size = tileWidth * pixelRatio;
  const side = Math.min(blockPixels / size, 2 ** z);
  const [left, top] = [x - (x % side), y - (y % side)];
  return { key: `${z}/${left}/${top}@${pixelRatio}`, z, left, top, side, size, pixelRatio };
}

function cut(block: ImageData, { left, top, size }: Part, { x, y }: TileAddress): Promise<ImageBitmap> {
  return bitmapOf(block, (x - left) * size, (y - top) * size, size);
}

/** Heights are read from the very bytes: no colour is converted. */
function bitmapOf(image: ImageData, x: number, y: number, size: number): Promise<ImageBitmap> {
  return createImageBitmap(image, x, y, size, size, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
}

/** Puts a block last, and lets the oldest go where there are too many. */
function keep(blocks: Map<string, ImageData>, key: string, block: ImageData): void {
  blocks.delete(key);
  blocks.set(key, block);
  if (blocks.size > keptBlocks) blocks.delete(blocks.keys().next().value as string);
}
