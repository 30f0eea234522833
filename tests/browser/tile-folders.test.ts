import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeGraph } from '../../engine/formats/index.ts';
import { withPositions } from '../../engine/graph/packed-graph.ts';
import { writeOutput } from '../../engine/hosts/files.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { runIsthmus } from '../support/run-isthmus.ts';
import { type Served, serveFolder } from '../support/serve.ts';
import { twoHills } from '../support/two-hills.ts';
import type { FoldersPage } from './page/tile-folders.ts';

type Here = typeof globalThis & { readonly foldersPage: FoldersPage };

const openlayers = ['layer/Tile', 'Map', 'Observable', 'proj', 'proj/Projection', 'View'];
const ofOpenLayers = [...openlayers, 'source/ImageTile', 'tilegrid/TileGrid'].map((name) => `ol/${name}.js`);
/** Device pixels a side of a tile, and how many of them a CSS pixel of the screen has on which they are shown as they are. */
const kinds = [
  { tileSize: 256, pixelRatio: 1 },
  { tileSize: 512, pixelRatio: 2 },
] as const;
const title = '<b>Hills</b> & co.';
const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

let browser: TestBrowser;
let folder: string;
let served: Served;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-tiles-'));
  served = await serveFolder(folder, { 'access-control-allow-origin': '*' });
  const { graph, positions } = twoHills();
  // So wide that its sheet leaves the uppermost and the lowest tiles of zoom 2 alone.
  const wide = positions.map((value, i) => (i % 2 === 0 ? 3 * value : value));
  const gexf = writeGraph(withPositions(graph, wide), { format: 'gexf', gzip: false });
  await writeOutput(join(folder, 'hills.gexf'), gexf);
  for (const { tileSize } of kinds) {
    const args = ['tiles', 'hills.gexf', '--positions', 'file', '--title', title, '-o', `tiles-${tileSize}`];
    const run = await runIsthmus([...args, '--tile-size', `${tileSize}`, '--max-zoom', '2'], {
      cwd: folder,
      env: { TMPDIR: folder },
    });
    expect(run).toMatchObject({ code: 0 });
  }
  browser = await openBrowser({ packages: ['leaflet', ...ofOpenLayers] });
});
afterAll(async () => {
  await browser.close();
  await served.close();
  await rm(folder, { recursive: true });
});

describe.each(['leaflet', 'openlayers'] as const)('in %s a folder that isthmus tiles has written', (library) => {
  test.each([
    { ...kinds[0], coordinates: 'layout' },
    { ...kinds[1], coordinates: 'layout' },
    { ...kinds[0], coordinates: 'earth' },
  ] as const)('is seen pixel for pixel, and nothing else is asked for: %j', async (shown) => {
    const { tileSize, pixelRatio, coordinates } = shown;
    const name = `tiles-${tileSize}`;
    const address = `${served.origin}/${name}/tiles.json`;
    const written = (await readdir(join(folder, name), { recursive: true })).filter((path) => path.endsWith('.webp'));
    const page = await browser.open('tests/browser/page/tile-folders.html', {
      prepare: (page) => page.setViewport({ width: 512, height: 512, deviceScaleFactor: pixelRatio }),
    });
    const asked = new Set<string>();
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      if (origin === served.origin && pathname.endsWith('.webp')) asked.add(pathname.replace(`/${name}/`, ''));
    });
    await page.evaluate(
      (library, address, coordinates) => (globalThis as Here).foldersPage.show(library, address, coordinates),
      ...([library, address, coordinates] as const),
    );
    const picture = await page.screenshot({ encoding: 'base64' });
    expect([...asked].sort()).toEqual(written.filter((path) => path.startsWith('1/')).sort());
    const attribution = await page.evaluate(() => (globalThis as Here).foldersPage.attribution());
    const { worst, colors } = await page.evaluate(
      (...given) => (globalThis as Here).foldersPage.compare(...given),
      ...([picture, address, 480] as const),
    );
    expect(worst).toBe(0);
    expect(colors).toBeGreaterThan(5000);
    expect(attribution.replace(/&lt;|&gt;|&amp;/g, (entity) => entities[entity])).toContain(title);
    await page.evaluate(async () => {
      const { look, close } = (globalThis as Here).foldersPage;
      for (const down of [0, 0.5, 1]) for (const across of [0, 0.5, 1]) await look(across, down);
      close();
    });
    const ofZoom = (zoom: number) => written.filter((path) => path.startsWith(`${zoom}/`));
    expect(ofZoom(2)).toHaveLength(8);
    expect([...asked].sort()).toEqual([...ofZoom(1), ...ofZoom(2)].sort());
    await page.close();
  });
});
