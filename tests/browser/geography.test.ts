import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { readGraph } from '../../engine/formats/index.ts';
import { positionsOf } from '../../engine/graph/packed-graph.ts';
import { inFolder, runIsthmus } from '../support/run-isthmus.ts';
import { placeInWorld } from '../support/web-mercator.ts';

/** Places and flights between them; Tuvalu’s capital has no coordinates. */
const places = `id,lon,lat
Tokyo,139.69,35.69
San Francisco,-122.42,37.77
Lima,-77.03,-12.05
Longyearbyen,15.64,78.22
Funafuti,,
Suva,178.44,-18.14
`;
const flights = `source,target
Tokyo,San Francisco
San Francisco,Lima
Tokyo,Longyearbyen
Funafuti,Suva
Suva,Tokyo
`;
const degrees: Readonly<Record<string, readonly [number, number]>> = {
  Tokyo: [139.69, 35.69],
  'San Francisco': [-122.42, 37.77],
  Lima: [-77.03, -12.05],
  Longyearbyen: [15.64, 78.22],
  Suva: [178.44, -18.14],
  Funafuti: [178.44, -18.14],
};

async function isthmus(cwd: string, command: string, ...args: string[]) {
  await writeFile(join(cwd, 'places.csv'), places);
  await writeFile(join(cwd, 'flights.csv'), flights);
  const given = [command, 'flights.csv', '--nodes', 'places.csv', ...args];
  const { code, stdout, stderr } = await runIsthmus(given, { cwd, env: { TMPDIR: cwd } });
  return { code, stderr, summary: args.includes('--json') && code === 0 ? JSON.parse(stdout.toString()) : undefined };
}

describe('on the command line, --geo', () => {
  test('writes nodes where GeoLayout has them, and says which have no coordinates', async () => {
    await inFolder(async (cwd) => {
      const { code, stderr, summary } = await isthmus(cwd, 'layout', '--geo', '-o', 'out.gexf', '--json');
      expect([code, summary]).toEqual([
        0,
        expect.objectContaining({ positions: 'geography', longitude: 'lon', latitude: 'lat', nodes: 6 }),
      ]);
      expect(stderr).toContain('Without coordinates, so put in the middle of neighbours: 1 node ("Funafuti").');
      const { graph } = await readGraph(await readFile(join(cwd, 'out.gexf')));
      const positions = positionsOf(graph);
      for (const [node, id] of graph.ids.entries()) {
        const [longitude, latitude] = degrees[id].map((value) => (value * Math.PI) / 180);
        expect(positions?.[2 * node]).toBeCloseTo(1000 * longitude, 2);
        expect(positions?.[2 * node + 1]).toBeCloseTo(1000 * Math.log(Math.tan(Math.PI / 4 + latitude / 2)), 2);
      }
    });
  });

  test.each([
    ['layout', ['--geo', '-o', 'x.csv', '--no-overlap'], /^--geo puts nodes where they lie .* --no-overlap/],
    ['map', ['--geo', '--positions', 'layout'], /^--geo says where nodes lie, so --positions layout/],
    ['map', ['--edge-path', 'great-circle'], /^--edge-path great-circle needs .* add --geo\.$/],
    ['tiles', ['-o', 'out', '--longitude', 'east'], /There is no node column "east" to read the longitude from/],
  ] as const)('is refused in %s %j', async (command, args, message) => {
    await inFolder(async (cwd) => {
      const { code, stderr } = await isthmus(cwd, command, ...args);
      expect(code).toBe(2);
      expect(stderr.trim().split('\n').at(-1)).toMatch(message);
    });
  });

  test('is named where a file has coordinates and nobody asked for them', async () => {
    await inFolder(async (cwd) => {
      const { stderr } = await isthmus(cwd, 'layout', '-o', 'out.csv', '--iterations', '1');
      expect(stderr).toContain('--geo puts nodes on the Earth');
    });
  });

  test('makes vector tiles in which nodes and strokes lie on the Earth', async () => {
    await inFolder(async (cwd) => {
      const args = ['--geo', '-o', 'out', '--kind', 'vector', '--max-zoom', '2', '--json'];
      const { summary } = await isthmus(cwd, 'tiles', ...args);
      expect(summary.positions).toBe('geography');
      const bytes = await readFile(join(cwd, 'out', '0', '0', '0.pbf'));
      const layers = new VectorTile(new PbfReader(bytes)).layers;
      const nodes = Array.from({ length: layers['nodes'].length }, (_, i) => layers['nodes'].feature(i));
      expect(nodes).toHaveLength(6);
      for (const node of nodes) {
        const { coordinates } = node.toGeoJSON(0, 0, 0).geometry as {
          readonly type: 'Point';
          readonly coordinates: number[];
        };
        const [longitude, latitude] = degrees[String(node.properties['id'])];
        // A tile of 4,096 units is 0.09° wide a unit at the equator.
        expect(Math.abs(coordinates[0] - longitude)).toBeLessThan(0.09);
        expect(Math.abs(coordinates[1] - latitude)).toBeLessThan(0.09);
      }
      const { bounds } = JSON.parse(await readFile(join(cwd, 'out', 'tiles.json'), 'utf8'));
      expect([bounds[0], bounds[2]]).toEqual([-180, 180]);
      expect(bounds[3]).toBeGreaterThan(78.22);
      expect(bounds[3]).toBeLessThanOrEqual(85.052);
    });
  });

  test('draws nodes within a pixel of their place on raster tiles', async () => {
    await inFolder(async (cwd) => {
      const look = ['--no-labels', '--no-edges', '--no-relief', '--node-color', 'plain', '--node-size', 'equal'];
      const { code } = await isthmus(cwd, 'tiles', '--geo', '-o', 'out', '--max-zoom', '0', '--format', 'png', ...look);
      expect(code).toBe(0);
      const { width, data } = PNG.sync.read(await readFile(join(cwd, 'out', '0', '0', '0.png')));
      for (const [longitude, latitude] of Object.values(degrees)) {
        const [x, y] = placeInWorld(longitude, latitude).map((share) => share * width);
        const [atX, atY] = centroidOf(data, width, x, y);
        expect(Math.hypot(atX - x, atY - y)).toBeLessThan(1);
      }
    });
  });
});

/** The middle of what is darker than paper within ten pixels of a place. */
function centroidOf(rgba: Uint8Array, width: number, x: number, y: number): readonly [number, number] {
  const reach = 10;
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let row = Math.max(0, Math.floor(y) - reach); row <= Math.min(width - 1, Math.floor(y) + reach); row++) {
    for (let column = Math.floor(x) - reach; column <= Math.min(width - 1, Math.floor(x) + reach); column++) {
      const ink = Math.max(0, 230 - rgba[4 * (row * width + column) + 1]);
      sum += ink;
      sumX += ink * (column + 0.5);
      sumY += ink * (row + 0.5);
    }
  }
  return [sumX / sum, sumY / sum];
}
