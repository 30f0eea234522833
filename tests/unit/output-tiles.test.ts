import { VectorTile, type VectorTileLayer } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { createMap, type GraphMap } from '../../engine/map/graph-map.ts';
import { toPixel, type View } from '../../engine/map/view.ts';
import { styleOf, tileJsonOf } from '../../engine/output/tiles/describe.ts';
import {
  type BlockOfTiles,
  boundsOf,
  nameOf,
  pyramidOf,
  type Tile,
  tilesOf,
  toSquare,
  viewAtZoom,
} from '../../engine/output/tiles/pyramid.ts';
import { rasterTiles } from '../../engine/output/tiles/raster.ts';
import { heightsOf, terrainTiles, verticalScaleOf } from '../../engine/output/tiles/terrain.ts';
import { vectorTiles } from '../../engine/output/tiles/vector.ts';

const graph = plantedPartition({ nodes: 40, edges: 120, blocks: 4, seed: 1 });
/** Four groups in a row, so that the sheet is wider than high. */
const positions = Float32Array.from({ length: 80 }, (_, k) => {
  const group = (k >> 1) % 4;
  return k % 2 === 0 ? 100 * group + 7 * Math.cos(k) : 5 * Math.sin(k * k);
});
const map = createMap(graph, positions);
const { world } = map;

async function allOf(made: AsyncIterable<BlockOfTiles>): Promise<Map<string, Tile>> {
  const tiles = new Map<string, Tile>();
  for await (const block of made) for (const tile of block.tiles) tiles.set(nameOf(tile), tile);
  return tiles;
}

describe('a pyramid of tiles', () => {
  test('shows the whole sheet in tile 0/0/0 and cuts each tile into four', () => {
    const [left, top] = toSquare(world, map.sheet.minX, map.sheet.maxY);
    const [right, bottom] = toSquare(world, map.sheet.maxX, map.sheet.minY);
    expect([left, right]).toEqual([0, 1]);
    expect(top).toBeGreaterThan(0);
    expect(top + bottom).toBeCloseTo(1, 12);
    for (const zoom of [0, 3]) {
      const view = viewAtZoom(world, zoom, 256, 2);
      const [x, y] = toPixel(view, positions[0], positions[1]);
      const [shareX, shareY] = toSquare(world, positions[0], positions[1]);
      expect([x, y]).toEqual([expect.closeTo(shareX * 256 * 2 ** zoom), expect.closeTo(shareY * 256 * 2 ** zoom)]);
    }
  });

  test('has every tile that touches the sheet once, however it is cut into blocks', () => {
    const names = (side: number) =>
      pyramidOf(map, 4, side)
        .flatMap((block) => tilesOf(block, map).map(nameOf))
        .sort();
    const { minY, maxY } = map.sheet;
    const touching = [0, 1, 2, 3, 4].flatMap((z) => {
      const rows = Array.from({ length: 2 ** z }, (_, y) => y).filter((y) => {
        const [from, to] = [toSquare(world, 0, maxY)[1], toSquare(world, 0, minY)[1]].map((share) => share * 2 ** z);
        return to > y && from < y + 1;
      });
      return rows.flatMap((y) => Array.from({ length: 2 ** z }, (_, x) => nameOf({ z, x, y })));
    });
    expect(names(1)).toEqual([...touching].sort());
    expect(names(8)).toEqual(names(1));
    expect(touching.length).toBeLessThan(341);
  });

  test('has bounds in degrees, as if the square were Web Mercator', () => {
    expect(boundsOf(world, world)).toEqual([-180, expect.closeTo(-85.0511287798), 180, expect.closeTo(85.0511287798)]);
    const quarter = { ...world, maxX: (world.minX + world.maxX) / 2, minY: (world.minY + world.maxY) / 2 };
    expect(boundsOf(world, quarter)).toEqual([
      -180,
      expect.closeTo(0),
      expect.closeTo(0),
      expect.closeTo(85.0511287798),
    ]);
  });
});

describe('terrain tiles', () => {
  const scale = verticalScaleOf(map);
  const metres = scale.peak / map.relief.peak;
  const decode = ({ bytes }: Tile) => {
    const { data, width } = PNG.sync.read(Buffer.from(bytes));
    return { width, at: (i: number) => 256 * data[4 * i] + data[4 * i + 1] + data[4 * i + 2] / 256 - 32_768 };
  };

  test('hold the relief in metres, to a sixteenth, at every zoom', async () => {
    const { field, peak } = map.relief;
    const tiles = await allOf(terrainTiles(map, pyramidOf(map, 1, 1)));
    expect(tiles.size).toBe(5);
    let highest = 0;
    for (const tile of tiles.values()) {
      const heights = heightsOf(field, world, tile);
      const { at, width } = decode(tile);
      expect(width).toBe(512);
      for (let i = 0; i < heights.length; i += 37) expect(Math.abs(at(i) - heights[i] * metres)).toBeLessThan(0.0626);
      highest = heights.reduce((most, height) => Math.max(most, height), highest);
    }
    // A spline lies a little below the cell that is the peak.
    expect(highest / peak).toBeGreaterThan(0.95);
    expect(highest / peak).toBeLessThanOrEqual(1);
    expect(scale.peak).toBeGreaterThan(16_000 * Number(scale.lowering > 1));
    expect(scale.peak).toBeLessThanOrEqual(32_000);
  });

  test('go on across their borders: halves of a tile are its children seen coarsely', () => {
    const { field, peak } = map.relief;
    const [left, right] = [
      heightsOf(field, world, { z: 1, x: 0, y: 0 }),
      heightsOf(field, world, { z: 1, x: 1, y: 0 }),
    ];
    const parent = heightsOf(field, world, { z: 0, x: 0, y: 0 });
    let seen = 0;
    for (let row = 0; row < 512; row += 2) {
      // The slope over the border is between those on either side of it.
      const at = row * 512;
      const [a, b, c, d] = [left[at + 510], left[at + 511], right[at], right[at + 1]];
      expect(Math.abs(c - b - (b - a + d - c) / 2)).toBeLessThan(1e-3 * peak);
      // Four pixels of the children lie around the middle of one of the parent.
      const children = (left[at + 510] + left[at + 511] + left[at + 1022] + left[at + 1023]) / 4;
      expect(Math.abs(children - parent[(row / 2) * 512 + 255])).toBeLessThan(1e-2 * peak);
      if (parent[(row / 2) * 512 + 255] > 0.01 * peak) seen++;
    }
    expect(seen).toBeGreaterThan(10);
  });
});

describe('raster tiles', () => {
  /** Each pixel tells where in the drawing it is; bare paper left of `bareUntil`, a share of the width. */
  function levelOf(view: View, bareUntil = 0) {
    const size = view.width * view.pixelRatio;
    return {
      async tile({ x, y, width, height }: { x: number; y: number; width: number; height: number }) {
        const rgba = new Uint8Array(4 * width * height).fill(255);
        for (let i = 0; i < width * height; i++) {
          const [column, row] = [x + (i % width), y + Math.floor(i / width)];
          if (column >= bareUntil * size) rgba.set([column % 251, row % 241, (column >> 8) % 256], 4 * i);
        }
        return rgba;
      },
      close: async () => undefined,
    };
  }

  const run = (bareUntil: number, made: Map<string, Tile>, maxZoom = 3) => ({
    blocks: pyramidOf(map, maxZoom, 2),
    pixelRatio: 1 as const,
    open: async (_map: GraphMap, view: View) => levelOf(view, bareUntil),
    hasContent: (address: { z: number; x: number; y: number }) => made.get(nameOf(address))?.isBlank === false,
  });

  test('are the parts of one drawing a zoom', async () => {
    const tiles = await allOf(rasterTiles(map, run(0, new Map(), 2)));
    expect(tiles.size).toBe(pyramidOf(map, 2, 1).length);
    for (const { z, x, y, bytes } of tiles.values()) {
      const { data, width, height } = PNG.sync.read(Buffer.from(bytes));
      expect([width, height]).toEqual([256, 256]);
      const whole = await levelOf(viewAtZoom(world, z, 256, 1)).tile({ x: 256 * x, y: 256 * y, width, height });
      expect(Buffer.compare(data, whole)).toBe(0);
    }
  });

  test('leave out bare paper, save below a tile that shows something', async () => {
    const made = new Map<string, Tile>();
    for await (const { tiles } of rasterTiles(map, run(0.4, made)))
      for (const tile of tiles) made.set(nameOf(tile), tile);
    const columns = (z: number) =>
      [...new Set([...made.values()].filter((tile) => tile.z === z).map(({ x }) => x))].sort();
    expect([0, 1, 2, 3].map(columns)).toEqual([[0], [0, 1], [0, 1, 2, 3], [2, 3, 4, 5, 6, 7]]);
    expect([...made.values()].filter(({ isBlank }) => isBlank).map(({ z, x }) => `${z}/${x}`)).toContain('2/0');
  });
});

describe('vector tiles', () => {
  const annotated: GraphMap = {
    ...map,
    annotations: [
      {
        ...{
          kind: 'bridge',
          label: 'Öresund',
          description: 'A <b>bridge</b>.',
          evidence: { links: 3 },
          width: 2,
          others: {},
        },
        shape: {
          type: 'LineString',
          coordinates: [
            [0, 0],
            [300, 0],
          ],
        },
      },
    ],
  };
  const read = ({ bytes }: Tile) => new VectorTile(new PbfReader(bytes)).layers;
  const featuresOf = (layer: VectorTileLayer | undefined) =>
    Array.from({ length: layer?.length ?? 0 }, (_, i) => (layer as VectorTileLayer).feature(i));

  test('hold every node in its place, nonlocal edges, communities and annotations with their attributes', async () => {
    const tiles = await allOf(vectorTiles(annotated, pyramidOf(map, 2, 4)));
    expect(tiles.size).toBeGreaterThan(5);
    const found = new Map<string, [number, number]>();
    for (const tile of tiles.values()) {
      if (tile.z !== 2) continue;
      for (const feature of featuresOf(read(tile)['nodes'])) {
        const [[{ x, y }]] = feature.loadGeometry();
        found.set(String(feature.properties['id']), [(tile.x + x / 4096) / 4, (tile.y + y / 4096) / 4]);
      }
    }
    expect(found.size).toBe(graph.nodeCount);
    for (const [node, id] of graph.ids.entries()) {
      const [x, y] = toSquare(world, positions[2 * node], positions[2 * node + 1]);
      expect(found.get(id)).toEqual([expect.closeTo(x, 3), expect.closeTo(y, 3)]);
    }
    const whole = read(tiles.get('0/0/0') as Tile);
    const edges = featuresOf(whole['edges']);
    expect(edges.length).toBe(map.edges.nonlocal.reduce((sum, value) => sum + value, 0));
    expect(edges.length).toBeGreaterThan(3);
    const joined = new Set(
      Array.from(
        { length: graph.edgeCount },
        (_, e) => `${graph.ids[graph.edges[2 * e]]} ${graph.ids[graph.edges[2 * e + 1]]}`,
      ),
    );
    for (const { properties } of edges) expect(joined).toContain(`${properties['source']} ${properties['target']}`);
    expect(featuresOf(whole['communities']).map(({ properties }) => properties['size'])).toEqual(
      [...map.communities.sizes].sort((a, b) => b - a),
    );
    expect(featuresOf(whole['annotations']).map(({ properties }) => properties)).toEqual([
      { kind: 'bridge', label: 'Öresund', description: 'A <b>bridge</b>.', links: 3, width: 2, zoom: 0 },
    ]);
  });

  test('show the most important nodes alone where there are too many, and all at the deepest zoom', async () => {
    const crowd = plantedPartition({ nodes: 2500, edges: 2500, blocks: 2, seed: 1 });
    const random = createRandom(1);
    const large = createMap(
      crowd,
      Float32Array.from({ length: 5000 }, () => 100 * random()),
    );
    const tiles = await allOf(vectorTiles(large, pyramidOf(large, 1, 2)));
    const nodesIn = (tile: Tile | undefined) =>
      featuresOf(tile && read(tile)['nodes']).map(({ properties }) => properties['id']);
    expect(nodesIn(tiles.get('0/0/0')).length).toBe(2000);
    const below = ['1/0/0', '1/1/0', '1/0/1', '1/1/1'].flatMap((name) => nodesIn(tiles.get(name)));
    expect(new Set(below).size).toBe(2500);
  });

  test('name their attributes in the TileJSON', () => {
    const { vector_layers: layers } = tileJsonOf(map, { kind: 'vector', maxZoom: 2, address: 'map.pmtiles' });
    expect(layers).toMatchObject([
      { id: 'nodes', fields: { label: 'String', radius: 'Number', community: 'Number' } },
      { id: 'edges', fields: { source: 'String', strength: 'Number' } },
      { id: 'communities', fields: { size: 'Number' } },
      { id: 'annotations' },
    ]);
  });
});

describe('what is said of tiles', () => {
  test('is TileJSON 3, with addresses for a folder and none for an archive', () => {
    const folder = { kind: 'raster', maxZoom: 5, address: 'https://example.org/{z}/{x}/{y}.png' } as const;
    expect(tileJsonOf(map, folder)).toMatchObject({
      tilejson: '3.0.0',
      tiles: ['https://example.org/{z}/{x}/{y}.png'],
      minzoom: 0,
      maxzoom: 5,
      bounds: boundsOf(world, map.sheet),
    });
    expect(tileJsonOf(map, { ...folder, address: 'map.pmtiles' })).not.toHaveProperty('tiles');
    expect(styleOf(map, { ...folder, address: 'map.pmtiles' })).toMatchObject({
      version: 8,
      sources: { map: { type: 'raster', url: 'pmtiles://map.pmtiles' } },
      layers: [{ type: 'background' }, { type: 'raster', source: 'map' }],
    });
  });

  test('reads terrain 32 times lower than the map draws it, which MapLibre makes good at small scales', () => {
    const style = styleOf(map, { kind: 'terrain', maxZoom: 2, address: '{z}/{x}/{y}.png' });
    const { relief } = style['sources'] as { relief: Record<string, number> };
    const { lowering } = verticalScaleOf(map);
    expect(relief['greenFactor']).toBe(lowering / 32);
    expect(relief['redFactor']).toBe(256 * relief['greenFactor']);
    expect(relief['baseShift']).toBe(32_768 * relief['greenFactor']);
  });
});
