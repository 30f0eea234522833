import type { StyleSpecification } from 'maplibre-gl';
import { IsthmusError } from '../base/errors.ts';
import { squareOf } from '../base/mercator.ts';
import type { GraphMap } from '../map/graph-map.ts';
import { styleOf, tileJsonOf } from '../output/tiles/describe.ts';
import { deepestZooms, type TilePainter, type TileRequest } from '../output/tiles/painter.ts';
import { tileWidth } from '../output/tiles/pyramid.ts';
import { type Picked, pickInWorld } from './pick.ts';
import { attributionOf, backgroundOf } from './tile-json.ts';

/** What a handler of MapLibre's `addProtocol` answers: a TileJSON for a source's address, a picture for that of a tile. */
export interface NetworkAnswer {
  readonly data: ImageBitmap | Record<string, unknown>;
}

/**
 * Tiles of a live map for MapLibre: `addProtocol('isthmus', networkProtocol(painter))` gives sources the addresses
 * `isthmus://raster` (the drawn map, also sharp on fine screens) and `isthmus://terrain` (its heights, terrarium), or
 * `isthmus://raster/{z}/{x}/{y}{ratio}` and `isthmus://terrain/{z}/{x}/{y}` for those who write the rest of the source
 * themselves. Any name of the protocol will do.
 *
 * The handler rejects with UsageError for other addresses, and as `TilePainter.paint` does.
 */
export function networkProtocol(painter: TilePainter) {
  return async ({ url }: { readonly url: string }, { signal }: AbortController): Promise<NetworkAnswer> => {
    const source = /^[^:/]+:\/\/(raster|terrain)(?:\/(\d+)\/(\d+)\/(\d+)(@2x)?)?$/.exec(url);
    if (source === null) {
      const message = `An address like isthmus://raster/{z}/{x}/{y} or isthmus://terrain was expected, but ${url} came.`;
      throw new IsthmusError('UsageError', message);
    }
    const [, kind, z, x, y, ratio] = source as unknown as [string, TileRequest['kind'], ...string[]];
    if (z === undefined) return { data: sourceOf(painter, kind, url) };
    const address = { z: Number(z), x: Number(x), y: Number(y) };
    return { data: await painter.paint({ kind, ...address, pixelRatio: ratio === undefined ? 1 : 2 }, signal) };
  };
}

function sourceOf({ map }: TilePainter, kind: TileRequest['kind'], url: string): Record<string, unknown> {
  const ratio = kind === 'raster' ? '{ratio}' : '';
  const set = { kind, maxZoom: deepestZooms[kind], address: `${url}/{z}/{x}/{y}${ratio}` };
  return { ...tileJsonOf(map, set), attribution: attributionOf(map) };
}

/** How a live map is shown. */
export interface NetworkStyleOptions {
  /** The name under which the handler was added (default `isthmus`). */
  readonly protocol?: string | undefined;
  /** Whether the hills stand up when the map is tilted (default false). */
  readonly terrain?: boolean | undefined;
}

/** A style for MapLibre that shows a live map by itself: source and layer `network`, and the sources `relief` and `ground` of its heights. */
export function networkStyle(map: GraphMap, options: NetworkStyleOptions = {}): StyleSpecification {
  const { protocol = 'isthmus', terrain = false } = options;
  const address = `${protocol}://terrain/{z}/{x}/{y}`;
  const hills = styleOf(map, {
    kind: 'terrain',
    maxZoom: deepestZooms.terrain,
    address,
  }) as unknown as StyleSpecification;
  return {
    version: 8,
    ...(terrain && { terrain: hills.terrain }),
    sources: { ...hills.sources, network: { type: 'raster', url: `${protocol}://raster`, tileSize: tileWidth } },
    layers: [
      { id: 'background', type: 'background', paint: { 'background-color': backgroundOf(map) } },
      { id: 'network', type: 'raster', source: 'network' },
    ],
  };
}

/** The node under a place of a MapLibre map that shows tiles of the network, or else the annotation; `zoom` is the map's. */
export function pickOnTiles(
  map: GraphMap,
  { lng, lat }: { readonly lng: number; readonly lat: number },
  zoom: number,
): Picked | undefined {
  return pickInWorld(map, ...squareOf(lng, lat), 512 * 2 ** zoom);
}
