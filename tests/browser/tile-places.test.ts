import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMap } from '../../engine/map/graph-map.ts';
import { tileJsonOf } from '../../engine/output/tiles/describe.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { plantedMap } from '../support/planted-bridges.ts';
import type { PlacesPage } from './page/tile-places.ts';

type Here = typeof globalThis & { readonly places: PlacesPage };

const { graph, positions } = plantedMap({ kinds: ['bridge', 'artifact'], seed: 7 });
const network = createMap(graph, positions, { title: 'Planted' });
const openlayers = ['layer/Tile', 'Map', 'MapBrowserEvent', 'Observable', 'proj', 'proj/Projection', 'View'];
const ofOpenLayers = [...openlayers, 'source/ImageTile', 'tilegrid/TileGrid'].map((name) => `ol/${name}.js`);

let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser({ packages: ['leaflet', ...ofOpenLayers] });
  page = await browser.open('tests/browser/page/tile-places.html');
});
afterAll(() => browser.close());

describe.each(['leaflet', 'openlayers'] as const)('in %s', (library) => {
  test.each(['layout', 'earth'] as const)(
    'a node lies where the tiles show it and is found there, by %s',
    async (by) => {
      const { node, expected, found } = await page.evaluate(
        async (lib, crs) => {
          const { places } = globalThis as Here;
          return { node: places.node, expected: places.expected, found: await places[lib](crs) };
        },
        library,
        by,
      );
      expect(Math.hypot(found.x - expected[0], found.y - expected[1])).toBeLessThan(1);
      expect(found.picked).toEqual({ kind: 'node', index: node });
      // The title's markup is text, and no element came of it.
      expect(found.attribution).toHaveLength(1);
      expect(found.attribution[0]).toContain('<img src=x onerror="alert(1)"> & co.');
    },
  );
});

test('the tiles.json of a folder is read, and others are refused', async () => {
  const answers: Readonly<Record<string, object>> = {
    '/maps/tiles.json': tileJsonOf(network, { kind: 'raster', maxZoom: 5, address: '{z}/{x}/{y}.png', pixelRatio: 2 }),
    '/heights/tiles.json': tileJsonOf(network, { kind: 'terrain', maxZoom: 3, address: '{z}/{x}/{y}.png' }),
  };
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const answer = answers[new URL(request.url()).pathname];
    void (answer === undefined
      ? request.respond({ status: 404 })
      : request.respond({ contentType: 'application/json', body: JSON.stringify(answer) }));
  });
  const [read, heights, missing] = await page.evaluate(() => {
    const { places } = globalThis as Here;
    return Promise.all(['/maps/tiles.json', '/heights/tiles.json', '/none/tiles.json'].map(places.folder));
  });
  const { origin } = new URL(page.url());
  const { sheet, world } = network;
  expect(read).toEqual({
    ...{ address: `${origin}/maps/{z}/{x}/{y}.png`, maxZoom: 5, pixelRatio: 2, title: 'Planted', sheet, world },
    background: expect.stringMatching(/^#[0-9a-f]{6}$/),
  });
  expect(heights).toMatch(/^InputError: .*was expected to be the TileJSON of a folder of raster tiles/);
  expect(missing).toMatch(/^InputError: .*status 404\.$/);
});
