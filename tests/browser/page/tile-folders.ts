import 'leaflet/dist/leaflet.css';
import 'ol/ol.css';
import { CRS, map as createLeafletMap } from 'leaflet';
import TileLayer from 'ol/layer/Tile.js';
import OpenLayersMap from 'ol/Map.js';
import View from 'ol/View.js';
import * as inLeaflet from '../../../engine/embed/leaflet.ts';
import * as inOpenLayers from '../../../engine/embed/openlayers.ts';

/** What coordinates are: layout units, or those of the Earth in Web Mercator. */
export type Coordinates = 'layout' | 'earth';

/** How the page's map, 512 × 512 CSS pixels, differs from the files. */
export interface Difference {
  /** The greatest of a channel. */
  readonly worst: number;
  /** Colours of the files. */
  readonly colors: number;
}

/** What the test asks of the page. */
export interface FoldersPage {
  /** Shows the world of a folder's tiles at zoom 1, where it is as large as the map, and waits until all are there. */
  show(library: 'leaflet' | 'openlayers', address: string, coordinates: Coordinates): Promise<void>;
  /** Goes to zoom 2, where the world is 1,024 CSS pixels wide, with this share of it from the left and the top in the middle, and waits. */
  look(across: number, down: number): Promise<void>;
  /** What the attribution says. */
  attribution(): string;
  close(): void;
  /** Compares a picture of the page with the tile files of zoom 1 on white, from the top to so many CSS pixels below it. */
  compare(picture: string, address: string, rows: number): Promise<Difference>;
}

type Shown = Pick<FoldersPage, 'look' | 'attribution' | 'close'>;

const size = 512;
const element = document.querySelector<HTMLElement>('#map')!;
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

async function inLeafletMap(folder: inLeaflet.TileFolder, coordinates: Coordinates): Promise<Shown> {
  const crs = coordinates === 'layout' ? inLeaflet.networkCrs(folder) : CRS.EPSG3857;
  const map = createLeafletMap(element, {
    crs,
    ...{ zoomAnimation: false, fadeAnimation: false, inertia: false, zoomControl: false },
  });
  map.setView(map.unproject([size / 2, size / 2], 1), 1, { animate: false });
  const layer = inLeaflet.tileFolder(folder);
  const loaded = new Promise((resolve) => layer.once('load', resolve));
  layer.addTo(map);
  await loaded;
  await frame();
  return {
    async look(across, down) {
      map.setView(map.unproject([2 * size * across, 2 * size * down], 2), 2, { animate: false });
      while (layer.isLoading()) await frame();
    },
    attribution: () => map.attributionControl.getContainer()?.textContent ?? '',
    close: () => void map.remove(),
  };
}

async function inOpenLayersMap(folder: inOpenLayers.TileFolder, coordinates: Coordinates): Promise<Shown> {
  const projection = coordinates === 'layout' ? inOpenLayers.networkProjection(folder) : 'EPSG:3857';
  const view = new View({ projection, showFullExtent: true });
  const source = inOpenLayers.tileFolder(folder, { projection, transition: 0 });
  const map = new OpenLayersMap({ target: element, view, controls: [], layers: [new TileLayer({ source })] });
  const [left, bottom, right, top] = view.getProjection().getExtent();
  view.setCenter([(left + right) / 2, (bottom + top) / 2]);
  view.setResolution((right - left) / size);
  const rendered = () => {
    const isComplete = new Promise((resolve) => map.once('rendercomplete', resolve));
    map.render();
    return isComplete;
  };
  await rendered();
  return {
    async look(across, down) {
      view.setResolution((right - left) / (2 * size));
      view.setCenter([left + across * (right - left), top - down * (top - bottom)]);
      await rendered();
    },
    attribution: () => [source.getAttributions()?.({} as never)].flat().join(),
    close: () => map.setTarget(undefined),
  };
}

let shown: Shown | undefined;

const pixelsOf = (draw: (context: OffscreenCanvasRenderingContext2D) => void, side: number) => {
  const context = new OffscreenCanvas(side, side).getContext('2d')!;
  context.fillStyle = 'white';
  context.fillRect(0, 0, side, side);
  draw(context);
  return context.getImageData(0, 0, side, side).data;
};

const page: FoldersPage = {
  async show(library, address, coordinates) {
    const folder = await inLeaflet.readTileFolder(address);
    const open = library === 'leaflet' ? inLeafletMap : inOpenLayersMap;
    shown = await open(folder, coordinates);
  },
  look: async (across, down) => shown?.look(across, down),
  attribution: () => shown?.attribution() ?? '',
  close: () => shown?.close(),
  async compare(picture, address, rows) {
    const { address: template } = await inLeaflet.readTileFolder(address);
    const side = size * devicePixelRatio;
    const bitmapOf = async (url: string) => createImageBitmap(await (await fetch(url)).blob());
    const seen = await bitmapOf(`data:image/png;base64,${picture}`);
    const seenPixels = pixelsOf((context) => context.drawImage(seen, 0, 0), side);
    const tiles = await Promise.all(
      [0, 1, 2, 3].map((k) =>
        bitmapOf(
          template
            .replace('{z}', '1')
            .replace('{x}', `${k % 2}`)
            .replace('{y}', `${k >> 1}`),
        ),
      ),
    );
    const wanted = pixelsOf((context) => {
      for (const [k, tile] of tiles.entries()) context.drawImage(tile, (k % 2) * (side / 2), (k >> 1) * (side / 2));
    }, side);
    const end = 4 * side * rows * devicePixelRatio;
    let worst = 0;
    for (let i = 0; i < end; i++) worst = Math.max(worst, Math.abs(seenPixels[i] - wanted[i]));
    return { worst, colors: new Set(new Uint32Array(wanted.buffer, 0, end / 4)).size };
  },
};
Object.assign(globalThis, { foldersPage: page, isReady: true });
