import type { Coordinate } from 'ol/coordinate.js';
import type OpenLayersMap from 'ol/Map.js';
import type MapBrowserEvent from 'ol/MapBrowserEvent.js';
import { unByKey } from 'ol/Observable.js';
import Projection from 'ol/proj/Projection.js';
import { get, type ProjectionLike } from 'ol/proj.js';
import ImageTile, { type Options as ImageTileOptions } from 'ol/source/ImageTile.js';
import TileGrid from 'ol/tilegrid/TileGrid.js';
import { IsthmusError } from '../base/errors.ts';
import type { GraphMap } from '../map/graph-map.ts';
import { deepestZooms, type TilePainter } from '../output/tiles/painter.ts';
import { type Extent, tileWidth, toSquare } from '../output/tiles/pyramid.ts';
import { hoverOnChange, type PickListeners, pickInWorld } from './pick.ts';
import { attributionOf, type TileFolder } from './tile-json.ts';

export type { TilePainter } from '../output/tiles/painter.ts';
export type { Picked, PickListeners } from './pick.ts';
export { popupOf } from './popup.ts';
export { backgroundOf, readTileFolder, type TileFolder } from './tile-json.ts';

/** Options of OpenLayers' ImageTile source, save those that tiles of a network decide. */
export type NetworkTileOptions = Omit<ImageTileOptions, 'url' | 'loader' | 'tileGrid' | 'tileSize' | 'wrapX'>;

/**
 * Layout units as a projection, for the option `projection` of a view: a node at (x, y) is at `[x, y]`, and zoom 0 shows
 * the whole network in one tile. In EPSG:3857 the same tiles lie on the Earth, as those of a network whose nodes have
 * geographic coordinates should; sources then have to be told so too.
 */
export function networkProjection({ world }: Pick<GraphMap, 'world'>): Projection {
  return new Projection({
    code: 'ISTHMUS',
    units: 'pixels',
    extent: [world.minX, world.minY, world.maxX, world.maxY],
  });
}

/** The sheet of a network in a projection, that of layout units unless told otherwise: `view.fit(sheetExtent(network))`. */
export function sheetExtent({ sheet, world }: Extent, projection: ProjectionLike = networkProjection({ world })) {
  const [left, bottom, right, top] = extentOf(projection);
  const at = (x: number, y: number) => {
    const [across, down] = toSquare(world, x, y);
    return [left + across * (right - left), top - down * (top - bottom)];
  };
  return [...at(sheet.minX, sheet.minY), ...at(sheet.maxX, sheet.maxY)];
}

/** A source of tiles that `isthmus tiles` wrote: `tileFolder(await readTileFolder('tiles/tiles.json'))`. */
export function tileFolder(folder: TileFolder, options: NetworkTileOptions = {}): ImageTile {
  return new ImageTile({ ...gridOf(folder, folder.maxZoom, folder.pixelRatio, options), url: folder.address });
}

/** A source of tiles that are painted from a live map; after `painter.update` call its `refresh`. */
export function liveTiles(painter: TilePainter, options: NetworkTileOptions = {}): ImageTile {
  const pixelRatio = devicePixelRatio > 1 ? 2 : 1;
  return new ImageTile({
    ...gridOf(painter.map, deepestZooms.raster, pixelRatio, options),
    loader: (z, x, y, { signal }) => painter.paint({ kind: 'raster', z, x, y, pixelRatio }, signal),
  });
}

/** Tells what clicks and the pointer meet on an OpenLayers map that shows the network. @returns a function that ends it. */
export function listenToPicks(
  map: OpenLayersMap,
  networkNow: () => GraphMap,
  { click, hover }: PickListeners<Coordinate>,
): () => void {
  const pickAt = ([x, y]: Coordinate) => {
    const [left, bottom, right, top] = extentOf(map.getView().getProjection());
    const worldWidth = (right - left) / (map.getView().getResolution() ?? 1);
    return pickInWorld(networkNow(), (x - left) / (right - left), (top - y) / (top - bottom), worldWidth);
  };
  const onHover = hoverOnChange(hover);
  const onMove = ({ coordinate, dragging }: MapBrowserEvent) => {
    if (hover !== undefined && !dragging) onHover(pickAt(coordinate), coordinate);
  };
  const onLeave = (event: PointerEvent) => onHover(undefined, map.getEventCoordinate(event));
  const keys = [
    map.on('click', ({ coordinate }) => click?.(pickAt(coordinate), coordinate)),
    map.on('pointermove', onMove),
  ];
  const viewport = map.getViewport();
  viewport?.addEventListener('pointerleave', onLeave);
  return () => {
    unByKey(keys);
    viewport?.removeEventListener('pointerleave', onLeave);
  };
}

/** What of a source tells where its tiles lie, and what OpenLayers says of them. */
function gridOf(
  network: Extent & Pick<GraphMap, 'title'>,
  maxZoom: number,
  pixelRatio: number,
  given: NetworkTileOptions,
) {
  const projection = given.projection ?? networkProjection(network);
  const [left, , right, top] = extentOf(projection);
  const tileGrid = new TileGrid({
    extent: sheetExtent(network, projection),
    origin: [left, top],
    resolutions: Array.from({ length: maxZoom + 1 }, (_, zoom) => (right - left) / (tileWidth * 2 ** zoom)),
    tileSize: tileWidth,
  });
  const attribution = attributionOf(network);
  return {
    ...(attribution !== '' && { attributions: attribution }),
    ...given,
    ...{ projection, tileGrid, tileSize: tileWidth * pixelRatio, wrapX: false },
  };
}

function extentOf(projection: ProjectionLike): number[] {
  const extent = get(projection)?.getExtent();
  if (extent) return extent;
  const named = typeof projection === 'string' ? projection : (projection?.getCode() ?? 'nothing');
  throw new IsthmusError('UsageError', `A projection with an extent was expected, but ${named} came.`);
}
