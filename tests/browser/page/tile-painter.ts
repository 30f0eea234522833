import * as isthmus from '../../../engine/index.ts';
import { mapAtZoom } from '../../../engine/output/tiles/map-at-zoom.ts';
import { viewAtZoom } from '../../../engine/output/tiles/pyramid.ts';
import { terrainPixels } from '../../../engine/output/tiles/terrain.ts';
import { plantedMap } from '../../support/planted-bridges.ts';

/** What the test asks of the page. */
export interface PainterPage {
  readonly isthmus: typeof isthmus;
  /** A map of clusters and a bridge, and a painter of it in the worker. */
  readonly map: isthmus.GraphMap;
  readonly painter: isthmus.TilePainter;
  /** RGBA of a picture. */
  pixelsOf(picture: ImageBitmap): number[];
  /** RGBA of a tile as it is in the drawing of its whole zoom, or as the relief gives it. */
  expected(map: isthmus.GraphMap, request: isthmus.TileRequest): number[];
}

const { graph, positions } = plantedMap({ kinds: ['bridge', 'artifact'], seed: 7 });
const map = isthmus.createMap(graph, positions);
const engine = isthmus.createPageEngine(
  new Worker(new URL('../../../engine/hosts/worker.ts', import.meta.url), { type: 'module' }),
);
const renderer = isthmus.createRenderer(document.createElement('canvas'));

function pixelsOf(picture: ImageBitmap): number[] {
  const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
  context.drawImage(picture, 0, 0);
  return [...context.getImageData(0, 0, picture.width, picture.height).data];
}

const drawings = new WeakMap<isthmus.GraphMap, Map<string, Uint8Array>>();

/** A whole zoom as one drawing. */
function drawing(of: isthmus.GraphMap, z: number, pixelRatio: number): Uint8Array {
  const known = drawings.get(of) ?? new Map<string, Uint8Array>();
  drawings.set(of, known);
  const key = `${z}@${pixelRatio}`;
  const view = viewAtZoom(of.world, z, 256, pixelRatio);
  if (!known.has(key)) renderer.draw(mapAtZoom(of, view), view);
  const pixels = known.get(key) ?? renderer.pixels();
  known.set(key, pixels);
  return pixels;
}

function expected(of: isthmus.GraphMap, request: isthmus.TileRequest): number[] {
  if (request.kind === 'terrain') return [...terrainPixels(of, request)];
  const { z, x, y, pixelRatio = 1 } = request;
  const size = 256 * pixelRatio;
  const whole = drawing(of, z, pixelRatio);
  const stride = 4 * size * 2 ** z;
  return Array.from({ length: size }, (_, row) => {
    const start = (y * size + row) * stride + 4 * x * size;
    return [...whole.subarray(start, start + 4 * size)];
  }).flat();
}

const page: PainterPage = { isthmus, map, painter: await engine.createTilePainter(map), pixelsOf, expected };
Object.assign(globalThis, { painterPage: page, isReady: true });
