import type { Map as Map6, StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { Map as Map5 } from 'maplibre-gl-5';
import * as embed from '../../../engine/embed/maplibre.ts';
import * as isthmus from '../../../engine/index.ts';
import { plantedMap } from '../../support/planted-bridges.ts';

/** What the tests ask of the page; it is opened once for each version of MapLibre. */
export interface MapLibrePage {
  readonly isthmus: typeof isthmus;
  readonly embed: typeof embed;
  readonly graphMap: isthmus.GraphMap;
  /** Its nodes alone, large enough for their colours to be seen. */
  readonly discs: isthmus.GraphMap;
  /** A map of version 6, or one of 5 that answers to the same calls. */
  readonly map: Map6;
  /** What version 6 alone has. */
  readonly library: Pick<typeof import('maplibre-gl'), 'addProjection' | 'removeProjection'>;
  /** Lifts the ground of the map by so many metres everywhere, or takes it away. */
  setGround(metres: number | undefined): void;
  /** Ends when all is drawn, at this camera where one is given. */
  settled(camera?: Parameters<Map6['jumpTo']>[0]): Promise<void>;
  /** RGBA of what MapLibre shows, rows from the top. */
  pixels(): Uint8Array;
  /** Whether a CSS pixel is on the map, not next to its border. */
  isInside(point: { readonly x: number; readonly y: number }): boolean;
  /** Whether a picture has a node's colour at a CSS pixel, within so many steps in each channel. */
  isPainted(
    shown: Uint8Array,
    point: { readonly x: number; readonly y: number },
    node: number,
    within: number,
  ): boolean;
  /** RGBA of our own renderer's drawing of the map at the camera of now, seen from above. */
  expected(graphMap: isthmus.GraphMap, placement: embed.Placement): Uint8Array;
  /** The greatest difference of two pictures in a channel, and the share of channels that differ by more than 2. */
  compare(a: Uint8Array, b: Uint8Array): { readonly worst: number; readonly share: number };
  /** Errors that WebGL has reported to anybody; what is alive of what has been created in contexts, contexts and listeners of elements, by kind. */
  readonly errors: readonly number[];
  readonly alive: Readonly<Record<string, number>>;
}

const errors: number[] = [];
const alive: Record<string, number> = {};

/** Counts what is created and deleted in any context of the page, and keeps the errors that anybody asks for. */
function watchContexts(): void {
  const prototype = WebGL2RenderingContext.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const kind of ['Buffer', 'Framebuffer', 'Program', 'Shader', 'Texture', 'VertexArray', 'Renderbuffer']) {
    const [create, remove] = [prototype[`create${kind}`], prototype[`delete${kind}`]];
    const living = new Set<unknown>();
    prototype[`create${kind}`] = function (...args) {
      const made = create.apply(this, args);
      living.add(made);
      alive[kind] = living.size;
      return made;
    };
    prototype[`delete${kind}`] = function (...args) {
      living.delete(args[0]);
      alive[kind] = living.size;
      return remove.apply(this, args);
    };
  }
  for (const { prototype } of [HTMLCanvasElement, OffscreenCanvas]) {
    const { getContext } = prototype as { getContext(this: object, kind: string, ...options: unknown[]): unknown };
    const drawn = new Set<unknown>();
    (prototype as { getContext: typeof getContext }).getContext = function (kind, ...options) {
      const context = getContext.call(this, kind, ...options);
      if (kind.startsWith('webgl') && !drawn.has(context)) {
        drawn.add(context);
        alive['Context'] = (alive['Context'] ?? 0) + 1;
      }
      return context;
    };
  }
  const { getError } = prototype;
  prototype['getError'] = function () {
    const error = getError.call(this) as number;
    if (error !== 0) errors.push(error);
    return error;
  };
}

/** Counts the listeners that the page's window, document and elements have. */
function watchListeners(): void {
  const listeners = new Map<EventTarget, Map<string, Set<unknown>>>();
  const listenersOf = (target: EventTarget, type: string, options: unknown): Set<unknown> => {
    const isCapturing = options === true || (options as AddEventListenerOptions | undefined)?.capture === true;
    const key = `${type} ${isCapturing}`;
    const ofTarget = listeners.get(target) ?? new Map<string, Set<unknown>>();
    const found = ofTarget.get(key) ?? new Set<unknown>();
    listeners.set(target, ofTarget.set(key, found));
    return found;
  };
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const count = (target: EventTarget, change: () => void): void => {
    if (!(target instanceof Node || target === window)) return;
    change();
    alive['Listener'] = [...listeners.values()]
      .flatMap((types) => [...types.values()])
      .reduce((sum, set) => sum + set.size, 0);
  };
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    count(this ?? window, () => listenersOf(this ?? window, type, options).add(listener));
    addEventListener.call(this ?? window, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    count(this ?? window, () => listenersOf(this ?? window, type, options).delete(listener));
    removeEventListener.call(this ?? window, type, listener, options);
  };
}

const square = (west: number, south: number, east: number, north: number) => ({
  type: 'Feature' as const,
  properties: {},
  geometry: {
    type: 'Polygon' as const,
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  },
});

/** A green ground with a blue square in the west, and a red dot in the middle that is to be on top. */
const style: StyleSpecification = {
  version: 8,
  sources: {
    square: { type: 'geojson', data: square(-170, -60, -100, 60) },
    dot: {
      type: 'geojson',
      data: { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [0, 0] } },
    },
  },
  layers: [
    { id: 'ground', type: 'background', paint: { 'background-color': '#cce8cc' } },
    { id: 'square', type: 'fill', source: 'square', paint: { 'fill-color': '#3366ff', 'fill-antialias': false } },
    { id: 'dot', type: 'circle', source: 'dot', paint: { 'circle-color': '#ff0000', 'circle-radius': 12 } },
  ],
};

watchContexts();
watchListeners();
const version = new URL(location.href).searchParams.get('version');
const library = await (version === '5' ? import('maplibre-gl-5') : import('maplibre-gl'));
if (version !== '5') (library as typeof import('maplibre-gl')).setWorkerUrl(workerUrl);

const map = new library.Map({
  container: 'map',
  style: style as never,
  center: [0, 0],
  zoom: 0,
  maxZoom: 22,
  renderWorldCopies: false,
  attributionControl: false,
  fadeDuration: 0,
  pixelRatio: 1,
  canvasContextAttributes: { preserveDrawingBuffer: true },
}) as unknown as Map6;
map.on('render', () => map.getCanvas().getContext('webgl2')?.getError());

async function settled(camera?: Parameters<Map6['jumpTo']>[0]): Promise<void> {
  const idle = new Promise((resolve) => map.once('idle', resolve));
  if (camera !== undefined) map.jumpTo(camera);
  map.triggerRepaint();
  await idle;
}

function pixels(): Uint8Array {
  const gl = map.getCanvas().getContext('webgl2');
  if (gl === null) throw new Error('The map has no WebGL 2.');
  const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
  const upward = new Uint8Array(4 * width * height);
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, upward);
  const rows = Array.from({ length: height }, (_, y) => upward.subarray(4 * width * y, 4 * width * (y + 1)));
  return Uint8Array.from(rows.reverse().flatMap((row) => [...row]));
}

const renderer = isthmus.createRenderer(document.createElement('canvas'));

function expected(graphMap: isthmus.GraphMap, placement: embed.Placement): Uint8Array {
  const { lng, lat } = map.getCenter();
  const [x, y] = embed.fromLngLat(placement, lng, lat);
  const unitsPerPixel = (placement.world.maxX - placement.world.minX) / (512 * 2 ** map.getZoom());
  renderer.draw(graphMap, { x, y, unitsPerPixel, width: 480, height: 360, pixelRatio: 1 });
  return renderer.pixels();
}

const isInside: MapLibrePage['isInside'] = ({ x, y }) => x > 4 && x < 476 && y > 4 && y < 356;

const isPainted: MapLibrePage['isPainted'] = (shown, { x, y }, node, within) => {
  const at = 4 * (Math.floor(y) * 480 + Math.floor(x));
  const color = discs.nodes.color.subarray(4 * node, 4 * node + 3);
  return color.every((value, k) => Math.abs(value - shown[at + k]) < within);
};

function compare(a: Uint8Array, b: Uint8Array): { worst: number; share: number } {
  const differences = a.map((value, i) => Math.abs(value - b[i]));
  return {
    worst: differences.reduce((most, value) => Math.max(most, value), 0),
    share: differences.filter((value) => value > 2).length / differences.length,
  };
}

/** Tiles of terrarium heights, all of one height. */
library.addProtocol('ground', async ({ url }: { url: string }) => {
  const metres = 32768 + Number(new URL(url).searchParams.get('metres'));
  const canvas = new OffscreenCanvas(256, 256);
  const context = canvas.getContext('2d')!;
  context.fillStyle = `rgb(${Math.floor(metres / 256)}, ${metres % 256}, 0)`;
  context.fillRect(0, 0, 256, 256);
  return { data: await (await canvas.convertToBlob()).arrayBuffer() };
});

function setGround(metres: number | undefined): void {
  if (map.getSource('ground')) {
    map.setTerrain(null);
    map.removeSource('ground');
  }
  if (metres === undefined) return;
  const tiles = [`ground://all/{z}/{x}/{y}?metres=${metres}`];
  map.addSource('ground', { type: 'raster-dem', tiles, encoding: 'terrarium', tileSize: 256, maxzoom: 4 });
  map.setTerrain({ source: 'ground' });
}

const { graph, positions } = plantedMap({ kinds: ['bridge', 'artifact'], seed: 7 });
const bare = isthmus.createMap(graph, positions);
const graphMap = {
  ...bare,
  annotations: isthmus.readAnnotations(
    JSON.stringify({
      type: 'Feature',
      properties: { kind: 'landmark', label: 'Origin' },
      geometry: { type: 'Point', coordinates: [(bare.sheet.minX + bare.sheet.maxX) / 2, bare.sheet.maxY] },
    }),
  ).annotations,
};
const discs = isthmus.restyleMap(graphMap, {
  nodes: { scale: 3 },
  labels: { show: false },
  annotations: { show: false },
  edges: { show: false },
});
await new Promise((resolve) => map.once('load', resolve));

const page: MapLibrePage = {
  ...{
    isthmus,
    embed,
    graphMap,
    discs,
    map,
    isInside,
    isPainted,
    settled,
    pixels,
    expected,
    compare,
    errors,
    alive,
    setGround,
    library: library as typeof import('maplibre-gl'),
  },
};
Object.assign(globalThis, { mapLibrePage: page, isReady: true });

/** The layer is one of either version's. */
export const layers: [Parameters<Map5['addLayer']>[0], Parameters<Map6['addLayer']>[0]] = [
  embed.networkLayer(graphMap),
  embed.networkLayer(graphMap),
];
