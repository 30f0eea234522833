import { GeoJSONVT, type GeoJSONVTTile } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { GraphMap } from '../../map/graph-map.ts';
import { featuresOf, type VectorFeature, type VectorLayer, vectorLayers } from './features.ts';
import { type Block, type BlockOfTiles, type Tile, tilesOf } from './pyramid.ts';
import type { TileAddress } from './tile-id.ts';

/** Units a side of a vector tile, which is how finely it tells places. */
const extent = 4096;

/** The map's parts as vector tiles (MVT 2), simplified by zoom: at low zooms the most important features alone. */
export async function* vectorTiles(map: GraphMap, blocks: readonly Block[]): AsyncGenerator<BlockOfTiles> {
  const maxZoom = blocks.reduce((most, { z }) => Math.max(most, z), 0);
  const features = featuresOf(map);
  const indices = vectorLayers.map((layer) => [layer, indexOf(features[layer], maxZoom)] as const);
  for (const block of blocks) {
    const tiles: Tile[] = [];
    for (const address of tilesOf(block, map)) {
      const layers = indices.map(([layer, index]) => [layer, featuresIn(index, address, maxZoom)] as const);
      const told = layers.filter((pair): pair is readonly [VectorLayer, GeoJSONVTTile] => pair[1] !== undefined);
      if (told.length === 0) continue;
      tiles.push({ ...address, bytes: fromGeojsonVt(Object.fromEntries(told), { version: 2, extent }) });
    }
    yield { block, tiles };
  }
}

function indexOf(features: readonly VectorFeature[], maxZoom: number): GeoJSONVT {
  const data = { type: 'FeatureCollection', features } as unknown as ConstructorParameters<typeof GeoJSONVT>[0];
  return new GeoJSONVT(data, { maxZoom, extent, coordinates: 'unitSquare', wrap: false });
}

/** What lies on a tile at its zoom; at the deepest zoom everything does. Undefined where that is nothing. */
function featuresIn(index: GeoJSONVT, { z, x, y }: TileAddress, maxZoom: number): GeoJSONVTTile | undefined {
  const tile = index.getTile(z, x, y);
  if (tile === null) return undefined;
  const features = tile.features.filter(({ tags }) => z === maxZoom || Number(tags?.['zoom']) <= z);
  return features.length === 0 ? undefined : { ...tile, features: features as GeoJSONVTTile['features'] };
}

/** What TileJSON says of the layers: each with the names and types of its features' attributes. */
export function describeLayers(map: GraphMap, maxZoom: number): object[] {
  const features = featuresOf(map);
  return vectorLayers.map((id) => {
    const fields = new Map<string, string>();
    for (const { properties } of features[id]) {
      for (const [name, value] of Object.entries(properties)) fields.set(name, fieldTypes[typeof value] ?? 'String');
    }
    return { id, fields: Object.fromEntries(fields), minzoom: 0, maxzoom: maxZoom };
  });
}

const fieldTypes: Readonly<Record<string, string>> = { number: 'Number', boolean: 'Boolean', string: 'String' };
