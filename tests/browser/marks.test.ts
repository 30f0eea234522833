import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom, readAnnotations } from '../../engine/index.ts';
import { type DemoPage, openDemoPage } from '../support/demo-page.ts';

/** Two far clusters of forty with places, and twelve links between them, no two of which share a node. */
function fixture(): string {
  const random = createRandom(4);
  const nodes = Array.from({ length: 80 }, (_, i) => {
    const [x, y] = [(i < 40 ? -400 : 400) + 60 * random(), 60 * random()];
    return { key: `n${i}`, attributes: { label: `${i < 40 ? 'west' : 'east'} ${i}`, quarter: `q${i % 4}`, x, y } };
  });
  const edges: { source: string; target: string }[] = [];
  for (let i = 0; i < 80; i++) {
    for (let k = 0; k < 6; k++) {
      const other = (i < 40 ? 0 : 40) + Math.floor(40 * random());
      if (other !== i) edges.push({ source: `n${i}`, target: `n${other}` });
    }
  }
  for (let i = 0; i < 12; i++) edges.push({ source: `n${i}`, target: `n${40 + i}` });
  return JSON.stringify({ attributes: {}, options: {}, nodes, edges });
}

const byHand = (kind: string, label: string, type: string, coordinates: unknown) => ({
  type: 'Feature',
  properties: { kind, label },
  geometry: { type, coordinates },
});

describe('marks on the page', () => {
  let demo: DemoPage;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'isthmus-marks-'));
    await writeFile(join(folder, 'two.json'), fixture());
    demo = await openDemoPage(900, 700);
  });
  afterAll(async () => {
    await demo.close();
    await rm(folder, { recursive: true });
  });

  const waitFor = (expression: string) => demo.waitFor(expression);
  const button = (name: string) => demo.page.locator(`aria/${name}[role="button"]`).click();
  const names = () =>
    demo.page.$$eval('.marks input', (fields) => fields.map((field) => (field as HTMLInputElement).value));
  async function choose(name: string, path: string): Promise<void> {
    const [chooser] = await Promise.all([demo.page.waitForFileChooser(), button(name)]);
    await chooser.accept([path]);
  }

  test('are proposed: the bridge between the clusters, and the clusters as landmarks', async () => {
    await waitFor("document.body.dataset.run === 'running'");
    await choose('Open', join(folder, 'two.json'));
    await waitFor("document.body.dataset.run === 'as-read'");
    await demo.page.click('summary::-p-text(Landmarks and bridges)');
    await button('Propose landmarks and bridges');
    await waitFor("document.querySelectorAll('.marks li').length > 0");
    const found = await names();
    expect(found.some((name) => /west/.test(name) && /east/.test(name))).toBe(true);
  });

  test('light up under the pointer, with their evidence', async () => {
    await demo.page.hover('.marks li');
    await waitFor("document.querySelector('#details:not([hidden]) dl dt') !== null");
    const card = await demo.page.$eval('#details', (box) => box.textContent ?? '');
    expect(card).toMatch(/links\s*12/);
    expect(card).toMatch(/24 nodes/);
  });

  test('are renamed and deleted, and what is saved says so', async () => {
    const before = await names();
    const field = (await demo.page.$('.marks input')) as ElementHandle<HTMLInputElement>;
    await field.click({ count: 3 });
    await field.type('The isthmus\n');
    await waitFor("document.querySelector('.marks input').value === 'The isthmus'");
    await demo.page.locator('.marks li:last-child button').click();
    await waitFor(`document.querySelectorAll('.marks li').length === ${before.length - 1}`);
    await button('Save GeoJSON');
    const { annotations, warnings } = readAnnotations((await demo.downloaded('two-map.geojson')).toString());
    expect(warnings).toEqual([]);
    expect(annotations.map(({ label }) => label)).toEqual(['The isthmus', ...before.slice(1, -1)]);
    expect(annotations[0].evidence['links']).toBe(12);
  });

  test('come from a file: what is broken is told, the rest is drawn and can be clicked', async () => {
    const features = [
      byHand('bridge', 'Drawn by hand', 'LineString', [
        [-300, 30],
        [400, 30],
      ]),
      byHand('river', 'Nothing of ours', 'LineString', [[0, 0]]),
    ];
    await writeFile(join(folder, 'hand.geojson'), JSON.stringify({ type: 'FeatureCollection', features }));
    await choose('Open GeoJSON', join(folder, 'hand.geojson'));
    await waitFor("document.querySelector('.marks input')?.value === 'Drawn by hand'");
    expect(await names()).toEqual(['Drawn by hand']);
    expect(await demo.page.$eval('#trouble', (box) => box.textContent)).toMatch(/"Nothing of ours"\) was left out/);
    await demo.page.click('aria/Dismiss');
    const panel = await demo.page.$eval('#panel', (box) => box.getBoundingClientRect().right);
    await demo.page.mouse.click((panel + 900) / 2, 350);
    await waitFor("document.querySelector('#details.pinned h2')?.textContent === 'Drawn by hand'");
  });

  test('stay while the clusters are taken from a column', async () => {
    const clusters = () => demo.page.$$eval('#legend .swatches li', (items) => items.length);
    expect(await clusters()).toBe(2);
    await demo.page.click('summary::-p-text(Nodes and labels)');
    const field = (await demo.page.$('aria/Clusters by[role="combobox"]')) as ElementHandle<HTMLSelectElement>;
    await field.select('column:quarter');
    await waitFor("document.querySelectorAll('#legend .swatches li').length === 4");
    expect(await names()).toEqual(['Drawn by hand']);
  });

  test('are set by hand on a node', async () => {
    await demo.page.focus('#map');
    await demo.page.keyboard.press('/');
    await demo.page.keyboard.type('west 7');
    await demo.page.keyboard.press('Enter');
    await button('Mark as a landmark');
    await waitFor("document.querySelectorAll('.marks li').length === 2");
    expect((await names())[1]).toBe('west 7');
    expect(demo.errors).toEqual([]);
  });
});
