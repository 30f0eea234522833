import { createMap, createRenderer, fitView, type GraphMap, type Positions, type View } from '../../engine/index.ts';
import {
  baseMap,
  type Draw,
  type Encoding,
  fadeByLength,
  histogramEqualisation,
  isthmus,
  isthmusStraight,
  isthmusWithNames,
  opacityByLength,
  uniformOpacity,
} from './encodings.ts';
import { type PlantedBridges, plantedBridges } from './planted.ts';
import type { Verdict } from './score.ts';
import { stretchesOf } from './stretches.ts';
import { drawTiles, viewOfTiles } from './tiles.ts';
import { contrastsOf, isVisible, lightnessOf } from './visibility.ts';

/** What a map is drawn as: a sheet, or the tiles of a zoom put together. */
export interface Format {
  /** Device pixels. */
  readonly width: number;
  readonly zoom?: number;
}

/** What the benchmark calls in the page; `positions` is a layout of the planted graph, float32 as base64. */
export interface BridgesPage {
  /** Draws a planted graph by every encoding, or one of them, and judges all its far pairs. */
  judge(seed: number, positions: string, format: Format, only?: string): Promise<Verdict[]>;
  /** The same drawings as PNG data URLs, by the names of their encodings. */
  pictures(seed: number, positions: string, format: Format, only?: string): Promise<[name: string, url: string][]>;
}

/** The alternatives at the opacity that shows most bridges, tried from 0.03 to 1. */
const encodings: readonly Encoding[] = [
  isthmus,
  isthmusWithNames,
  isthmusStraight,
  uniformOpacity(0.3),
  opacityByLength(0.4),
  fadeByLength(1),
  histogramEqualisation,
];

/** CSS pixels around the sheet, as `isthmus map` leaves. */
const margin = 8;

const renderer = createRenderer(document.createElement('canvas'));
const draw: Draw = (map, view) => {
  renderer.draw(map, view);
  return renderer.pixels();
};

/** One way to draw the map; where its strokes run depends on whether they are bundled. */
interface Picture {
  readonly name: string;
  readonly isBundled: boolean;
  pixels(): Promise<Uint8Array>;
}

/** Tiles are drawn by ours alone. */
function picturesOf(map: GraphMap, view: View, { width, zoom }: Format, only?: string): readonly Picture[] {
  const pictures =
    zoom === undefined
      ? encodings.map(({ name, isBundled = false, ...encoding }) => ({
          ...{ name, isBundled },
          pixels: async () => encoding.draw(baseMap(map), view, draw),
        }))
      : [isthmus, isthmusWithNames].map(({ name }) => ({
          ...{ name, isBundled: true },
          pixels: () => drawTiles(map, zoom, width, name === isthmus.name ? { labels: { show: false } } : {}),
        }));
  return pictures.filter(({ name }) => only === undefined || name === only);
}

async function judge(seed: number, positions: string, format: Format, only?: string): Promise<Verdict[]> {
  const { planted, map } = prepare(seed, positions);
  const view = viewOf(map, format);
  const device = { ...view, ...sizeOf(view), unitsPerPixel: view.unitsPerPixel / view.pixelRatio, pixelRatio: 1 };
  const straight = stretchesOf(planted, map, 0, device);
  const gathered = stretchesOf(planted, map, map.settings.edges.bundling, device);
  const verdicts: Verdict[] = [];
  for (const { name, isBundled, pixels } of picturesOf(map, view, format, only)) {
    const lightness = lightnessOf(await pixels());
    for (const { tie, segments } of isBundled ? gathered : straight) {
      const seen = isVisible(contrastsOf(lightness, segments));
      verdicts.push({ encoding: name, ...format, seed, kind: tie.kind, size: tie.size, isVisible: seen });
    }
  }
  return verdicts;
}

async function pictures(
  seed: number,
  positions: string,
  format: Format,
  only?: string,
): Promise<[name: string, url: string][]> {
  const { map } = prepare(seed, positions);
  const view = viewOf(map, format);
  const drawn: [string, string][] = [];
  for (const { name, pixels } of picturesOf(map, view, format, only)) {
    drawn.push([name, urlOf(await pixels(), sizeOf(view))]);
  }
  return drawn;
}

interface Prepared {
  readonly planted: PlantedBridges;
  readonly map: GraphMap;
}

/** The last graph, which is drawn in several formats. */
let last: { readonly seed: number; readonly prepared: Prepared } | undefined;

function prepare(seed: number, positions: string): Prepared {
  if (last?.seed === seed) return last.prepared;
  const planted = plantedBridges(seed);
  const bytes = Uint8Array.from(atob(positions), (character) => character.charCodeAt(0));
  const places: Positions = new Float32Array(bytes.buffer);
  const prepared = { planted, map: createMap(planted.graph, places, { seed }) };
  last = { seed, prepared };
  return prepared;
}

function viewOf(map: GraphMap, { width, zoom }: Format): View {
  if (zoom !== undefined) return viewOfTiles(map, zoom, width);
  const { minX, minY, maxX, maxY } = map.sheet;
  const height = Math.round((width * (maxY - minY)) / (maxX - minX));
  return fitView(map.sheet, { width, height }, margin);
}

/** Device pixels. */
interface PixelSize {
  readonly width: number;
  readonly height: number;
}

function sizeOf({ width, height, pixelRatio }: View): PixelSize {
  return { width: width * pixelRatio, height: height * pixelRatio };
}

function urlOf(pixels: Uint8Array, { width, height }: PixelSize): string {
  const picture = document.createElement('canvas');
  Object.assign(picture, { width, height });
  picture.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
  return picture.toDataURL('image/png');
}

const page: BridgesPage = { judge, pictures };
Object.assign(globalThis, { bridges: page, isReady: true });
