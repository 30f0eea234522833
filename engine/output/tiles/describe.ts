import { latitudeOf, longitudeOf } from '../../base/mercator.ts';
import type { GraphMap } from '../../map/graph-map.ts';
import { groundColor } from '../../map/ground.ts';
import { hex } from '../svg-text.ts';
import type { VectorLayer } from './features.ts';
import { hillshadeLayer } from './hillshade-layer.ts';
import { boundsOf, tileWidth, toSquare } from './pyramid.ts';
import { terrainTileSize, verticalScaleOf } from './terrain.ts';
import { describeLayers } from './vector.ts';

/** What tiles show: the drawn map, its heights, or its parts as geometry. */
export type TileKind = 'raster' | 'terrain' | 'vector';

/** What is said of a set of tiles. */
export interface TileSet {
  readonly kind: TileKind;
  readonly maxZoom: number;
  /** Where a web map finds the tiles: an address with {z}, {x} and {y}, or that of a PMTiles archive. */
  readonly address: string;
  /** Device pixels per CSS pixel of raster tiles (default 1). */
  readonly pixelRatio?: 1 | 2 | undefined;
}

/**
 * TileJSON 3.0 (https://github.com/mapbox/tilejson-spec), without `tiles` for an archive, which answers for itself.
 * `bounds` and `center` are degrees; of a map that is not geographic, as if its world's square were the Earth in Web Mercator.
 * `sheet` and `world` say where tiles lie in layout units: the sheet, and the square of tile 0/0/0. `background` is the
 * colour that suits what is around them.
 */
export function tileJsonOf(map: GraphMap, set: TileSet): Record<string, unknown> {
  const bounds = boundsOf(map.world, map.sheet);
  const [west, south, east, north] = bounds;
  const name = map.title === '' ? 'Network' : map.title;
  return {
    tilejson: '3.0.0',
    name,
    description: [`A map of ${map.graph.nodeCount} nodes and ${map.graph.edgeCount} edges.`, ...map.notes].join(' '),
    scheme: 'xyz',
    ...(isArchive(set) ? {} : { tiles: [set.address] }),
    minzoom: 0,
    maxzoom: set.maxZoom,
    bounds,
    center: [(west + east) / 2, (south + north) / 2, 0],
    sheet: map.sheet,
    world: map.world,
    background: backgroundOf(map, set.kind),
    ...detailsOf(map, set),
  };
}

/** Raster tiles show the ground, which goes on around them; the others are drawn on bare paper. */
function backgroundOf(map: GraphMap, kind: TileKind): string {
  return hex(kind === 'raster' ? groundColor(map) : map.palette.paper);
}

function isArchive({ address }: TileSet): boolean {
  return !address.includes('{z}');
}

function detailsOf(map: GraphMap, { kind, maxZoom, pixelRatio = 1 }: TileSet): Record<string, unknown> {
  if (kind === 'vector') return { format: 'pbf', vector_layers: describeLayers(map, maxZoom) };
  if (kind === 'terrain') {
    const { peak, lowering } = verticalScaleOf(map);
    return { encoding: 'terrarium', tileSize: terrainTileSize, peakMetres: peak, lowering };
  }
  return { tileSize: tileWidth, pixelRatio };
}

/** MapLibre draws slopes of small scales steeper than they are: 48 times at zoom 1, 23 times at 2, 14 times at 4. */
const steepening = 32;
/** Terrarium read as so many times as high, by MapLibre's own encoding. */
function factorsOf(times: number): Record<string, unknown> {
  const [redFactor, greenFactor, blueFactor, baseShift] = [256, 1, 1 / 256, 32_768].map((factor) => factor * times);
  return { encoding: 'custom', redFactor, greenFactor, blueFactor, baseShift };
}

/** A style for MapLibre that shows the tiles by themselves, over what suits their surroundings. */
export function styleOf(map: GraphMap, set: TileSet): Record<string, unknown> {
  const { tiles, minzoom, maxzoom, bounds } = tileJsonOf(map, set);
  const place = isArchive(set) ? { url: `pmtiles://${set.address}` } : { tiles, minzoom, maxzoom, bounds };
  const color = backgroundOf(map, set.kind);
  const paper = { id: 'paper', type: 'background', paint: { 'background-color': color } };
  const { sources, layers, ...rest } = shown[set.kind](map, place);
  return { version: 8, name: map.title, ...firstView(map), ...rest, sources, layers: [paper, ...layers] };
}

/** Where a web map starts: the sheet in the middle, two 512-pixel tiles of it across. */
function firstView({ world, sheet }: GraphMap): { readonly center: readonly number[]; readonly zoom: number } {
  const [across, down] = toSquare(world, (sheet.minX + sheet.maxX) / 2, (sheet.minY + sheet.maxY) / 2);
  const side = Math.max(sheet.maxX - sheet.minX, sheet.maxY - sheet.minY);
  return { center: [longitudeOf(across), latitudeOf(down)], zoom: 1 + Math.log2((world.maxX - world.minX) / side) };
}

type Shown = { readonly sources: object; readonly layers: readonly object[] } & Record<string, unknown>;

/** How steep the 3-D view shows the hills, as a share of what the hillshade draws them with. */
const steepness = 0.25;

const shown: Readonly<Record<TileKind, (map: GraphMap, place: object) => Shown>> = {
  raster: (_map, place) => ({
    sources: { map: { type: 'raster', tileSize: tileWidth, ...place } },
    layers: [{ id: 'map', type: 'raster', source: 'map' }],
  }),
  terrain(map, place) {
    const { lowering } = verticalScaleOf(map);
    const relief = {
      type: 'raster-dem',
      tileSize: terrainTileSize,
      ...place,
      ...factorsOf(lowering / steepening),
    };
    return {
      // MapLibre wants sources apart for shading and for the ground.
      sources: { relief, ground: relief },
      terrain: { source: 'ground', exaggeration: steepness * steepening },
      layers: [hillshadeLayer(map, 'relief')],
    };
  },
  vector(map, place) {
    const from = (layer: VectorLayer, type: string, paint: object, filter?: object) => ({
      ...{ id: layer, type, source: 'map', 'source-layer': layer, paint },
      ...(filter !== undefined && { filter }),
    });
    const { strength, cap } = map.settings.edges;
    const { palette } = map;
    const kinds = Object.entries(palette.annotations).flatMap(([kind, color]) => [kind, hex(color)]);
    const radius = (zoom: number) => ['*', ['get', 'radius'], 0.4 * 1.57 ** zoom];
    return {
      sources: { map: { type: 'vector', ...place } },
      layers: [
        from('edges', 'line', {
          'line-color': hex(palette.bridge),
          'line-opacity': ['min', cap, ['*', strength, ['get', 'strength']]],
        }),
        from('nodes', 'circle', {
          'circle-color': ['get', 'color'],
          'circle-radius': ['interpolate', ['exponential', 1.57], ['zoom'], 0, radius(0), 6, radius(6)],
          'circle-stroke-color': hex(palette.nodeRing),
          'circle-stroke-width': 0.5,
        }),
        from(
          'annotations',
          'line',
          { 'line-color': ['match', ['get', 'kind'], ...kinds, hex(palette.accent)], 'line-width': 2 },
          ['!=', ['geometry-type'], 'Point'],
        ),
      ],
    };
  },
};
