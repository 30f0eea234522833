import { createMap, createRenderer, fitView, type GraphMap, type Positions, type View } from '../../engine/index.ts';
import {
  baseMap,
  type Draw,
  type Encoding,
  fadeByLength,
  histogramEqualisation,
  isthmus,
  isthmusStraight,
  opacityByLength,
  uniformOpacity,
} from './encodings.ts';
import { type PlantedBridges, plantedBridges } from './planted.ts';
import type { Verdict } from './score.ts';
import { stretchesOf } from './stretches.ts';
import { contrastsOf, isVisible, lightnessOf } from './visibility.ts';

/** What the benchmark calls in the page; `positions` is a layout of the planted graph, float32 as base64. */
export interface BridgesPage {
  /** Draws a planted graph by every encoding, or one of them, and judges all its far pairs. */
  judge(seed: number, positions: string, width: number, only?: string): Verdict[];
  /** The same drawings as PNG data URLs, by the names of their encodings. */
  pictures(seed: number, positions: string, width: number, only?: string): [name: string, url: string][];
}

/** The alternatives at the opacity that shows most bridges, tried from 0.03 to 1. */
const encodings: readonly Encoding[] = [
  isthmus,
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

function chosen(only?: string): readonly Encoding[] {
  return encodings.filter(({ name }) => only === undefined || name === only);
}

function judge(seed: number, positions: string, width: number, only?: string): Verdict[] {
  const { planted, map, view } = prepare(seed, positions, width);
  const straight = stretchesOf(planted, map, 0, view);
  const gathered = stretchesOf(planted, map, map.settings.edges.bundling, view);
  return chosen(only).flatMap((encoding) => {
    const stretches = encoding.isBundled ? gathered : straight;
    const lightness = lightnessOf(encoding.draw(map, view, draw));
    return stretches.map(({ tie, segments }): Verdict => {
      const seen = isVisible(contrastsOf(lightness, segments));
      return { encoding: encoding.name, width, seed, kind: tie.kind, size: tie.size, isVisible: seen };
    });
  });
}

function pictures(seed: number, positions: string, width: number, only?: string): [name: string, url: string][] {
  const { map, view } = prepare(seed, positions, width);
  return chosen(only).map((encoding) => [encoding.name, urlOf(encoding.draw(map, view, draw), view)]);
}

interface Prepared {
  readonly planted: PlantedBridges;
  readonly map: GraphMap;
  readonly view: View;
}

function prepare(seed: number, positions: string, width: number): Prepared {
  const planted = plantedBridges(seed);
  const bytes = Uint8Array.from(atob(positions), (character) => character.charCodeAt(0));
  const places: Positions = new Float32Array(bytes.buffer);
  const { graph } = planted;
  const map = baseMap(createMap(graph, places, { seed }));
  const { minX, minY, maxX, maxY } = map.sheet;
  const height = Math.round((width * (maxY - minY)) / (maxX - minX));
  return { planted, map, view: fitView(map.sheet, { width, height }, margin) };
}

function urlOf(pixels: Uint8Array, { width, height }: View): string {
  const picture = document.createElement('canvas');
  Object.assign(picture, { width, height });
  picture.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
  return picture.toDataURL('image/png');
}

const page: BridgesPage = { judge, pictures };
Object.assign(globalThis, { bridges: page, isReady: true });
