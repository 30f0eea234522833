import 'leaflet/dist/leaflet.css';
import 'ol/ol.css';
import { CRS, map as createLeafletMap } from 'leaflet';
import TileLayer from 'ol/layer/Tile.js';
import OpenLayersMap from 'ol/Map.js';
import MapBrowserEvent from 'ol/MapBrowserEvent.js';
import View from 'ol/View.js';
import * as inLeaflet from '../../../engine/embed/leaflet.ts';
import * as inOpenLayers from '../../../engine/embed/openlayers.ts';
import { createMap, createTilePainter, type View as OurView, toPixel } from '../../../engine/index.ts';
import { plantedMap } from '../../support/planted-bridges.ts';

/** Where a map library puts a node, CSS pixels, and which node it finds under that pixel's place. */
export interface Found {
  readonly x: number;
  readonly y: number;
  readonly picked: inLeaflet.Picked | undefined;
}

/** What the test asks of the page. Maps are 256 pixels wide at zoom 0, so that pixels are those of tile 0/0/0. */
export interface PlacesPage {
  readonly node: number;
  readonly expected: readonly number[];
  leaflet(crs: 'layout' | 'earth'): Promise<Found & { readonly attribution: readonly string[] }>;
  openlayers(projection: 'layout' | 'earth'): Promise<Found & { readonly attribution: readonly string[] }>;
  /** What the TileJSON at an address describes, or the error's sentence. */
  folder(address: string): Promise<inLeaflet.TileFolder | string>;
}

const { graph, positions } = plantedMap({ kinds: ['bridge', 'artifact'], seed: 7 });
const network = createMap(graph, positions, { title: '<img src=x onerror="alert(1)"> & co.' });
const node = network.nodes.radius.indexOf(Math.max(...network.nodes.radius));
const [x, y] = positions.subarray(2 * node, 2 * node + 2);
const { world } = network;
const whole: OurView = {
  x: (world.minX + world.maxX) / 2,
  y: (world.minY + world.maxY) / 2,
  unitsPerPixel: (world.maxX - world.minX) / 256,
  ...{ width: 256, height: 256, pixelRatio: 1 },
};
/** What is written into an element of the page, and the names of the elements in it. */
const contentsOf = (element: Element | null) => [
  element?.textContent ?? '',
  ...Array.from(element?.querySelectorAll('img') ?? [], ({ localName }) => localName),
];
const painter = createTilePainter(network);

const page: PlacesPage = {
  node,
  expected: toPixel(whole, x, y),
  async leaflet(kind) {
    const crs = kind === 'layout' ? inLeaflet.networkCrs(network) : CRS.EPSG3857;
    const map = createLeafletMap('leaflet', { crs, zoomAnimation: false });
    map.setView(map.unproject([128, 128], 0), 0);
    const loaded = new Promise((resolve) => inLeaflet.liveTiles(painter).on('load', resolve).addTo(map));
    const at = kind === 'layout' ? { lat: y, lng: x } : map.unproject(toPixel(whole, x, y) as [number, number], 0);
    let picked: inLeaflet.Picked | undefined;
    const stop = inLeaflet.listenToPicks(map, () => network, { click: (found) => (picked = found) });
    const click = () => map.fire('click', { latlng: map.containerPointToLatLng(map.latLngToContainerPoint(at)) });
    click();
    stop();
    const first = picked;
    picked = undefined;
    click();
    if (picked !== undefined) throw new Error('a listener that was ended still hears');
    await loaded;
    const point = map.latLngToContainerPoint(at);
    const attribution = contentsOf(map.attributionControl.getContainer() ?? null);
    map.remove();
    return { x: point.x, y: point.y, picked: first, attribution };
  },
  async openlayers(kind) {
    const projection = kind === 'layout' ? inOpenLayers.networkProjection(network) : 'EPSG:3857';
    const view = new View({ projection });
    const source = inOpenLayers.liveTiles(painter, { projection });
    const map = new OpenLayersMap({ target: 'openlayers', view, layers: [new TileLayer({ source })] });
    const [left, bottom, right, top] = view.getProjection().getExtent();
    view.setCenter([(left + right) / 2, (bottom + top) / 2]);
    view.setResolution((right - left) / 256);
    await new Promise((resolve) => map.once('rendercomplete', resolve));
    const [across, down] = toPixel(whole, x, y);
    const earth = [left + (across / 256) * (right - left), top - (down / 256) * (top - bottom)];
    const at = kind === 'layout' ? [x, y] : earth;
    let picked: inOpenLayers.Picked | undefined;
    const stop = inOpenLayers.listenToPicks(map, () => network, { click: (found) => (picked = found) });
    const [px, py] = map.getPixelFromCoordinate(at);
    const box = map.getViewport()!.getBoundingClientRect();
    const where = { clientX: box.left + px, clientY: box.top + py };
    const click = () => map.dispatchEvent(new MapBrowserEvent('click', map, new PointerEvent('click', where)));
    click();
    stop();
    const first = picked;
    picked = undefined;
    click();
    if (picked !== undefined) throw new Error('a listener that was ended still hears');
    const attribution = contentsOf(map.getTargetElement()!.querySelector('.ol-attribution ul'));
    map.setTarget(undefined);
    return { x: px, y: py, picked: first, attribution };
  },
  folder: (address) => inLeaflet.readTileFolder(address).catch(({ name, message }: Error) => `${name}: ${message}`),
};
Object.assign(globalThis, { places: page, isReady: true });
