import { type ChildProcess, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { readGraph } from '../../engine/formats/index.ts';
import { positionsOf } from '../../engine/graph/packed-graph.ts';
import { browserUnder, processesWith } from '../support/processes.ts';
import { type Ended, inFolder, runIsthmus, sample } from '../support/run-isthmus.ts';

/** Two triangles joined by an edge, with a name that would command a terminal. */
const smallGexf = `<?xml version="1.0"?><gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="undirected">
<nodes>${['a', 'b', 'c', 'd', 'e', 'f'].map((id) => `<node id="${id}" label="${id}\u009b31m"/>`).join('')}</nodes>
<edges>${['ab', 'bc', 'ca', 'cd', 'de', 'ef', 'fd'].map(([s, t]) => `<edge source="${s}" target="${t}"/>`).join('')}</edges>
</graph></gexf>`;

describe('isthmus', () => {
  test('says its version and its commands, on stdout, with exit code 0', async () => {
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await runIsthmus(['--version'])).toMatchObject({ code: 0, stdout: Buffer.from(`${version}\n`), stderr: '' });
    const help = await runIsthmus(['--help']);
    expect(help.code).toBe(0);
    for (const word of ['map', 'layout', 'info', 'Examples:']) expect(help.stdout.toString()).toContain(word);
  });

  test.each([
    [[], 'Usage: isthmus'],
    [['lay'], 'Did you mean layout?'],
    [['map', sample, '--pallete', 'dark'], 'Did you mean --palette?'],
    [['map', sample, '--palette', 'green'], 'light, dark'],
    [['map', sample, '--width', '0'], 'Expected a whole number of pixels from 16 to 8192.'],
    [['map', sample, '--azimuth', '500', '--iterations', '0', '-o', 'never.png'], 'relief.azimuth is 500'],
    [['layout', sample], "required option '-o, --output <file>' not specified"],
    [['layout', sample, '-o', 'out.xyz'], 'The name out.xyz does not tell a format'],
    [['layout', sample, '-o', '-'], 'Writing to stdout needs --format'],
    [['layout', sample, '-o', 'never.gexf', '--gravity', '-1'], 'gravity'],
    [['layout', sample, '-o', 'never.gexf', '--linLogMode=maybe'], 'lin-log-mode'],
    [['layout', sample, '-o', 'never.gexf', '--iterations', 'many'], 'Expected a number.'],
    [['layout', '-', '--nodes', '-', '-o', 'never.gexf'], 'can’t both be stdin'],
  ])('ends %j with exit code 2 and one clear message', async (args, message) => {
    await inFolder(async (cwd) => {
      const { code, stdout, stderr } = await runIsthmus(args, { cwd });
      expect({ code, stdout: stdout.toString() }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(message);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(await readdir(cwd)).toEqual([]);
    });
  });

  test.each([
    [['info', 'nowhere.gexf'], "nowhere.gexf can't be read: there is no such file or folder.\n"],
    [['info', 'folder'], 'folder is a folder, but a file was expected.\n'],
    [
      ['layout', 'small.gexf', '-o', 'nowhere/out.gexf'],
      "nowhere/out.gexf can't be written: there is no such file or folder.\n",
    ],
    [['layout', 'small.gexf', '-o', 'folder'], undefined],
    [['layout', 'small.gexf', '-o', 'folder', '--format', 'gexf'], 'folder is a folder, but a file was expected.\n'],
    [
      ['map', 'small.gexf', '-o', 'out.png', '--chrome', '/no/chrome'],
      'There is no Chromium at /no/chrome: name another with --chrome or CHROME_PATH.\n',
    ],
  ])('ends %j with one sentence on stderr', async (args, sentence) => {
    await inFolder(async (cwd) => {
      await mkdir(join(cwd, 'folder'));
      await writeFile(join(cwd, 'small.gexf'), smallGexf);
      const { code, stdout, stderr } = await runIsthmus([...args, '--quiet'], { cwd });
      expect({ code, stdout: stdout.toString() }).toEqual({ code: sentence === undefined ? 2 : 1, stdout: '' });
      if (sentence !== undefined) expect(stderr).toBe(sentence);
      expect((await readdir(cwd)).sort()).toEqual(['folder', 'small.gexf']);
    });
  });

  test.skipIf(!existsSync('/dev/full'))('says that the disk is full', async () => {
    const { code, stderr } = await runIsthmus(['layout', '-', '-o', '/dev/full', '--format', 'gexf', '--quiet'], {
      input: smallGexf,
    });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "/dev/full can't be written: the disk is full.\n" });
  });
});

describe('isthmus info', () => {
  test('tells of a file, from stdin too, without what would command the terminal', async () => {
    const { code, stdout, stderr } = await runIsthmus(['info', '-'], { input: smallGexf });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.toString()).toContain('6 nodes, 0 of them without edges');
    expect(stdout.toString()).toContain('7 edges, undirected, 0 parallel, 0 self-loops');
    expect(stdout.toString()).not.toContain('\u009b');
  });

  test('prints one JSON object', async () => {
    const { code, stdout } = await runIsthmus(['info', sample, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout.toString())).toMatchObject({
      format: 'gexf',
      version: '1.3',
      nodes: 7908,
      edges: 85_000,
      edgeType: 'undirected',
      components: 1,
      warnings: [],
      milliseconds: { read: expect.any(Number) },
    });
  });

  test('is quiet when its reader has seen enough', () => {
    const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
    const script = `"${process.execPath}" "${cli}" layout "${sample}" -o - --format gexf --iterations 0 --quiet | head -c 100; echo " \${PIPESTATUS[0]}"`;
    const output = execFileSync('bash', ['-c', `{ ${script}; } 2>&1`]).toString();
    expect(output).toMatch(/^<\?xml[\s\S]{95} 0\n$/);
  });
});

describe('isthmus layout', () => {
  test('writes the same file byte for byte, keeps the graph, and prints one object', async () => {
    await inFolder(async (cwd) => {
      const args = ['layout', sample, '--iterations', '30', '--seed', '1', '--json', '-o'];
      const first = await runIsthmus([...args, 'first.gexf'], { cwd });
      const second = await runIsthmus([...args, 'second.gexf'], { cwd });
      expect([first.code, second.code]).toEqual([0, 0]);
      expect(JSON.parse(first.stdout.toString())).toMatchObject({
        nodes: 7908,
        edges: 85_000,
        seed: 1,
        iterations: 30,
        device: expect.any(String),
        output: 'first.gexf',
        milliseconds: { read: expect.any(Number), layout: expect.any(Number), write: expect.any(Number) },
      });
      const bytes = await readFile(join(cwd, 'first.gexf'));
      expect(bytes.equals(await readFile(join(cwd, 'second.gexf')))).toBe(true);
      const before = await readGraph(await readFile(sample));
      const after = await readGraph(bytes);
      expect(after.graph.ids).toEqual(before.graph.ids);
      expect(after.graph.edges).toEqual(before.graph.edges);
      expect(positionsOf(after.graph)).toBeDefined();
      const other = await runIsthmus([
        'layout',
        sample,
        '--iterations',
        '30',
        '--seed',
        '2',
        '-qo',
        '-',
        '--format',
        'gexf',
      ]);
      expect(other.stdout.length).toBeGreaterThan(1_000_000);
      expect(other.stdout.equals(bytes)).toBe(false);
    });
  });

  test('goes from stdin to stdout, which carries nothing but the graph', async () => {
    const args = ['layout', '-', '-o', '-', '--format', 'gexf', '--iterations', '10', '--json'];
    const { code, stdout, stderr } = await runIsthmus(args, { input: smallGexf });
    expect(code).toBe(0);
    const { graph } = await readGraph(stdout);
    expect(graph.ids).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(new Set(positionsOf(graph)).size).toBe(12);
    expect(stderr).toContain('"iterations":10');
  });

  test('takes the names of Gephi\u2019s toolkit for its own', async () => {
    const ours = ['--iterations', '9', '--scaling-ratio', '3', '--lin-log-mode', '--repulsion', 'exact'];
    const gephis = [
      '--nsteps=9',
      '--scalingRatio',
      '3',
      '--linLogMode',
      'true',
      '--barnesHutOptimize',
      'false',
      '--2d',
    ];
    const lay = (flags: readonly string[]) =>
      runIsthmus(['layout', '-qo', '-', '--format', 'gexf', ...flags], { input: smallGexf });
    const [one, other] = [
      await lay(['-', ...ours]),
      await lay([...gephis, '--input', '-', '--strongGravityMode', 'false']),
    ];
    expect([one.code, other.code]).toEqual([0, 0]);
    expect(other.stdout.toString()).toBe(one.stdout.toString());
  });

  test('gzips where the name says so and replaces a file only when the new one is whole', async () => {
    await inFolder(async (cwd) => {
      await writeFile(join(cwd, 'out.gexf.gz'), 'before');
      await writeFile(join(cwd, 'broken.gexf'), smallGexf.slice(0, -20));
      expect(await runIsthmus(['layout', 'broken.gexf', '-o', 'out.gexf.gz'], { cwd })).toMatchObject({ code: 1 });
      expect(await readFile(join(cwd, 'out.gexf.gz'), 'utf8')).toBe('before');
      await runIsthmus(['layout', '-', '-o', 'out.gexf.gz', '-q'], { cwd, input: smallGexf });
      expect(gunzipSync(await readFile(join(cwd, 'out.gexf.gz'))).toString()).toContain('viz:position');
      expect((await readdir(cwd)).sort()).toEqual(['broken.gexf', 'out.gexf.gz']);
    });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('stops on %s with exit code 130 and leaves nothing', async (signal) => {
    await inFolder(async (cwd) => {
      const { code, stderr } = await runIsthmus(['layout', sample, '-o', 'out.gexf', '--iterations', '1000000'], {
        cwd,
        when: [/^layout /m, (child) => child.kill(signal)],
      });
      expect(code).toBe(130);
      expect(stderr).toMatch(/Interrupted\.\n$/);
      expect(await readdir(cwd)).toEqual([]);
    });
  });
});

/** Draws a picture that takes every machine seconds, and acts half a second after the browser has started. */
function drawLarge(cwd: string, act: (child: ChildProcess, browser: number) => void): Promise<Ended> {
  const whenBrowserRuns = (child: ChildProcess): void => {
    const poll = setInterval(() => {
      const { main } = browserUnder(cwd);
      if (main === undefined) return;
      clearInterval(poll);
      setTimeout(act, 500, child, main);
    }, 50);
    child.once('exit', () => clearInterval(poll));
  };
  return runIsthmus(['map', sample, '-o', 'out.png', '--width', '8192', '--iterations', '1'], {
    cwd,
    env: { TMPDIR: cwd },
    when: [/^Look:/m, whenBrowserRuns],
  });
}

describe('isthmus map', () => {
  test('draws a picture of the size asked for, says its choices, and leaves no browser behind', async () => {
    await inFolder(async (cwd) => {
      const args = ['map', '-', '-o', 'out.png', '--width', '300', '--height', '200', '--iterations', '50', '--json'];
      const { code, stdout, stderr } = await runIsthmus(args, { cwd, input: smallGexf, env: { TMPDIR: cwd } });
      expect(stderr).toMatch(/^Layout: ForceAtlas2: .*; seed 1\.$/m);
      expect(stderr).toMatch(/^Look: light palette/m);
      expect(stderr).toMatch(
        /^Wrote out\.png: 300 × 200 pixels, a map of 6 nodes and 7 edges, laid out on CPU, one thread, drawn on .+, in .+ s\.\n$/m,
      );
      expect(code).toBe(0);
      expect(JSON.parse(stdout.toString())).toMatchObject({
        nodes: 6,
        edges: 7,
        seed: 1,
        iterations: 50,
        device: expect.stringMatching(/./),
        output: 'out.png',
        width: 300,
        height: 200,
        milliseconds: {
          read: expect.any(Number),
          layout: expect.any(Number),
          map: expect.any(Number),
          draw: expect.any(Number),
        },
      });
      const { width, height, data } = PNG.sync.read(await readFile(join(cwd, 'out.png')));
      expect([width, height]).toEqual([300, 200]);
      expect(new Set(new Uint32Array(data.buffer, data.byteOffset, data.length / 4)).size).toBeGreaterThan(100);
      expect(await readdir(cwd)).toEqual(['out.png']);
      await expect.poll(() => processesWith(cwd), { timeout: 60_000 }).toEqual([]);
    });
  });

  test('uses the positions of the file where it has some', async () => {
    await inFolder(async (cwd) => {
      await runIsthmus(['layout', '-', '-o', 'placed.gexf', '-q'], { cwd, input: smallGexf });
      const { code, stdout, stderr } = await runIsthmus(['map', 'placed.gexf', '--width', '64', '--json'], { cwd });
      expect(code).toBe(0);
      expect(stderr).toContain('Positions: as in the file');
      expect(JSON.parse(stdout.toString())).toMatchObject({ output: 'placed.png', iterations: 0 });
    });
  });

  test('pipes the picture to stdout', async () => {
    const { code, stdout } = await runIsthmus(['map', '-', '-qo', '-', '--width', '64', '--no-labels', '--no-legend'], {
      input: smallGexf,
    });
    expect(code).toBe(0);
    expect(PNG.sync.read(stdout).width).toBe(64);
  });

  test.each(['SIGINT', 'SIGKILL'] as const)(
    'leaves no browser and no half picture after %s while it draws',
    async (signal) => {
      await inFolder(async (cwd) => {
        const { code } = await drawLarge(cwd, (child) => child.kill(signal));
        expect(code).toBe(signal === 'SIGINT' ? 130 : null);
        expect(existsSync(join(cwd, 'out.png'))).toBe(false);
        await expect.poll(() => processesWith(cwd), { timeout: 60_000 }).toEqual([]);
        // Nobody can clean up after SIGKILL.
        if (signal === 'SIGINT') expect(await readdir(cwd)).toEqual([]);
      });
    },
  );

  test('names a browser that ends in the middle of the work', async () => {
    await inFolder(async (cwd) => {
      const { code, stderr } = await drawLarge(cwd, (_, browser) => process.kill(browser, 'SIGKILL'));
      expect(code).toBe(1);
      expect(stderr).toMatch(/^Chromium (ended unexpectedly|did not start \(.*\).*)\.$/m);
      expect(await readdir(cwd)).toEqual([]);
    });
  });
});
