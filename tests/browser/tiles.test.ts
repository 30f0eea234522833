import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import type { Page } from 'puppeteer';
import { describe, expect, test } from 'vitest';
import { writeGraph } from '../../engine/formats/index.ts';
import { pack, withPositions } from '../../engine/graph/packed-graph.ts';
import { writeOutput } from '../../engine/hosts/files.ts';
import { createMap, type GraphMap } from '../../engine/map/graph-map.ts';
import { boundsOf } from '../../engine/output/tiles/pyramid.ts';
import { launchChromium } from '../support/chromium.ts';
import { plantedMap } from '../support/planted-bridges.ts';
import { inFolder, runIsthmus } from '../support/run-isthmus.ts';
import { serveFolder } from '../support/serve.ts';

const { graph, positions } = plantedMap({ kinds: ['bridge', 'artifact'], seed: 7 });

async function writeMap(folder: string): Promise<void> {
  await writeOutput(
    join(folder, 'map.gexf'),
    writeGraph(withPositions(graph, positions), { format: 'gexf', gzip: false }),
  );
}

const tiles = (cwd: string, ...args: string[]) =>
  runIsthmus(['tiles', 'map.gexf', '--positions', 'file', ...args], { cwd, env: { TMPDIR: cwd } });

/** The planted map with names, that of its first node as hostile as can be. */
const hostile = '<img src=x onerror="window.isHurt = true">\u202Ereversed';
const named = pack({
  ...{ ids: graph.ids, edges: graph.edges },
  nodes: [
    {
      ...{ name: 'label', title: 'Label', type: 'string', role: 'label', kind: 'string' },
      values: graph.ids.map((id, node) => (node === 0 ? hostile : `name of ${id}`)),
    },
  ],
});

describe('isthmus tiles', () => {
  test('makes a folder of pictures with its TileJSON and a style', async () => {
    await inFolder(async (cwd) => {
      await writeMap(cwd);
      const args = ['-o', 'out', '--max-zoom', '1', '--tile-size', '256', '--format', 'png', '--json'];
      const { code, stdout } = await tiles(cwd, ...args);
      expect(code).toBe(0);
      const files = (await readdir(join(cwd, 'out'), { recursive: true })).filter((name) => name.endsWith('.png'));
      expect(JSON.parse(stdout.toString())).toMatchObject({ kind: 'raster', maxZoom: 1, tiles: files.length });
      expect(files).toContain('0/0/0.png');
      const whole = PNG.sync.read(await readFile(join(cwd, 'out', '0/0/0.png')));
      expect([whole.width, whole.height]).toEqual([256, 256]);
      expect(new Set(new Uint32Array(Uint8Array.from(whole.data).buffer)).size).toBeGreaterThan(500);
      const style = JSON.parse(await readFile(join(cwd, 'out', 'style.json'), 'utf8'));
      expect(style.sources.map.tiles).toEqual(['{z}/{x}/{y}.png']);
      expect(JSON.parse(await readFile(join(cwd, 'out', 'tiles.json'), 'utf8'))).toMatchObject({ maxzoom: 1 });
    });
  });

  test('adds zooms to a folder of the same map, and mixes it with no other', async () => {
    await inFolder(async (cwd) => {
      await writeMap(cwd);
      const add = async (...args: string[]) => {
        const { code, stdout, stderr } = await tiles(cwd, '-o', 'out', '--kind', 'terrain', '--json', ...args);
        return { code, stderr, made: code === 0 ? JSON.parse(stdout.toString()) : undefined };
      };
      const first = await add('--max-zoom', '0');
      expect(first.made).toMatchObject({ tiles: 1 });
      const second = await add('--max-zoom', '1');
      expect(second.made.tiles).toBeGreaterThan(1);
      expect(second.made.bytes).toBeGreaterThan(first.made.bytes);
      expect(await add('--z-factor', '2')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('of other settings'),
      });
    });
  });

  test.each(['terrain', 'vector'])('makes an archive of %s without a browser', async (kind) => {
    await inFolder(async (cwd) => {
      await writeMap(cwd);
      const args = [
        '-o',
        'out.pmtiles',
        '--kind',
        kind,
        '--max-zoom',
        '1',
        '--chrome',
        '/no/chrome',
        '--url',
        'https://a.b',
      ];
      expect(await tiles(cwd, ...args)).toMatchObject({ code: 0 });
      expect((await readdir(cwd)).sort()).toEqual(['map.gexf', 'out.json', 'out.pmtiles', 'out.style.json']);
      expect((await readFile(join(cwd, 'out.pmtiles'))).subarray(0, 7).toString()).toBe('PMTiles');
      const [source] = Object.values(JSON.parse(await readFile(join(cwd, 'out.style.json'), 'utf8')).sources);
      expect(source).toMatchObject({ url: 'pmtiles://https://a.b/out.pmtiles' });
    });
  });

  test('makes WebP of the drawn map, and says so', async () => {
    await inFolder(async (cwd) => {
      await writeMap(cwd);
      expect(await tiles(cwd, '-o', 'out', '--max-zoom', '0', '--tile-size', '256')).toMatchObject({ code: 0 });
      const whole = await readFile(join(cwd, 'out', '0', '0', '0.webp'));
      expect([whole.subarray(0, 4).toString(), whole.subarray(8, 12).toString()]).toEqual(['RIFF', 'WEBP']);
      const style = JSON.parse(await readFile(join(cwd, 'out', 'style.json'), 'utf8'));
      expect(style.sources.map.tiles).toEqual(['{z}/{x}/{y}.webp']);
    });
  });

  test('stops on ^C without a half archive', async () => {
    await inFolder(async (cwd) => {
      await writeMap(cwd);
      const { code, stderr } = await runIsthmus(['tiles', 'map.gexf', '-o', 'out.pmtiles', '--max-zoom', '6'], {
        cwd,
        env: { TMPDIR: cwd },
        when: [/^tiles /m, (child) => child.kill('SIGINT')],
      });
      expect(code).toBe(130);
      expect(stderr).toMatch(/Interrupted\.\n$/);
      expect(await readdir(cwd)).toEqual(['map.gexf']);
    });
  });

  test.each([
    [['-o', '-'], 'not to stdout'],
    [['-o', 'out', '--max-zoom', '40'], 'The deepest zoom is 12'],
    [['-o', 'out', '--kind', 'photo'], 'raster, terrain, vector'],
  ])('ends %j with exit code 2 and one clear message', async (args, message) => {
    await inFolder(async (cwd) => {
      await writeFile(join(cwd, 'map.gexf'), '');
      expect(await tiles(cwd, ...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
      expect(await readdir(cwd)).toEqual(['map.gexf']);
    });
  });
});

describe('the page that shows archives', () => {
  test('has map, hills and names at every zoom, tells a hostile name as text, and logs no error', async () => {
    await inFolder(async (cwd) => {
      await writeOutput(
        join(cwd, 'map.gexf'),
        writeGraph(withPositions(named, positions), { format: 'gexf', gzip: false }),
      );
      const kinds = [
        ['network', 'raster', '--max-zoom', '2', '--tile-size', '256'],
        ['network-terrain', 'terrain', '--max-zoom', '1'],
        ['network-vector', 'vector', '--max-zoom', '2'],
      ];
      for (const [name, kind, ...args] of kinds) {
        expect(await tiles(cwd, '-o', `${name}.pmtiles`, '--kind', kind, ...args)).toMatchObject({ code: 0 });
      }
      const [pages, archives] = await Promise.all([
        serveFolder('dist/demo'),
        serveFolder(cwd, { 'access-control-allow-origin': '*' }),
      ]);
      const browser = await launchChromium();
      try {
        const page = await browser.newPage();
        const complaints: string[] = [];
        page.on('pageerror', (error) => complaints.push(String(error)));
        page.on('console', (message) => {
          if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
        });
        await page.setViewport({ width: 500, height: 400 });
        const { bounds } = JSON.parse(await readFile(join(cwd, 'network.json'), 'utf8'));
        const place = placeOf(createMap(named, positions), positions[0], positions[1]);
        expect(place[0]).toBeGreaterThan(bounds[0]);
        const at = (zoom: number, pitch: number) => `#${zoom}/${place[1]}/${place[0]}/0/${pitch}`;
        await page.goto(`${pages.origin}/tiles/index.html?map=${archives.origin}/network${at(0, 0)}`);
        const seen: Buffer[] = [];
        for (const zoom of [0, 1, 2, 3, 4]) {
          await page.evaluate((hash) => location.replace(hash), at(zoom, 0));
          seen.push(await settledPicture(page, seen.at(-1)));
        }
        await page.evaluate((hash) => location.replace(hash), at(1, 60));
        await settledPicture(page, seen.at(-1));
        await page.evaluate((hash) => location.replace(hash), at(4, 0));
        await settledPicture(page);
        await page.mouse.click(250, 200);
        await page.waitForSelector('.maplibregl-popup-content bdi');
        const told = await page.$eval('.maplibregl-popup-content bdi', (name) => name.textContent);
        expect(told).toBe(hostile);
        expect(await page.$('.maplibregl-popup-content img')).toBeNull();
        expect(await page.evaluate(() => 'isHurt' in window)).toBe(false);
        expect(complaints).toEqual([]);
      } finally {
        await browser.close();
        await Promise.all([pages.close(), archives.close()]);
      }
    });
  });
});

/** Degrees at which a web map shows a point of the plane. */
function placeOf({ world }: GraphMap, x: number, y: number): readonly [longitude: number, latitude: number] {
  const [west, south] = boundsOf(world, { minX: x, minY: y, maxX: x, maxY: y });
  return [west, south];
}

/** A picture of a map, with many colours and other than the one before, once it no longer changes. */
async function settledPicture(page: Page, before?: Buffer): Promise<Buffer> {
  for (let last = Buffer.alloc(0); ; ) {
    const shot = Buffer.from(await page.screenshot());
    const { data } = PNG.sync.read(shot);
    const colors = new Set(new Uint32Array(Uint8Array.from(data).buffer)).size;
    const isNew = before === undefined || !shot.equals(before);
    if (shot.equals(last) && isNew && colors > 300) return shot;
    last = shot;
  }
}
