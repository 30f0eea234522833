import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoPage, openDemoPage } from '../support/demo-page.ts';
import { hostile, popupNamed } from '../support/example-page.ts';
import { placeInWorld } from '../support/web-mercator.ts';

const [width, height] = [900, 600];
let demo: DemoPage;

beforeAll(async () => {
  demo = await openDemoPage(width, height);
});
afterAll(() => demo.close());

interface Camera {
  readonly zoom: number;
  readonly longitude: number;
  readonly latitude: number;
}

/** Where MapLibre shows a place, CSS pixels: its world is 512 pixels wide at zoom 0. */
function pixelOf(longitude: number, latitude: number, camera: Camera): readonly [x: number, y: number] {
  const size = 512 * 2 ** camera.zoom;
  const [x, y] = placeInWorld(longitude, latitude);
  const [middleX, middleY] = placeInWorld(camera.longitude, camera.latitude);
  return [(x - middleX) * size + width / 2, (y - middleY) * size + height / 2];
}

/** Red, green and blue of a pixel, added up. */
function lightAt({ data, width }: PNG, x: number, y: number): number {
  const at = 4 * (Math.floor(y) * width + Math.floor(x));
  return data[at] + data[at + 1] + data[at + 2];
}

/** Where a great circle between two places is at a longitude. */
function latitudeAt(longitude: number, from: readonly [number, number], to: readonly [number, number]): number {
  const radians = Math.PI / 180;
  const slope =
    Math.tan(from[1] * radians) * Math.sin((to[0] - longitude) * radians) +
    Math.tan(to[1] * radians) * Math.sin((longitude - from[0]) * radians);
  return Math.atan(slope / Math.sin((to[0] - from[0]) * radians)) / radians;
}

/** The middle of the dark pixels that hang together with those at a place; undefined where there are none. */
function spotAt(picture: PNG, x: number, y: number): readonly [x: number, y: number] | undefined {
  const { width } = picture;
  const open = [Math.floor(y) * width + Math.floor(x)];
  const found = new Set<number>();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at) || lightAt(picture, at % width, at / width) > 200) continue;
    found.add(at);
    open.push(at - 1, at + 1, at - width, at + width);
  }
  const mean = (value: (at: number) => number) => [...found].reduce((sum, at) => sum + value(at), 0) / found.size + 0.5;
  return found.size === 0 ? undefined : [mean((at) => at % width), mean((at) => Math.floor(at / width))];
}

/** The page at a camera, as soon as a node is seen at each of the places. */
async function pictureOf(camera: Camera, places: readonly (readonly [number, number])[]): Promise<PNG> {
  const { page, origin } = demo;
  await page.goto(`${origin}/geography/index.html#${camera.zoom}/${camera.latitude}/${camera.longitude}`);
  for (;;) {
    const picture = PNG.sync.read(Buffer.from(await page.screenshot()));
    if (places.every((place) => spotAt(picture, ...pixelOf(place[0], place[1], camera)) !== undefined)) return picture;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describe('the page of telegraph lines', () => {
  const bermuda = [-64.78, 32.29] as const;
  const ascension = [-14.41, -7.93] as const;
  const honolulu = [-157.86, 21.31] as const;
  const guam = [144.65, 13.43] as const;
  const midway = [-177.37, 28.21] as const;
  const irkutsk = [104.3, 52.3] as const;

  test.each([
    { camera: { zoom: 1.3, longitude: 20, latitude: 20 }, places: [irkutsk, bermuda, ascension] },
    { camera: { zoom: 4.7, longitude: -62, latitude: 33 }, places: [bermuda] },
    // The Pacific: Honolulu is on the next turn of the Earth.
    { camera: { zoom: 2.2, longitude: 175, latitude: 20 }, places: [guam, [honolulu[0] + 360, honolulu[1]] as const] },
  ])('has stations within a pixel of their places: $camera', async ({ camera, places }) => {
    const picture = await pictureOf(camera, places);
    for (const place of places) {
      const [x, y] = pixelOf(place[0], place[1], camera);
      const [atX, atY] = spotAt(picture, x, y) ?? [Number.NaN, Number.NaN];
      expect(Math.hypot(atX - x, atY - y)).toBeLessThan(1);
    }
  });

  test('draws the cable from Guam to Midway along its great circle, over 180°', async () => {
    const camera = { zoom: 2.2, longitude: 175, latitude: 20 };
    const picture = await pictureOf(camera, [guam]);
    for (const longitude of [150, 160, 170, 179.9, 180.1, 182]) {
      const [x, y] = pixelOf(longitude, latitudeAt(longitude, guam, midway), camera);
      const rows = Array.from({ length: 21 }, (_, k) => Math.floor(y) - 10 + k);
      const darkest = rows.reduce((best, row) => (lightAt(picture, x, row) < lightAt(picture, x, best) ? row : best));
      expect(Math.abs(darkest + 0.5 - y)).toBeLessThan(1.5);
      expect(lightAt(picture, x, rows[0]) - lightAt(picture, x, darkest)).toBeGreaterThan(150);
    }
  });

  test('tells the name of a station that is clicked on', async () => {
    const camera = { zoom: 2.2, longitude: 175, latitude: 20 };
    const there = [honolulu[0] + 360, honolulu[1]] as const;
    await pictureOf(camera, [there]);
    const [x, y] = pixelOf(...there, camera);
    await demo.page.mouse.click(x, y);
    const popup = await demo.page.waitForSelector('.isthmus-popup');
    expect(await popup?.evaluate((element) => element.textContent)).toBe('Honolulu (2 links)');
  });

  test('shows the lines on a globe, and tells the name of a station there', async () => {
    const { page } = demo;
    const middle = [width / 2, height / 2] as const;
    const camera = { zoom: 2, longitude: midway[0], latitude: midway[1] };
    await pictureOf(camera, [midway]);
    const flat = PNG.sync.read(Buffer.from(await page.screenshot()));
    await page.click('.maplibregl-ctrl-globe');
    await demo.rest();
    const round = PNG.sync.read(Buffer.from(await page.screenshot()));
    // The page's corners are beside the globe.
    expect(lightAt(flat, 20, 20)).toBeLessThan(765);
    expect(lightAt(round, 20, 20)).toBe(765);
    const [atX, atY] = spotAt(round, ...middle) ?? [Number.NaN, Number.NaN];
    expect(Math.hypot(atX - middle[0], atY - middle[1])).toBeLessThan(1.5);
    await page.mouse.click(...middle);
    expect(await popupNamed(page, 'Midway')).toMatchObject({ text: 'Midway (2 links)' });
  });

  test.each([
    [hostile.rose, hostile.rose],
    [hostile.indigo, 'abc fed ghi'],
  ])('tells a hostile name as text that turns nothing: %j', async (name, text) => {
    const { page } = demo;
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const stations = `id,longitude,latitude\n${quoted},0,0\nA,30,20\nB,-30,20\n`;
    const lines = `source,target\n${quoted},A\n${quoted},B\n`;
    const script = await page.evaluateOnNewDocument(
      (stations, lines) => {
        const { fetch } = window;
        window.fetch = async (address, init) => {
          const isText = /^data:text\/csv|\.csv$/.test(String(address));
          if (!isText) return fetch(address, init);
          const text = await (await fetch(address)).text();
          return new Response(text.startsWith('id,') ? stations : lines);
        };
      },
      ...([stations, lines] as const),
    );
    // Nothing but its hash would be new to a page that is open.
    await page.goto('about:blank');
    const camera = { zoom: 2, longitude: 5, latitude: 5 };
    await pictureOf(camera, [[0, 0]]);
    await page.mouse.click(...pixelOf(0, 0, camera));
    expect(await popupNamed(page, text)).toEqual({
      ...{ text: `${text} (2 links)`, elements: ['strong', 'bdi'], isInOrder: true, isHacked: false },
    });
    await page.removeScriptToEvaluateOnNewDocument(script.identifier);
  });

  test('asks no other server, and has no errors', () => {
    expect(demo.requests.filter((url) => !/^(about|data|blob):/.test(url) && !url.startsWith(demo.origin))).toEqual([]);
    expect(demo.errors).toEqual([]);
  });
});
