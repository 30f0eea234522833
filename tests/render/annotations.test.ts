import type { Page } from 'puppeteer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import type { TestTools } from './page/main.ts';

let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.open('tests/render/page/index.html');
});
afterAll(async () => {
  await browser.close();
});

/** Runs a function inside the page with the library and the page's tools. It can use nothing else from out here but the GeoJSON. */
function inPage<Result>(run: (tools: TestTools, geojson: string) => Result): Promise<Result> {
  return page.evaluate(`(${run.toString()})(window.tools, ${JSON.stringify(sheet)})`) as Promise<Result>;
}

const sheet = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    ['landmark', 'Cluster of zero', 'Point', [100, 0]],
    [
      'bridge',
      'From here to there',
      'LineString',
      [
        [-95, 10],
        [-20, 60],
        [60, 55],
        [95, 10],
      ],
    ],
    [
      'area',
      'The south',
      'Polygon',
      [
        [
          [-60, -110],
          [60, -110],
          [60, -60],
          [-60, -60],
          [-60, -110],
        ],
      ],
    ],
    [
      'border',
      '',
      'LineString',
      [
        [-120, 120],
        [120, -120],
      ],
    ],
  ].map(([kind, label, type, coordinates]) => ({
    type: 'Feature',
    properties: { kind, label },
    geometry: { type, coordinates },
  })),
});

test('every kind is drawn in its colour, and can be left out', async () => {
  const counts = await inPage(({ isthmus, clusters, render }, geojson) => {
    const { annotations } = isthmus.readAnnotations(geojson);
    const settings = {
      relief: { show: false },
      edges: { show: false },
      nodes: { scale: 0 },
      labels: { show: false },
    };
    const map = isthmus.createMap(clusters.graph, clusters.positions, { annotations, settings });
    const view = isthmus.fitView(map.sheet, { width: 500, height: 500 });
    const { pixels } = render(map, view);
    const hidden = render(isthmus.restyleMap(map, { annotations: { show: false } }), view).pixels;
    const near = (at: number, color: number) =>
      [16, 8, 0].every((shift, k) => Math.abs(pixels[at + k] - ((color >> shift) & 255)) < 60);
    const kinds = ['landmark', 'bridge', 'area', 'border'] as const;
    return kinds.map((kind) => {
      let drawn = 0;
      for (let i = 0; i < pixels.length; i += 4) {
        if (near(i, map.palette.annotations[kind]) && hidden[i] > 200) drawn++;
      }
      return drawn;
    });
  });
  for (const count of counts) expect(count).toBeGreaterThan(20);
});

test('the joints of a path are no darker than the rest of it', async () => {
  const darkest = await inPage(({ isthmus, clusters, render }) => {
    const path = (places: number[][]) =>
      isthmus.readAnnotations(
        JSON.stringify({
          type: 'Feature',
          properties: { kind: 'bridge' },
          geometry: { type: 'LineString', coordinates: places },
        }),
      ).annotations;
    const settings = { relief: { show: false }, edges: { show: false }, nodes: { scale: 0 }, labels: { show: false } };
    return [
      [
        [-90, 0],
        [90, 0],
      ],
      Array.from({ length: 61 }, (_, k) => [-90 + 3 * k, 0]),
    ].map((places) => {
      const map = isthmus.createMap(clusters.graph, clusters.positions, { annotations: path(places), settings });
      const { pixels } = render(
        { ...map, graph: { ...map.graph, nodeCount: 0 } },
        isthmus.fitView(map.sheet, { width: 300, height: 300 }),
      );
      let low = 255;
      for (let i = 2; i < pixels.length; i += 4) low = Math.min(low, pixels[i]);
      return low;
    });
  });
  expect(darkest[0]).toBeLessThan(150);
  expect(Math.abs(darkest[1] - darkest[0])).toBeLessThanOrEqual(3);
});

test('tiles of an annotated map put together are the whole drawing, byte for byte', async () => {
  const different = await inPage(({ isthmus, clusters, render }, geojson) => {
    const { annotations } = isthmus.readAnnotations(geojson);
    const map = isthmus.createMap(clusters.graph, clusters.positions, { annotations });
    const view = isthmus.fitView(map.sheet, { width: 300, height: 220, pixelRatio: 1.5 });
    const [width, height] = [450, 330];
    const whole = render(map, view).pixels;
    let different = 0;
    const side = 113;
    for (let y = 0; y < height; y += side) {
      for (let x = 0; x < width; x += side) {
        const tile = { x, y, width: Math.min(side, width - x), height: Math.min(side, height - y) };
        const part = render(map, view, { tile }).pixels;
        for (let row = 0; row < tile.height; row++) {
          for (let k = 0; k < 4 * tile.width; k++) {
            if (part[4 * tile.width * row + k] !== whole[4 * (width * (y + row) + x) + k]) different++;
          }
        }
      }
    }
    return different;
  });
  expect(different).toBe(0);
});
