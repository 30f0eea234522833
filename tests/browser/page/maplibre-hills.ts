import type { Map as Map6, StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import * as embed from '../../../engine/embed/maplibre.ts';
import * as isthmus from '../../../engine/index.ts';
import { hillshadeLayer } from '../../../engine/output/tiles/hillshade-layer.ts';
import { hills, twoHills } from '../../support/two-hills.ts';

/** Where a small square on a hill is seen, pixels from the top left, and by how many pixels its ground is higher than that of the map's middle. */
interface Spot {
  readonly x: number;
  readonly y: number;
  readonly rise: number;
}

/** What the tests ask of the page; it is opened once for each version of MapLibre, whose map is 400 × 400 pixels. */
export interface HillsPage {
  readonly isthmus: typeof isthmus;
  readonly graphMap: isthmus.GraphMap;
  /** Shows nothing but MapLibre's shade of a live map's heights, on white. */
  shadeLive(graphMap: isthmus.GraphMap): Promise<void>;
  /** Shows the style of written tiles, at the same place. */
  shadeWritten(address: string): Promise<void>;
  /** A square on a hill, on a map that is tilted by so many degrees, with the terrain of a live map or without. */
  spot(hill: 0 | 1, pitch: number, terrainOf?: isthmus.GraphMap): Promise<Spot>;
  /** How what is shown agrees with our own hillshade: correlation, spread of lightness over that of light, and how many places were compared. */
  agreement(graphMap: isthmus.GraphMap): {
    readonly correlation: number;
    readonly strength: number;
    /** Correlation with how much more a slope faces the light than it turns away from it. */
    readonly direction: number;
    readonly places: number;
  };
  /** Colours that are shown. */
  colors(): number;
}

const size = 400;
const version = new URL(location.href).searchParams.get('version');
const library = await (version === '5' ? import('maplibre-gl-5') : import('maplibre-gl'));
if (version !== '5') (library as typeof import('maplibre-gl')).setWorkerUrl(workerUrl);

const { graph, positions } = twoHills();
const graphMap = isthmus.createMap(graph, positions, { relief: isthmus.relief(positions, { cells: 90_000 }) });
const placement = embed.placementOf(graphMap);
const painter = isthmus.createTilePainter(graphMap);
library.addProtocol('isthmus', embed.networkProtocol(painter) as never);

const paper = { id: 'paper', type: 'background', paint: { 'background-color': '#ffffff' } } as const;
const empty: StyleSpecification = { version: 8, sources: {}, layers: [paper] };
const map = new library.Map({
  container: 'map',
  style: empty as never,
  renderWorldCopies: false,
  attributionControl: false,
  fadeDuration: 0,
  pixelRatio: 1,
  canvasContextAttributes: { preserveDrawingBuffer: true },
}) as unknown as Map6;

/** The whole Earth, from above. */
const above = { center: [0, 0] as [number, number], zoom: 0.5, pitch: 0 };

async function show(style: StyleSpecification | string, camera = above): Promise<void> {
  map.setStyle(style, { diff: false });
  await new Promise((resolve) => map.once('style.load', resolve));
  map.jumpTo({ ...camera, bearing: 0 });
  await new Promise((resolve) => map.once('idle', resolve));
}

function pixels(): Uint8Array {
  const gl = map.getCanvas().getContext('webgl2')!;
  const upward = new Uint8Array(4 * size * size);
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.readPixels(0, 0, size, size, gl.RGBA, gl.UNSIGNED_BYTE, upward);
  const rows = Array.from({ length: size }, (_, y) => upward.subarray(4 * size * y, 4 * size * (y + 1)));
  return Uint8Array.from(rows.reverse().flatMap((row) => [...row]));
}

/** A square, 4° wide. */
function squareAt([lng, lat]: embed.LngLat) {
  const corners = [-135, -45, 45, 135, 225].map((turn) => {
    const angle = (turn * Math.PI) / 180;
    return [lng + 2 * Math.SQRT2 * Math.cos(angle), lat + 2 * Math.SQRT2 * Math.sin(angle)];
  });
  return { type: 'Polygon' as const, coordinates: [corners] };
}

/** Every second cell of every second row of a field. */
function* cellsOf({ width, height, box }: isthmus.Field) {
  for (let row = 1; row < height; row += 2) {
    for (let column = 1; column < width; column += 2) {
      const x = box.minX + ((column + 0.5) / width) * (box.maxX - box.minX);
      const y = box.maxY - ((row + 0.5) / height) * (box.maxY - box.minY);
      yield { cell: row * width + column, x, y };
    }
  }
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard deviation. */
function spreadOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}

/** Pearson's. */
function correlationOf(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  const covariance = meanOf(a.map((value, i) => (value - meanA) * (b[i] - meanB)));
  return covariance / (spreadOf(a) * spreadOf(b));
}

/** The middle of all dark pixels, from the top left. */
function middleOfDark(shown: Uint8Array): readonly [x: number, y: number] {
  const dark = Array.from({ length: size * size }, (_, pixel) => pixel).filter((pixel) => shown[4 * pixel] < 128);
  const middle = (place: (pixel: number) => number) => meanOf(dark.map(place)) + 0.5;
  return [middle((pixel) => pixel % size), middle((pixel) => Math.floor(pixel / size))];
}

/** Layout units from a hill to the map's middle, south of it. */
const away = 20;

/** Pixels at zoom 2 by which a hill is higher than the map's middle; the terrain is a quarter as steep as hills are drawn. */
function riseOf({ relief, world, settings }: isthmus.GraphMap, x: number, y: number): number {
  const { field, peak, exaggeration } = relief;
  const { width, height, box } = field;
  const column = Math.floor(((x - box.minX) / (box.maxX - box.minX)) * width);
  const heightAt = (y: number): number => {
    const row = Math.floor(((box.maxY - y) / (box.maxY - box.minY)) * height);
    const mapWidth = Math.sqrt((box.maxX - box.minX) * (box.maxY - box.minY));
    return (field.values[row * width + column] / peak) * settings.relief.zFactor * exaggeration * mapWidth;
  };
  // A metre has as many pixels as it has at the latitude of the map's middle.
  const [, latitude] = embed.toLngLat(placement, x, y - away);
  const units = (heightAt(y) - heightAt(y - away)) / Math.cos((latitude * Math.PI) / 180);
  return (0.25 * units * 512 * 2 ** 2) / (world.maxX - world.minX);
}

const page: HillsPage = {
  isthmus,
  graphMap,
  async shadeLive(next) {
    painter.update(next);
    await show({ ...embed.networkStyle(next), layers: [paper, hillshadeLayer(next, 'relief') as never] });
  },
  shadeWritten: show,
  async spot(hill, pitch, terrainOf) {
    if (terrainOf !== undefined) painter.update(terrainOf);
    const ground = terrainOf === undefined ? empty : embed.networkStyle(terrainOf, { terrain: true });
    const { x, y } = hills[hill];
    await show(
      {
        ...ground,
        sources: { ...ground.sources, spot: { type: 'geojson', data: squareAt(embed.toLngLat(placement, x, y)) } },
        layers: [paper, { id: 'spot', type: 'fill', source: 'spot', paint: { 'fill-color': '#000000' } }],
      },
      { center: [...embed.toLngLat(placement, x, y - away)], zoom: 2, pitch },
    );
    const [seenX, seenY] = middleOfDark(pixels());
    return { x: seenX, y: seenY, rise: terrainOf === undefined ? 0 : riseOf(terrainOf, x, y) };
  },
  agreement({ relief, settings }) {
    const shown = pixels();
    const light = isthmus.hillshade(relief, settings.relief);
    const from = (turn: number) =>
      isthmus.hillshade(relief, {
        ...settings.relief,
        ...{ method: 'basic', azimuth: (settings.relief.azimuth + turn) % 360 },
      });
    const [front, back] = [from(0), from(180)];
    const places: (readonly [shown: number, light: number, facing: number])[] = [];
    for (const { cell, x, y } of cellsOf(relief.field)) {
      const at = map.project([...embed.toLngLat(placement, x, y)]);
      if (at.x < 0 || at.y < 0 || at.x >= size || at.y >= size) continue;
      const lightness = shown[4 * (Math.floor(at.y) * size + Math.floor(at.x))] / 255;
      places.push([lightness, light[cell], front[cell] - back[cell]]);
    }
    const [ours, theirs, facing] = [1, 0, 2].map((k) => places.map((place) => place[k]));
    return {
      ...{ correlation: correlationOf(theirs, ours), direction: correlationOf(theirs, facing) },
      ...{ strength: spreadOf(theirs) / spreadOf(ours), places: places.length },
    };
  },
  colors: () => new Set(new Uint32Array(pixels().buffer)).size,
};
Object.assign(globalThis, { hillsPage: page, isReady: true });
