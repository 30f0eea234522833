import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { writeGraph } from '../../engine/formats/index.ts';
import { withPositions } from '../../engine/graph/packed-graph.ts';
import { writeOutput } from '../../engine/hosts/files.ts';
import { plantedMap } from '../support/planted-bridges.ts';
import { inFolder, runIsthmus } from '../support/run-isthmus.ts';

const { graph, positions } = plantedMap({ kinds: ['bridge', 'artifact'], seed: 7 });

async function writeMap(folder: string): Promise<void> {
  await writeOutput(
    join(folder, 'map.gexf'),
    writeGraph(withPositions(graph, positions), { format: 'gexf', gzip: false }),
  );
}

const tiles = (cwd: string, ...args: string[]) =>
  runIsthmus(['tiles', 'map.gexf', '--positions', 'file', ...args], { cwd, env: { TMPDIR: cwd } });

describe('isthmus tiles', () => {
  test('makes a folder of pictures with its TileJSON and a style', async () => {
    await inFolder(async (cwd) => {
      await writeMap(cwd);
      const { code, stdout } = await tiles(cwd, '-o', 'out', '--max-zoom', '1', '--tile-size', '256', '--json');
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
