import { PNG } from 'pngjs';
import type { Page } from 'puppeteer';
import { lightPalette } from '../../engine/map/palettes.ts';
import { launchChromium } from './chromium.ts';
import { serveFolder } from './serve.ts';

/** Names that would run, show or turn something wherever they were taken for more than text. */
export const hostile = {
  rose: `<img src=x onerror="window.isHacked = true; alert('hacked')">`,
  indigo: 'abc \u202e fed \u2069 ghi',
} as const;

/** The colours of the two largest clusters. */
const colors = { rose: lightPalette.categories[0], indigo: lightPalette.categories[1] } as const;
type SpotColor = keyof typeof colors;

/** Eight stars whose hubs form a ring. The hubs of the two largest, which lie opposite each other, have the hostile names. */
export function hostileGexf(): string {
  const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  const nodes: string[] = [];
  const edges: string[] = [];
  const node = (id: string, label: string) => nodes.push(`<node id="${id}" label="${escaped(label)}"/>`);
  const link = (a: string, b: string) => edges.push(`<edge source="${a}" target="${b}"/>`);
  for (let star = 0; star < 8; star++) {
    const [leaves, name] = star === 0 ? [12, hostile.rose] : star === 4 ? [9, hostile.indigo] : [5, `<b>${star}</b>`];
    node(`${star}`, name);
    link(`${star}`, `${(star + 1) % 8}`);
    for (let leaf = 0; leaf < leaves; leaf++) {
      node(`${star}/${leaf}`, ' ');
      link(`${star}`, `${star}/${leaf}`);
    }
  }
  return `<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph><nodes>${nodes.join('')}</nodes>
<edges>${edges.join('')}</edges></graph></gexf>`;
}

/** A built example page that shows the hostile network in place of the bundled one. */
export interface ExamplePage {
  readonly page: Page;
  /** What the page complained of: errors on the console or caught by nothing, requests that failed, dialogs. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Opens `dist/demo/NAME/index.html`, which `npm test` builds first. */
export async function openExample(name: string): Promise<ExamplePage> {
  const server = await serveFolder('dist/demo');
  const browser = await launchChromium();
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${String(error)}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const isNetwork = new URL(request.url()).pathname.endsWith('.gz');
    void (isNetwork ? request.respond({ body: hostileGexf() }) : request.continue());
  });
  await page.setViewport({ width: 620, height: 560 });
  await page.goto(`${server.origin}/${name}/index.html`);
  return {
    page,
    complaints,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Where a hub is on the page: the middle of its pixels, CSS pixels, and how many there are. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly pixels: number;
}
export type Spots = Readonly<Record<SpotColor, Spot>>;

/** The hubs on the page as it is, by pixels of their colour among others of it. */
async function spotsOf(page: Page): Promise<Spots> {
  const { data, width, height } = PNG.sync.read(Buffer.from(await page.screenshot()));
  const spotOf = (color: number): Spot => {
    const isOfColor = (pixel: number): boolean =>
      Math.abs(data[4 * pixel] - (color >> 16)) < 24 &&
      Math.abs(data[4 * pixel + 1] - ((color >> 8) & 255)) < 24 &&
      Math.abs(data[4 * pixel + 2] - (color & 255)) < 24;
    const around = [-2, 2, -2 * width, 2 * width];
    let [sumX, sumY, pixels] = [0, 0, 0];
    for (let pixel = 2 * width; pixel < width * (height - 2); pixel++) {
      if (!isOfColor(pixel) || !around.every((step) => isOfColor(pixel + step))) continue;
      sumX += (pixel % width) + 0.5;
      sumY += Math.floor(pixel / width) + 0.5;
      pixels++;
    }
    return { x: sumX / pixels, y: sumY / pixels, pixels };
  };
  return { rose: spotOf(colors.rose), indigo: spotOf(colors.indigo) };
}

const areSeen = ({ rose, indigo }: Spots): boolean => rose.pixels > 0 && indigo.pixels > 0;
/** Milliseconds between two looks, more than the quarter of a second within which two clicks are a double click. */
const pause = 300;

/** The hubs as soon as they are as they are wanted (both in sight, unless told otherwise) and hold still. */
export async function restingSpots(page: Page, isWanted: (spots: Spots) => boolean = areSeen): Promise<Spots> {
  for (let last = ''; ; await new Promise((resolve) => setTimeout(resolve, pause))) {
    const spots = await spotsOf(page);
    const now = JSON.stringify(spots);
    if (now === last && isWanted(spots)) return spots;
    last = now;
  }
}

/** What the open popup shows, once it is that of a node with this name. */
export async function popupNamed(page: Page, name: string) {
  await page.waitForFunction(
    (wanted) => document.querySelector('.isthmus-popup')?.textContent?.includes(wanted),
    { timeout: 60_000 },
    name,
  );
  return page.$eval('.isthmus-popup', (popup) => {
    const fact = popup.lastChild as Text;
    const places = Array.from(fact.data, (_, i) => {
      const range = document.createRange();
      range.setStart(fact, i);
      range.setEnd(fact, i + 1);
      return range.getBoundingClientRect();
    });
    const name = Array.from(popup.querySelector('bdi')?.getClientRects() ?? []).at(-1);
    const follows = (before: DOMRect | undefined, { left, top }: DOMRect) =>
      before === undefined || left >= before.right - 1 || top >= before.bottom - 1;
    return {
      text: popup.textContent,
      elements: Array.from(popup.querySelectorAll('*'), ({ localName }) => localName),
      /** What follows the name comes after it, from left to right and from line to line. */
      isInOrder: places.every((place, i) => follows(places[i - 1] ?? name, place)),
      isHacked: 'isHacked' in window,
    };
  });
}
