import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import type { Page } from 'puppeteer';
import { layout, mapPlan } from '../engine/index.ts';
import { openBrowser } from '../tests/support/browser.ts';
import type { BridgesPage, Format } from './bridges/page.ts';
import { plantedBridges } from './bridges/planted.ts';
import { type Row, rowsOf, type Verdict } from './bridges/score.ts';

/** Sheets, and tiles of 256 and 512 device pixels a side that together are no wider than these. */
const formats: readonly Format[] = [
  { width: 600 },
  { width: 1200 },
  { width: 256, zoom: 0 },
  { width: 512, zoom: 0 },
  { width: 512, zoom: 1 },
  { width: 1024, zoom: 1 },
  { width: 1024, zoom: 2 },
];
const seeds = [1, 2, 3, 4, 5];

/**
 * BV(N): how many planted bridges can be followed on a map drawn N pixels wide, how many artifacts look like bridges, and
 * how often bare ground does; for our drawing and plain alternatives, on layouts that `isthmus map` makes by default. The
 * same for our tiles of zooms 0 to 2, put together.
 * `args`: `--seeds 2` for the first two of five graphs; `--only isthmus` for one encoding, which
 * records nothing; `--pictures FOLDER` also writes the drawings.
 */
export async function run(args: readonly string[]): Promise<void> {
  const after = (flag: string) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined);
  const chosen = seeds.slice(0, Number(after('--seeds') ?? seeds.length));
  const [pictures, only] = [after('--pictures'), after('--only')];
  const browser = await openBrowser();
  const verdicts: Verdict[] = [];
  try {
    const page = await browser.open('bench/bridges/index.html');
    for (const seed of chosen) {
      const { graph } = plantedBridges(seed);
      const { positions } = await layout(graph, { plan: mapPlan(graph), seed });
      const packed = Buffer.from(positions.buffer, positions.byteOffset, positions.byteLength).toString('base64');
      for (const format of formats) {
        const job: Job = only === undefined ? [seed, packed, format] : [seed, packed, format, only];
        verdicts.push(...(await judge(page, job)));
        if (pictures !== undefined) await writePictures(page, job, pictures);
      }
      console.log(`Seed ${seed} of ${chosen.length} is drawn and judged.`);
    }
  } finally {
    await browser.close();
  }
  const rows = rowsOf(verdicts);
  if (only === undefined) await record(rows, chosen);
  console.log(`BV(N), ${chosen.length} graphs: shares of planted pairs that can be followed on the map.`);
  console.table(rows.map(tableRow));
}

/** What runs inside the page can use nothing else from out here. */
type InPage = typeof globalThis & { readonly bridges: BridgesPage };
type Job = Parameters<BridgesPage['judge']>;

function judge(page: Page, job: Job): Promise<Verdict[]> {
  return page.evaluate((...its: Job) => (globalThis as InPage).bridges.judge(...its), ...job);
}

async function writePictures(page: Page, job: Job, folder: string): Promise<void> {
  const drawn = await page.evaluate((...its: Job) => (globalThis as InPage).bridges.pictures(...its), ...job);
  await mkdir(folder, { recursive: true });
  const [seed, , { width, zoom }] = job;
  const format = zoom === undefined ? `${width}` : `zoom-${zoom}-${width}`;
  for (const [name, url] of drawn) {
    await writeFile(`${folder}/${seed}-${format}-${name}.png`, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  }
}

async function record(rows: readonly Row[], chosen: readonly number[]): Promise<void> {
  const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.versions.node}, Chromium on SwiftShader`;
  const result = { benchmark: 'bridges', date: new Date().toISOString().slice(0, 10), machine, seeds: chosen, rows };
  await mkdir('bench/results', { recursive: true });
  await writeFile('bench/results/bridges.json', `${JSON.stringify(result, undefined, 2)}\n`);
}

function tableRow({ encoding, width, zoom, recall, artifacts, none, bySize }: Row) {
  const sizes = Object.entries(bySize).map(([size, share]) => [`of ${size}`, share.toFixed(2)] as const);
  return {
    encoding,
    width,
    zoom: zoom ?? '',
    'bridges of 4 or more': recall.toFixed(2),
    artifacts: artifacts.toFixed(2),
    'no edges': none.toFixed(2),
    ...Object.fromEntries(sizes),
  };
}
