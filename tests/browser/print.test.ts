import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import pngjs from 'pngjs';
import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { type Headless, openHeadless } from '../../engine/hosts/headless.ts';
import { createMap, type GraphMap } from '../../engine/map/graph-map.ts';
import { fitView } from '../../engine/map/view.ts';
import { type BandOptions, type DrawTile, drawBands } from '../../engine/output/bands.ts';
import type { Drawing } from '../../engine/output/drawing.ts';
import { insetOf, viewOnPaper } from '../../engine/output/paper.ts';
import { mapOnPaper } from '../../engine/output/typography.ts';
import { launchChromium } from '../support/chromium.ts';
import { type DemoPage, openDemoPage } from '../support/demo-page.ts';
import { browserUnder, processesWith } from '../support/processes.ts';
import { inFolder, runIsthmus } from '../support/run-isthmus.ts';

const { PNG } = pngjs;

/** Six clusters on a ring with places, and names in three alphabets. */
function fixture(): { readonly graph: ReturnType<typeof plantedPartition>; readonly positions: Float32Array } {
  const graph = plantedPartition({ nodes: 240, edges: 1200, blocks: 6, seed: 4 });
  const positions = Float32Array.from({ length: 480 }, (_, i) => {
    const [node, axis] = [i >> 1, i % 2];
    const angle = ((node % 6) / 6) * 2 * Math.PI;
    const own = (node * 2.399963) % (2 * Math.PI);
    const away = 14 * Math.sqrt(node / 240);
    return axis ? 100 * Math.sin(angle) + away * Math.sin(own) : 70 * Math.cos(angle) + away * Math.cos(own);
  });
  return { graph, positions };
}

const alphabets = ['Network', 'Δίκτυο', 'Сеть'];

function fixtureFile(): string {
  const { graph, positions } = fixture();
  const nodes = graph.ids.map((id, i) => {
    const label = `${alphabets[i % 3]} ${i}`;
    return { key: id, attributes: { label, x: positions[2 * i], y: positions[2 * i + 1] } };
  });
  const edges = Array.from({ length: graph.edgeCount }, (_, e) => ({
    source: graph.ids[graph.edges[2 * e]],
    target: graph.ids[graph.edges[2 * e + 1]],
  }));
  return JSON.stringify({ attributes: {}, options: {}, nodes, edges });
}

/** The letters that a PDF's fonts say their glyphs stand for: what can be searched and copied. */
function lettersOf(pdf: string): string[] {
  const maps = [...pdf.matchAll(/<<[^>]*\/Filter \/FlateDecode[^>]*>>\s*stream\n/g)].map(({ 0: head, index }) => {
    try {
      return inflateSync(Buffer.from(pdf.slice(index + head.length), 'latin1')).toString('latin1');
    } catch {
      return '';
    }
  });
  const unicode = maps.filter((text) => text.includes('begincmap')).join('');
  return [...unicode.matchAll(/<([0-9A-F]{4})>/gi)].map(([, code]) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Prints the fixture on a postcard. */
async function print(cwd: string, output: string, ...args: readonly string[]) {
  await writeFile(join(cwd, 'small.json'), fixtureFile());
  const ended = await runIsthmus(['print', 'small.json', '-qo', output, '--paper', '105x148mm', ...args], { cwd });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  return readFile(join(cwd, output));
}

describe('tiles of a print', () => {
  let folder: string;
  let headless: Headless;
  let map: GraphMap;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'isthmus-test-'));
    vi.stubEnv('TMPDIR', folder);
    headless = await openHeadless({ script: join(process.cwd(), 'dist/headless-page.js') });
    const { graph, positions } = fixture();
    map = createMap(graph, positions, { title: 'Seams' });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await headless?.dispose();
    await rm(folder, { recursive: true });
  });

  /** The picture in such tiles, as a digest; `draw` draws one. */
  async function digestOf(drawing: Drawing, options: BandOptions, draw: DrawTile = drawing.tile): Promise<string> {
    const hash = createHash('sha256');
    for await (const band of drawBands(drawing, draw, options)) hash.update(band);
    return hash.digest('hex');
  }

  test('go on at the same one when the GPU is lost, and the picture is the same', async () => {
    const drawing = await headless.open(map, fitView(map.sheet, { width: 800, height: 800 }));
    const inTiles = { tileWidth: 400, tileHeight: 200 };
    const whole = await digestOf(drawing, inTiles);
    const lost: number[] = [];
    const broken = await digestOf(drawing, inTiles, (tile) => {
      const drawn = drawing.tile(tile);
      const { gpu } = browserUnder(folder);
      if (tile.x === 0 && tile.y === 400 && gpu !== undefined) {
        process.kill(gpu, 'SIGKILL');
        lost.push(gpu);
      }
      return drawn;
    });
    await drawing.close();
    expect(lost.length).toBe(1);
    expect(broken).toBe(whole);
  });

  test('of any size are the same picture, byte for byte', async () => {
    const sheet = { paper: { width: 60, height: 80 }, bleed: 3, margin: 4, dpi: 150 };
    const view = viewOnPaper(map.sheet, sheet);
    const onPaper = mapOnPaper(map, view, sheet.paper);
    const drawing = await headless.open(onPaper, view, { legend: true, inset: insetOf(sheet) });
    const digests: string[] = [];
    for (const [tileWidth, tileHeight] of [
      [1000, 1000],
      [64, 64],
      [113, 29],
      [1000, 17],
    ]) {
      digests.push(await digestOf(drawing, { tileWidth, tileHeight }));
    }
    await drawing.close();
    expect(new Set(digests).size).toBe(1);
  });
});

describe('isthmus print', () => {
  test('writes a PNG of the paper’s size with its resolution and crop marks', async () => {
    await inFolder(async (cwd) => {
      const bytes = await print(cwd, 'out.png', '--dpi', '100', '--bleed', '5', '--landscape');
      const { width, height, data } = PNG.sync.read(bytes);
      expect([width, height]).toEqual([622, 453]);
      const physical = bytes.subarray(bytes.indexOf('pHYs') + 4);
      expect([physical.readUInt32BE(0), physical[8]]).toEqual([3937, 1]);
      const at = (x: number, y: number) => data[4 * (y * width + x)];
      // 5 mm are 19.7 pixels: the mark on the left cut runs up from 1 mm above the paper.
      expect(at(19, 8)).toBeLessThan(60);
      expect(at(30, 8)).toBeGreaterThan(150);
    });
  });

  test('writes a PDF: one page, the picture at full resolution, text with its fonts, and where to cut', async () => {
    await inFolder(async (cwd) => {
      const pdf = (await print(cwd, 'out.pdf', '--dpi', '100', '--bleed', '5', '--title', 'A postcard')).toString(
        'latin1',
      );
      expect(pdf.match(/\/Type \/Page\b(?!s)/g)?.length).toBe(2); // the page, and its newer form
      expect(pdf).toContain('/Width 453 /Height 622');
      expect(pdf).toContain('/Title (A postcard)');
      expect(pdf).toMatch(/\/TrimBox \[14\.17\d* 14\.17\d* 311\.8\d* 433\.7\d*\]/);
      expect(pdf).toContain('/FontFile2');
      expect(lettersOf(pdf)).toEqual(expect.arrayContaining(['N', 'Δ', 'С']));
    });
  });

  test('prints Chinese, Japanese and Korean names, or says which font would', async () => {
    await inFolder(async (cwd) => {
      const names = ['网络', 'ネット', '네트워크'];
      const nodes = names.map((label, i) => ({ key: label, attributes: { label, x: 50 * i, y: 20 * i } }));
      await writeFile(join(cwd, 'east.json'), JSON.stringify({ attributes: {}, options: {}, nodes, edges: [] }));
      const args = ['print', 'east.json', '-qo', 'out.pdf', '--paper', 'A5', '--dpi', '50', '--no-legend'];
      const { code, stderr } = await runIsthmus(args, { cwd });
      expect(code).toBe(0);
      const letters = lettersOf((await readFile(join(cwd, 'out.pdf'))).toString('latin1'));
      for (const [script, letter] of [
        ['Han', '网'],
        ['Katakana', 'ネ'],
        ['Hangul', '네'],
      ]) {
        const warning = `has the ${script} characters of 1 label, which are printed as empty boxes`;
        expect(stderr.includes(warning) || letters.includes(letter), script).toBe(true);
      }
      if (stderr !== '') expect(stderr).toContain('apt-get install fonts-noto-cjk');
    });
  });

  test('splits a sheet over pages, each with its part of the picture', async () => {
    await inFolder(async (cwd) => {
      const pdf = (await print(cwd, 'out.pdf', '--dpi', '50', '--split', '80x90mm')).toString('latin1');
      // 105 × 148 mm in pages of 64 × 74 mm that overlap by 10 mm, or of 74 × 64 turned: two columns, three rows.
      expect(pdf.match(/\/Subtype \/Image\b/g)?.length).toBe(6);
      expect(pdf).toMatch(/\/Count 6\b/);
    });
  });

  test('refuses what it cannot print', async () => {
    for (const [args, message] of [
      [['-o', 'out.gif'], 'end it with .png, .pdf or .svg'],
      [['-o', 'out.png', '--split', 'A4'], 'is printed as PDF'],
      [['-o', 'out.png', '--paper', 'A17'], 'Paper is A0 to A5'],
      [['-o', 'out.png', '--margin', '200'], 'leaves nothing of a sheet 210 mm wide'],
      [['-o', 'out.png', '--paper', '15000x15000mm', '--dpi', '2400'], 'a side are the most'],
    ] as const) {
      const { code, stderr } = await runIsthmus(['print', '-', ...args], { input: '{}' });
      expect(stderr).toContain(message);
      expect(code).toBe(2);
    }
  });

  test.skipIf(!existsSync('/dev/full'))('says that the disk is full', async () => {
    await inFolder(async (cwd) => {
      await writeFile(join(cwd, 'small.json'), fixtureFile());
      await symlink('/dev/full', join(cwd, 'out.png'));
      const args = ['print', 'small.json', '-qo', 'out.png', '--paper', '50x50mm', '--dpi', '60'];
      const { code, stderr } = await runIsthmus(args, { cwd });
      expect({ code, stderr }).toEqual({ code: 1, stderr: "out.png can't be written: the disk is full.\n" });
    });
  });

  test.each([
    ['an interrupt', (_folder: string, kill: () => void) => kill(), 130, /Interrupted\.\n$/],
    [
      'the end of Chromium',
      (folder: string) => process.kill(browserUnder(folder).main ?? 0, 'SIGKILL'),
      1,
      /^Chromium ended unexpectedly\.$/m,
    ],
  ] as const)('leaves no half file and no browser after %s', async (_name, act, code, message) => {
    await inFolder(async (cwd) => {
      await writeFile(join(cwd, 'small.json'), fixtureFile());
      const ended = await runIsthmus(['print', 'small.json', '-o', 'out.png', '--paper', 'A0'], {
        cwd,
        env: { TMPDIR: cwd },
        when: [/^print \d/m, (child) => act(cwd, () => child.kill('SIGINT'))],
      });
      expect(ended.code).toBe(code);
      expect(ended.stderr).toMatch(message);
      expect(await readdir(cwd)).toEqual(['small.json']);
      await expect.poll(() => processesWith(cwd), { timeout: 60_000 }).toEqual([]);
    });
  });
});

describe('an SVG print', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('shows the same map as the PNG', async () => {
    await inFolder(async (cwd) => {
      const size = ['--dpi', '96', '--bleed', '3'];
      const png = PNG.sync.read(await print(cwd, 'out.png', ...size));
      const svg = (await print(cwd, 'out.svg', ...size)).toString();
      expect(svg.match(/<circle/g)?.length).toBeGreaterThanOrEqual(240);
      expect(svg).toContain('Δίκτυο');
      const page = await browser.newPage();
      await page.setViewport({ width: png.width, height: png.height });
      await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
      const drawn = PNG.sync.read(Buffer.from(await page.screenshot()));
      let [sum, far] = [0, 0];
      const values = (png.data.length / 4) * 3;
      for (let i = 0; i < png.data.length; i++) {
        if (i % 4 === 3) continue;
        const difference = Math.abs(png.data[i] - drawn.data[i]);
        sum += difference;
        if (difference > 64) far++;
      }
      // Strokes are weakened one by one instead of pixel by pixel, and browsers smooth edges in their own way.
      expect(sum / values).toBeLessThan(3.4);
      expect(far / values).toBeLessThan(0.02);
    });
  });
});

describe('printing from the page', () => {
  let demo: DemoPage;
  beforeAll(async () => {
    demo = await openDemoPage(900, 700);
    await demo.waitFor("document.body.dataset.run === 'running'");
    await demo.page.click('summary::-p-text(Print)');
  });
  afterAll(() => demo.close());

  const fill = (field: string, value: string) => demo.page.locator(`#print [name=${field}]`).fill(value);
  const press = () => demo.page.locator('#print button').click();

  test('streams to a file where the browser can', async () => {
    await demo.page.evaluate(() => {
      const written = { bytes: 0, pieces: 0, isClosed: false };
      const createWritable = async () =>
        new WritableStream<Uint8Array>({
          write(piece) {
            written.bytes += piece.length;
            written.pieces++;
          },
          close() {
            written.isClosed = true;
          },
        });
      Object.assign(window, { written, showSaveFilePicker: async () => ({ createWritable }) });
    });
    await fill('paper', 'A4');
    await fill('dpi', '60');
    await press();
    await demo.waitFor('written.isClosed');
    const { bytes, pieces } = (await demo.page.evaluate('written')) as { bytes: number; pieces: number };
    expect(bytes).toBeGreaterThan(50_000);
    expect(pieces).toBeGreaterThan(4);
  });

  test('holds what is small, and refuses what is not, with the reason', async () => {
    await demo.page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
    await fill('format', 'png');
    await fill('paper', 'A4');
    await fill('dpi', '40');
    await press();
    const { width, height } = PNG.sync.read(await demo.downloaded('software-terms-print.png'));
    expect([width, height]).toEqual([331, 468]);
    await fill('paper', 'A0');
    await fill('dpi', '450');
    await press();
    const refusal = "document.body.textContent.includes('14900 × 21065 pixels are too many to hold')";
    await demo.waitFor(refusal);
    expect(demo.errors).toEqual([]);
  });

  test('writes SVG', async () => {
    await fill('format', 'svg');
    await fill('paper', 'A5');
    await press();
    const svg = (await demo.downloaded('software-terms-print.svg')).toString();
    expect(svg).toMatch(/^<svg [^>]*width="148mm" height="210mm"/);
    expect(svg.match(/<circle/g)?.length).toBeGreaterThanOrEqual(7908);
    expect(svg).toContain('data:image/png;base64,iVBOR');
    expect(svg.trimEnd().endsWith('</svg>')).toBe(true);
  });

  test('opens the browser’s print on the sheet alone: one page of its size, text as text', async () => {
    await demo.page.evaluate('window.print = () => { window.isPrinted = true; }');
    await fill('format', 'pdf');
    await fill('paper', 'A5');
    await fill('dpi', '72');
    await fill('margin', '5');
    await press();
    await demo.waitFor('window.isPrinted');
    // What the browser's own dialog would make of the page as it now is.
    const bytes = await demo.page.pdf({ preferCSSPageSize: true, printBackground: false, timeout: 0 });
    await demo.page.evaluate("dispatchEvent(new Event('afterprint'))");
    const pdf = Buffer.from(bytes).toString('latin1');
    expect(pdf).toMatch(/\/Count 1\b/);
    const [, , width, height] = /\/MediaBox \[([^\]]*)\]/.exec(pdf)?.[1].trim().split(/\s+/).map(Number) ?? [];
    // Chromium rounds to 1/96 inch.
    expect(Math.abs(width - (148 / 25.4) * 72)).toBeLessThan(1);
    expect(Math.abs(height - (210 / 25.4) * 72)).toBeLessThan(1);
    expect(pdf).toMatch(/\/Width 420\s/);
    expect(pdf).toMatch(/\/Height 595\s/);
    expect(pdf).toContain('/FontFile2');
    expect(lettersOf(pdf)).toEqual(expect.arrayContaining(['k', 's', 'Δ']));
    expect(await demo.page.$('.print-sheet')).toBeNull();
    expect(demo.errors).toEqual([]);
  });
});
