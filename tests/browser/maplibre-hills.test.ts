import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeGraph } from '../../engine/formats/index.ts';
import { withPositions } from '../../engine/graph/packed-graph.ts';
import { writeOutput } from '../../engine/hosts/files.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { runIsthmus } from '../support/run-isthmus.ts';
import { type Served, serveFolder } from '../support/serve.ts';
import { twoHills } from '../support/two-hills.ts';
import { isComplaint } from '../support/visit.ts';
import type { HillsPage } from './page/maplibre-hills.ts';

type Here = typeof globalThis & { readonly hillsPage: HillsPage };

let browser: TestBrowser;
let folder: string;
let written: Served;
beforeAll(async () => {
  browser = await openBrowser({ packages: ['maplibre-gl', 'maplibre-gl-5'] });
  folder = await mkdtemp(join(tmpdir(), 'isthmus-hills-'));
  written = await serveFolder(folder, { 'access-control-allow-origin': '*' });
  const { graph, positions } = twoHills();
  const gexf = writeGraph(withPositions(graph, positions), { format: 'gexf', gzip: false });
  await writeOutput(join(folder, 'hills.gexf'), gexf);
  const args = ['tiles', 'hills.gexf', '--positions', 'file', '-o', 'out', '--kind', 'terrain', '--max-zoom', '1'];
  const run = await runIsthmus([...args, '--url', `${written.origin}/out`], { cwd: folder, env: { TMPDIR: folder } });
  expect(run).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await browser.close();
  await written.close();
  await rm(folder, { recursive: true });
});

describe.each(['6', '5'])('the hills in MapLibre %s', (version) => {
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    page = await browser.open(`tests/browser/page/maplibre-hills.html?version=${version}`);
    page.on('console', (message) => {
      if (isComplaint(message)) complaints.push(message.text());
    });
  });
  afterAll(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  test.each([
    { method: 'basic' },
    { method: 'basic', azimuth: 250, altitude: 40 },
    { method: 'standard' },
    { method: 'combined' },
    { method: 'igor' },
    { method: 'multidirectional', azimuth: 315 },
  ] as const)('are shaded from a live map as by our own light, %j', async (relief) => {
    const { correlation, strength, places } = await page.evaluate(async (relief) => {
      const { isthmus, graphMap, shadeLive, agreement } = (globalThis as Here).hillsPage;
      const lit = isthmus.restyleMap(graphMap, { relief });
      await shadeLive(lit);
      return agreement(lit);
    }, relief);
    expect(places).toBeGreaterThan(10_000);
    expect(correlation).toBeGreaterThan(0.9);
    expect(strength).toBeGreaterThan(0.5);
    expect(strength).toBeLessThan(2);
  });

  test('are shaded by the light alone: it comes from where the map says, and a plain has no shade', async () => {
    const { lit, turned, colors } = await page.evaluate(async () => {
      const { isthmus, graphMap, shadeLive, agreement, colors } = (globalThis as Here).hillsPage;
      const { azimuth } = graphMap.settings.relief;
      await shadeLive(graphMap);
      const lit = agreement(graphMap).direction;
      await shadeLive(isthmus.restyleMap(graphMap, { relief: { azimuth: azimuth + 180 } }));
      const turned = agreement(graphMap).direction;
      await shadeLive(isthmus.restyleMap(graphMap, { relief: { zFactor: 0 } }));
      return { lit, turned, colors: colors() };
    });
    expect(lit).toBeGreaterThan(0.5);
    expect(turned).toBeLessThan(-0.5);
    expect(colors).toBe(1);
  });

  test('are shaded alike from written tiles', async () => {
    const { correlation, strength } = await page.evaluate(async (address) => {
      const { graphMap, shadeWritten, agreement } = (globalThis as Here).hillsPage;
      await shadeWritten(address);
      return agreement(graphMap);
    }, `${written.origin}/out/style.json`);
    expect(correlation).toBeGreaterThan(0.9);
    expect(strength).toBeGreaterThan(0.5);
  });

  test('raise what lies on them as high as a quarter of the drawn slopes is, and a plain raises nothing', async () => {
    const [flat, first, second, plain] = await page.evaluate(async (pitch) => {
      const { isthmus, graphMap, spot } = (globalThis as Here).hillsPage;
      const [hilly, plain] = [0.2, 0].map((zFactor) => isthmus.restyleMap(graphMap, { relief: { zFactor } }));
      return [
        await spot(0, pitch),
        await spot(0, pitch, hilly),
        await spot(1, pitch, hilly),
        await spot(0, pitch, plain),
      ];
    }, pitch);
    expect(first.rise).toBeGreaterThan(1.5 * second.rise);
    for (const { x, y, rise } of [first, second]) {
      // On flat ground both are seen at the same place.
      const [wantedX, wantedY] = lifted(flat, rise);
      expect(rise).toBeGreaterThan(20);
      expect(Math.hypot(x - wantedX, y - wantedY)).toBeLessThan(0.1 * rise);
    }
    expect(Math.hypot(plain.x - flat.x, plain.y - flat.y)).toBeLessThan(1);
  });
});

const pitch = 50;

/** Where something is seen that was seen on flat ground, once it is lifted by so many pixels; the map is 400 × 400 pixels. */
function lifted(seen: { readonly x: number; readonly y: number }, rise: number): readonly [x: number, y: number] {
  const [cosine, sine] = [Math.cos((pitch * Math.PI) / 180), Math.sin((pitch * Math.PI) / 180)];
  // MapLibre's camera is one and a half heights of the map away from its middle.
  const distance = 1.5 * 400;
  const up = 200 - seen.y;
  const away = (up * distance) / (distance * cosine - up * sine);
  const depth = distance + away * sine;
  const nearer = depth - rise * cosine;
  return [200 + ((seen.x - 200) * depth) / nearer, 200 - (distance * (away * cosine + rise * sine)) / nearer];
}
