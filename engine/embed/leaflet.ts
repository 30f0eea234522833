import {
  type Coords,
  CRS,
  type DoneCallback,
  GridLayer,
  type GridLayerOptions,
  type LatLng,
  type LatLngBounds,
  type Map as LeafletMap,
  type LeafletMouseEvent,
  latLngBounds,
  TileLayer,
  type TileLayerOptions,
  Transformation,
} from 'leaflet';
import type { GraphMap } from '../map/graph-map.ts';
import { deepestZooms, type TilePainter } from '../output/tiles/painter.ts';
import { type Extent, tileWidth, toSquare } from '../output/tiles/pyramid.ts';
import { hoverOnChange, type PickListeners, pickInWorld } from './pick.ts';
import { attributionOf, type TileFolder } from './tile-json.ts';

export type { TilePainter } from '../output/tiles/painter.ts';
export type { Picked, PickListeners } from './pick.ts';
export { popupOf } from './popup.ts';
export { backgroundOf, readTileFolder, type TileFolder } from './tile-json.ts';

/**
 * Layout units as Leaflet's coordinates, for the option `crs` of a map: a node at (x, y) is at `[y, x]`, and zoom 0 shows
 * the whole network in one tile. With Leaflet's own EPSG:3857 the same tiles lie on the Earth, as those of a network whose
 * nodes have geographic coordinates should.
 */
export function networkCrs({ world }: Pick<GraphMap, 'world'>): CRS {
  const scale = tileWidth / (world.maxX - world.minX);
  const transformation = new Transformation(scale, -scale * world.minX, -scale, scale * world.maxY);
  return Object.assign(Object.create(CRS.Simple), { transformation });
}

/** The sheet of a network in the coordinates of a Leaflet map, whatever its CRS: `map.fitBounds(sheetBounds(map, network))`. */
export function sheetBounds(map: LeafletMap, { sheet, world }: Extent): LatLngBounds {
  const at = (x: number, y: number): LatLng => {
    const [across, down] = toSquare(world, x, y);
    return map.unproject([across * tileWidth, down * tileWidth], 0);
  };
  return latLngBounds(at(sheet.minX, sheet.minY), at(sheet.maxX, sheet.maxY));
}

/** A layer of tiles that `isthmus tiles` wrote: `tileFolder(await readTileFolder('tiles/tiles.json')).addTo(map)`. */
export function tileFolder(folder: TileFolder, options: TileLayerOptions = {}): TileLayer {
  return new FolderLayer(folder, options);
}

/** A layer of tiles that are painted from a live map; after `painter.update` call its `redraw`. */
export function liveTiles(painter: TilePainter, options: GridLayerOptions = {}): GridLayer {
  return new LiveLayer(painter, options);
}

/** Tells what clicks and the pointer meet on a Leaflet map that shows the network. @returns a function that ends it. */
export function listenToPicks(
  map: LeafletMap,
  networkNow: () => GraphMap,
  { click, hover }: PickListeners<LatLng>,
): () => void {
  const pickAt = ({ latlng }: LeafletMouseEvent) => {
    const { x, y } = map.project(latlng, 0).divideBy(tileWidth);
    return pickInWorld(networkNow(), x, y, tileWidth * 2 ** map.getZoom());
  };
  const onHover = hoverOnChange(hover);
  const onClick = (event: LeafletMouseEvent) => click?.(pickAt(event), event.latlng);
  const onMove = (event: LeafletMouseEvent) => onHover(pickAt(event), event.latlng);
  const onLeave = (event: LeafletMouseEvent) => onHover(undefined, event.latlng);
  map.on('click', onClick);
  if (hover !== undefined) map.on('mousemove', onMove).on('mouseout', onLeave);
  return () => map.off('click', onClick).off('mousemove', onMove).off('mouseout', onLeave);
}

/** What holds for tiles of a network unless the caller says otherwise. */
const usual = (maxZoom: number, attribution: string): GridLayerOptions => ({
  ...{ minZoom: 0, maxZoom, maxNativeZoom: maxZoom, tileSize: tileWidth, noWrap: true },
  ...(attribution !== '' && { attribution }),
});

class FolderLayer extends TileLayer {
  declare options: TileLayerOptions;
  readonly #folder: TileFolder;

  constructor(folder: TileFolder, options: TileLayerOptions) {
    super(folder.address, { ...usual(folder.maxZoom, attributionOf(folder)), ...options });
    this.#folder = folder;
  }

  override onAdd(map: LeafletMap): this {
    this.options.bounds ??= sheetBounds(map, this.#folder);
    return super.onAdd(map);
  }
}

class LiveLayer extends GridLayer {
  declare options: GridLayerOptions;
  readonly #painter: TilePainter;
  readonly #awaited = new Map<HTMLElement, AbortController>();

  constructor(painter: TilePainter, options: GridLayerOptions) {
    super({ ...usual(deepestZooms.raster, attributionOf(painter.map)), ...options });
    this.#painter = painter;
    this.on('tileunload', ({ tile }) => this.#awaited.get(tile)?.abort());
  }

  override onAdd(map: LeafletMap): this {
    this.options.bounds ??= sheetBounds(map, this.#painter.map);
    return super.onAdd(map);
  }

  protected override createTile({ z, x, y }: Coords, done: DoneCallback): HTMLElement {
    const tile = document.createElement('canvas');
    const controller = new AbortController();
    this.#awaited.set(tile, controller);
    const pixelRatio = devicePixelRatio > 1 ? 2 : 1;
    const show = (picture: ImageBitmap): void => {
      [tile.width, tile.height] = [picture.width, picture.height];
      tile.getContext('bitmaprenderer')?.transferFromImageBitmap(picture);
      done(undefined, tile);
    };
    const fail = (error: Error): void => {
      if (!controller.signal.aborted) done(error, tile);
    };
    this.#painter
      .paint({ kind: 'raster', z, x, y, pixelRatio }, controller.signal)
      .then(show)
      .catch(fail)
      .finally(() => this.#awaited.delete(tile));
    return tile;
  }

  /** Leaflet calls it when the zoom changes: tiles of other zooms that are still awaited are not wanted any more. */
  protected _abortLoading(): void {
    for (const [key, { el, coords }] of Object.entries(this._tiles)) {
      if (coords.z === this._tileZoom || !this.#awaited.has(el)) continue;
      this.#awaited.get(el)?.abort();
      el.remove();
      delete this._tiles[key];
    }
  }
}
