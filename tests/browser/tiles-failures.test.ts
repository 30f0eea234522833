import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeGraph } from '../../engine/formats/index.ts';
import { withPositions } from '../../engine/graph/packed-graph.ts';
import { writeOutput } from '../../engine/hosts/files.ts';
import { plantedMap } from '../support/planted-bridges.ts';
import { browserUnder, processesWith } from '../support/processes.ts';
import { inFolder, runIsthmus } from '../support/run-isthmus.ts';

const { graph, positions } = plantedMap({ kinds: ['bridge', 'artifact'], seed: 7 });

/** Runs `use` in a folder that holds the map's file alone. */
function withMap(use: (cwd: string) => Promise<void>): Promise<void> {
  return inFolder(async (cwd) => {
    await writeOutput(join(cwd, 'map.gexf'), writeGraph(withPositions(graph, positions), { format: 'gexf' }));
    await use(cwd);
  });
}

const run = (cwd: string, args: readonly string[], when?: readonly [RegExp, (child: ChildProcess) => void]) =>
  runIsthmus(['tiles', 'map.gexf', '--tile-size', '256', ...args], {
    ...{ cwd, env: { TMPDIR: cwd } },
    ...(when !== undefined && { when }),
  });

/** A pyramid so deep that no machine is done with it when the first progress is told. */
const deep = ['--max-zoom', '7'];

/** How a run ends in the middle, and what the command line makes of it. */
const ends = [
  ['^C', (_: string, child: ChildProcess) => child.kill('SIGINT'), 130, /Interrupted\.\n$/],
  [
    'the end of Chromium',
    (cwd: string) => process.kill(browserUnder(cwd).main ?? 0, 'SIGKILL'),
    1,
    /^Chromium ended unexpectedly\.$/m,
  ],
  ['a kill of the process itself', (_: string, child: ChildProcess) => child.kill('SIGKILL'), null, /^tiles \d/m],
] as const;

/** Name → bytes of the files in a folder. */
async function filesIn(folder: string): Promise<Map<string, Buffer>> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.\w+$/.test(name)).sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
}

describe('tiles that end in the middle', () => {
  test.each(ends)('of an archive by %s: there is none, and what was there stays', async (_, end, code, message) => {
    await withMap(async (cwd) => {
      await writeFile(join(cwd, 'out.pmtiles'), 'before');
      const ended = await run(cwd, ['-o', 'out.pmtiles', ...deep], [/^tiles \d/m, (child) => end(cwd, child)]);
      expect(ended.code).toBe(code);
      expect(ended.stderr).toMatch(message);
      expect(await readFile(join(cwd, 'out.pmtiles'), 'utf8')).toBe('before');
      await expect.poll(() => processesWith(cwd), { timeout: 60_000 }).toEqual([]);
      // Nobody can clean up after SIGKILL but the next run.
      if (code === null) await run(cwd, ['-o', 'out.pmtiles', '--kind', 'vector', '--max-zoom', '0']);
      const left = (await readdir(cwd)).filter((name) => /\.(part|spool)$/.test(name));
      expect(left).toEqual([]);
    });
  });

  test.each(ends)('of a folder by %s: the next run goes on, to the same tiles', async (_, end, code, message) => {
    await withMap(async (cwd) => {
      const out = join(cwd, 'out');
      const ended = await run(cwd, ['-o', 'out', ...deep], [/^tiles \d/m, (child) => end(cwd, child)]);
      expect(ended.code).toBe(code);
      expect(ended.stderr).toMatch(message);
      await expect.poll(() => processesWith(cwd), { timeout: 60_000 }).toEqual([]);
      const { ino } = await stat(join(out, '0/0/0.webp'));
      await writeFile(join(out, '0/0/.0.webp.999999999.part'), 'half');
      expect(await run(cwd, ['-o', 'out', '--max-zoom', '1'])).toMatchObject({ code: 0 });
      // A tile that is there is not made again: the file is the same.
      expect((await stat(join(out, '0/0/0.webp'))).ino).toBe(ino);
      expect(await run(cwd, ['-o', 'whole', '--max-zoom', '1'])).toMatchObject({ code: 0 });
      const [resumed, whole] = [await filesIn(out), await filesIn(join(cwd, 'whole'))];
      for (const [name, bytes] of whole)
        if (name.endsWith('.webp')) expect(resumed.get(name)?.equals(bytes)).toBe(true);
      expect([...resumed.keys()].filter((name) => name.endsWith('.part'))).toEqual([]);
    });
  });
});

describe.skipIf(!existsSync('/dev/full'))('tiles on a full disk', () => {
  test('are no archive, and the sentence says why', async () => {
    await withMap(async (cwd) => {
      await symlink('/dev/full', join(cwd, 'out.pmtiles'));
      const { code, stderr } = await run(cwd, ['-o', 'out.pmtiles', '--kind', 'vector', '--max-zoom', '1', '--quiet']);
      expect({ code, stderr }).toEqual({ code: 1, stderr: "out.pmtiles can't be written: the disk is full.\n" });
      expect((await readdir(cwd)).sort()).toEqual(['map.gexf', 'out.pmtiles']);
    });
  });

  test('are a folder that can be gone on with once there is room', async () => {
    await withMap(async (cwd) => {
      const args = ['-o', 'out', '--kind', 'terrain', '--max-zoom', '1', '--quiet'];
      await run(cwd, [...args, '--max-zoom', '0']);
      await mkdir(join(cwd, 'out/1/0'), { recursive: true });
      await symlink('/dev/full', join(cwd, 'out/1/0/0.png'));
      const { code, stderr } = await run(cwd, args);
      expect({ code, stderr }).toEqual({ code: 1, stderr: "out/1/0/0.png can't be written: the disk is full.\n" });
      await rm(join(cwd, 'out/1/0/0.png'));
      expect(await run(cwd, args)).toMatchObject({ code: 0, stderr: '' });
      expect((await readFile(join(cwd, 'out/1/0/0.png'))).subarray(1, 4).toString()).toBe('PNG');
    });
  });
});

test.each([
  ['a file', 'map.gexf', 'map.gexf is a file, but a folder was expected.'],
  ['in a file', 'map.gexf/out', "map.gexf/out can't be written: a part of its path is not a folder."],
  [
    'an archive in a file',
    'map.gexf/a.pmtiles',
    "map.gexf/a.pmtiles can't be written: a part of its path is not a folder.",
  ],
  ['an archive that is a folder', 'folder.pmtiles', 'folder.pmtiles is a folder, but a file was expected.'],
  ['an archive in no folder', 'no/a.pmtiles', "no/a.pmtiles can't be written: there is no such file or folder."],
])('a target that is %s is refused before the graph is read', async (_, output, sentence) => {
  await withMap(async (cwd) => {
    await mkdir(join(cwd, 'folder.pmtiles'));
    const { code, stderr } = await runIsthmus(['tiles', 'nowhere.gexf', '-o', output], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: `${sentence}\n` });
    expect((await readdir(cwd)).sort()).toEqual(['folder.pmtiles', 'map.gexf']);
  });
});
