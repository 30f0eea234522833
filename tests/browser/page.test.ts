import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import type { ElementHandle } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { positionsOf, readGraph } from '../../engine/index.ts';
import { type DemoPage, openDemoPage } from '../support/demo-page.ts';

const clusters = ['amber', 'birch', 'cedar', 'delta'];
const hostile = '<img src=x onerror="window.hacked=true">';

/** Four cliques of fifteen, a ring of links between them, and names for all; the last node's are hostile. */
function fixture(): string {
  const names = clusters.flatMap((cluster) => Array.from({ length: 15 }, (_, i) => `${cluster} ${i}`));
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const nodes = [...names, hostile].map(
    (name, i) =>
      `<node id="n${i}" label="${escaped(name)}"><attvalues><attvalue for="k" value="${escaped(`<b>${name}</b>`)}"/></attvalues></node>`,
  );
  const pairs = [[0, 60]];
  for (let c = 0; c < 4; c++) {
    for (let i = 0; i < 15; i++) for (let j = i + 1; j < 15; j++) pairs.push([15 * c + i, 15 * c + j]);
    pairs.push([15 * c, (15 * c + 16) % 60], [15 * c + 2, (15 * c + 18) % 60]);
  }
  const edges = pairs.map(([source, target], i) => `<edge id="${i}" source="n${source}" target="n${target}"/>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="undirected">
<attributes class="node"><attribute id="k" title="kind" type="string"/></attributes>
<nodes>${nodes.join('\n')}</nodes>
<edges>${edges.join('\n')}</edges></graph></gexf>`;
}

describe('the page', () => {
  let demo: DemoPage;
  let folder: string;
  const file = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'isthmus-files-'));
    await writeFile(file('cliques.gexf'), fixture());
    await writeFile(file('broken.gexf'), fixture().slice(0, 3000));
    demo = await openDemoPage(900, 600);
  });
  afterAll(async () => {
    await demo.close();
    await rm(folder, { recursive: true });
  });

  const text = (selector: string) => demo.page.$eval(selector, (element) => element.textContent ?? '');
  const waitFor = (expression: string) =>
    demo.waitFor(expression).catch(async (cause: unknown) => {
      const seen = await demo.page.evaluate(() => ({
        trouble: document.querySelector<HTMLElement>('#trouble:not([hidden])')?.innerText,
        status: document.querySelector('#status')?.textContent,
        card: document.querySelector('#details')?.outerHTML.slice(0, 200),
        words: document.querySelector<HTMLInputElement>('#search-words')?.value,
        focus: document.activeElement?.id,
      }));
      throw new Error(`${expression} did not come true on this page: ${JSON.stringify(seen)}`, { cause });
    });
  const waitForRun = (kind: string) => waitFor(`document.body.dataset.run === '${kind}'`);
  const iteration = async () => Number((await text('#status')).replace(/\D*([\d,]+).*/, '$1').replaceAll(',', ''));
  const button = (name: string) => demo.page.locator(`aria/${name}[role="button"]`).click();

  /** Ctrl+O. */
  async function pressOpen(): Promise<void> {
    await demo.page.keyboard.down('Control');
    await demo.page.keyboard.press('o');
    await demo.page.keyboard.up('Control');
  }

  async function choose(path: string): Promise<void> {
    const [chooser] = await Promise.all([demo.page.waitForFileChooser(), button('Open')]);
    await chooser.accept([path]);
  }

  /** Types into the number field of that name. */
  async function type(label: string, value: string): Promise<void> {
    const field = (await demo.page.$(`aria/${label}[role="spinbutton"]`)) as ElementHandle<HTMLInputElement>;
    await field.click({ count: 3 });
    await field.type(`${value}\n`);
  }

  /** Finds a node by the keyboard and waits until the flight there is over. */
  async function flyTo(name: string): Promise<void> {
    await demo.page.focus('#map');
    await demo.page.keyboard.press('/');
    await demo.page.keyboard.type(name);
    await demo.page.keyboard.press('Enter');
    await waitFor(`document.querySelector('#details.pinned h2')?.textContent === ${JSON.stringify(name)}`);
    await demo.rest();
  }

  /** The middle of what panel and card leave free, where a flight ends. */
  function freeMiddle(): Promise<{ x: number; y: number }> {
    return demo.page.evaluate(() => {
      const panel = document.querySelector('#panel')!.getBoundingClientRect();
      const card = document.querySelector('#details')!.getBoundingClientRect();
      return { x: (panel.right + (card.width > 0 ? card.left : innerWidth)) / 2, y: innerHeight / 2 };
    });
  }

  async function picture(): Promise<PNG> {
    return PNG.sync.read(Buffer.from(await demo.page.screenshot({ type: 'png' })));
  }

  test('opens with the sample, whose layout moves at once', async () => {
    await waitForRun('running');
    expect(await text('h1')).toBe('software-terms');
    expect(await text('#counts')).toBe('7,908 nodes, 85,000 links');
    const before = await iteration();
    await waitFor(`parseInt(document.querySelector('#status').textContent.replace(',', '')) > ${before}`);
    expect(coloursOf(await picture())).toBeGreaterThan(500);
  });

  test('opens a file by the file chooser and lays it out to the end', async () => {
    await choose(file('cliques.gexf'));
    await waitFor("document.querySelector('h1').textContent === 'cliques'");
    await waitForRun('finished');
    expect(await text('#counts')).toBe('61 nodes, 429 links');
    expect(await text('#status')).toMatch(/^Finished, \d+ iterations$/);
    expect(await text('#made')).toMatch(/At rest after \d+ iterations\./);
  });

  test('says how good the layout is once it rests and one asks', async () => {
    const setOpen = (isOpen: boolean) =>
      demo.page.$eval('#measures', (card, open) => (card as HTMLDetailsElement).toggleAttribute('open', open), isOpen);
    await setOpen(true);
    await waitFor(`document.querySelectorAll('#measure-list section').length === 7`);
    expect(await text('#measure-list section:nth-of-type(1)')).toMatch(
      /^Connected-closeness0\.[5-9]\d\d+ % of the links/,
    );
    expect(await text('#measure-list section:nth-of-type(2)')).toMatch(/^Neighbours kept\d+ %/);
    await setOpen(false);
  });

  test('draws nothing while nothing changes', async () => {
    await demo.rest();
    const before = await demo.page.evaluate('window.frames');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await demo.page.evaluate('window.frames')).toBe(before);
  });

  let found = { x: 0, y: 0 };

  test('search finds a node by keyboard and flies there; hovering shows its name, attributes and neighbours', async () => {
    await flyTo('cedar 7');
    found = await freeMiddle();
    expect(await demo.page.$eval('#trouble', (box) => (box.hasAttribute('hidden') ? '' : box.textContent))).toBe('');
    await demo.page.keyboard.press('Escape');
    await demo.page.focus('#map');
    await demo.page.keyboard.press('Escape');
    await waitFor("document.querySelector('#details').hidden");
    const isHidden = () => demo.page.$eval('#details', (card) => (card as HTMLElement).hidden);
    for (let step = 0; await isHidden(); step++) {
      await demo.page.mouse.move(found.x + (step % 2), found.y);
      await demo.rest();
    }
    expect(await text('#details h2')).toBe('cedar 7');
    expect(await text('#details dl')).toContain('<b>cedar 7</b>');
    expect(await text('#details h3')).toBe('14 neighbours');
  });

  test('a click pins a node, and a click on its neighbour flies there', async () => {
    await demo.page.mouse.click(found.x, found.y);
    await waitFor("document.querySelector('#details').classList.contains('pinned')");
    expect(await text('#details h2')).toBe('cedar 7');
    await demo.page.locator('#details ul button').click();
    await waitFor("document.querySelector('#details h2').textContent !== 'cedar 7'");
    expect(await text('#details h2')).toMatch(/^cedar \d+$/);
  });

  test('the mouse pans and zooms, the keyboard too', async () => {
    await demo.page.focus('#map');
    const views: Buffer[] = [];
    const moved = async () => {
      await demo.rest();
      views.push(PNG.sync.write(await picture()));
      expect(views.findIndex((view) => view.equals(views[views.length - 1]))).toBe(views.length - 1);
    };
    await demo.page.keyboard.press('0');
    await moved();
    const { x, y } = await freeMiddle();
    await demo.page.mouse.move(x, y - 200);
    await demo.page.mouse.wheel({ deltaY: -300 });
    await moved();
    await demo.page.mouse.down();
    await demo.page.mouse.move(x + 80, y - 150, { steps: 4 });
    await demo.page.mouse.up();
    await moved();
    await demo.page.keyboard.press('ArrowLeft');
    await moved();
    await demo.page.keyboard.press('-');
    await moved();
  });

  test('pauses, resumes, and starts anew with other settings', async () => {
    await demo.page.locator('summary::-p-text(Layout)').click();
    const end = (await demo.page.$('aria/End[role="combobox"]')) as ElementHandle<HTMLSelectElement>;
    await end.select('count');
    await type('Iterations', '500000');
    await button('Lay out anew');
    await waitForRun('running');
    await demo.page.focus('#map');
    await demo.page.keyboard.press('Space');
    await waitFor("document.querySelector('#status').textContent.startsWith('Paused at')");
    await demo.rest();
    const held = await iteration();
    expect(held).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await iteration()).toBe(held);
    await button('Play the layout');
    await waitFor(`parseInt(document.querySelector('#status').textContent.replaceAll(',', '')) > ${held}`);
    await type('Iterations', '200');
    await demo.page.select('#layout-controls select', 'gephi');
    await type('Gravity', '2');
    await button('Lay out anew');
    await waitFor("document.querySelector('#status').textContent === 'Finished, 200 iterations'");
    await demo.page.locator('summary::-p-text(How this map was made)').click();
    expect(await text('#made')).toContain('200 iterations of ForceAtlas2 by Gephi’s rule: scaling 10, gravity 2,');
  });

  test('changes palette, relief, links and labels', async () => {
    await demo.page.mouse.move(880, 300);
    await demo.page.focus('#map');
    await demo.page.keyboard.press('0');
    await demo.page.keyboard.press('Escape');
    for (const section of ['Relief', 'Links', 'Nodes and labels']) {
      await demo.page.locator(`summary::-p-text(${section})`).click();
    }
    const states = [];
    for (const name of ['Show relief', 'Show links', 'Show labels']) {
      await demo.page.locator(`aria/${name}[role="checkbox"]`).click();
      await demo.rest();
      states.push(PNG.sync.write(await picture()));
    }
    await button('Dark palette');
    await demo.rest();
    const dark = await picture();
    expect(brightnessOf(dark)).toBeLessThan(60);
    states.push(PNG.sync.write(dark));
    expect(new Set(states.map((state) => state.toString('base64'))).size).toBe(4);
    await button('Dark palette');
  });

  test('saves the view and the whole sheet as PNG, and the network with its positions as GEXF', async () => {
    await button('This view, PNG');
    const view = PNG.sync.read(await demo.downloaded('cliques-view.png'));
    expect([view.width, view.height]).toEqual([900, 600]);
    await button('Whole sheet with legend, PNG, 2,400 px');
    const sheet = PNG.sync.read(await demo.downloaded('cliques-map.png'));
    expect(sheet.width).toBe(2400);
    expect(coloursOf(sheet)).toBeGreaterThan(20);
    await button('Network with positions, GEXF');
    const { graph } = await readGraph(await demo.downloaded('cliques-map.gexf'));
    expect(graph.ids).toEqual(Array.from({ length: 61 }, (_, i) => `n${i}`));
    expect(new Set(positionsOf(graph)).size).toBeGreaterThan(100);
  });

  test('a broken file gets a clear message, and the map before it is still there and works', async () => {
    await demo.page.focus('#map');
    await demo.rest();
    const [chooser] = await Promise.all([demo.page.waitForFileChooser(), pressOpen()]);
    await chooser.accept([file('broken.gexf')]);
    await waitFor("!document.querySelector('#trouble').hidden");
    expect(await text('#trouble')).toMatch(/^broken\.gexf:\d+: .+\.$/);
    expect(await text('h1')).toBe('cliques');
    await button('Dismiss');
    await waitFor("document.querySelector('#trouble').hidden");
    await flyTo('birch 3');
    expect(coloursOf(await picture())).toBeGreaterThan(100);
  });

  test('takes a dropped file, text pasted on the page, and text pasted into the dialog', async () => {
    await demo.page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['source,target\nAnn,Bob\nBob,Cid\n'], 'drop.csv'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    });
    await waitFor("document.querySelector('h1').textContent === 'drop'");
    expect(await text('#counts')).toBe('3 nodes, 2 links');
    await demo.page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'source,target\nAnn,Bob\nBob,Cid\nCid,Dan\n');
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await waitFor("document.querySelector('#counts').textContent === '4 nodes, 3 links'");
    await button('Paste');
    await demo.page.keyboard.type('source,target\nEve,Fay\n');
    await button('Make the map');
    await waitFor("document.querySelector('#counts').textContent === '2 nodes, 1 links'");
  });

  test('markup in names and attributes is text and does nothing', async () => {
    await choose(file('cliques.gexf'));
    await waitFor("document.querySelector('h1').textContent === 'cliques'");
    await waitForRun('finished');
    await flyTo(hostile);
    expect(await text('#details dl')).toContain(`<b>${hostile}</b>`);
    expect(await demo.page.$('#details img, #details b, #search-results img')).toBeNull();
    expect(await demo.page.evaluate('window.hacked')).toBeUndefined();
  });

  test('a lost WebGL context comes back with the same picture', async () => {
    await demo.page.focus('#map');
    await demo.page.keyboard.press('Escape');
    await demo.page.keyboard.press('0');
    await demo.rest();
    const before = await picture();
    await demo.page.evaluate(async () => {
      const canvas = document.querySelector<HTMLCanvasElement>('#canvas')!;
      const loss = canvas.getContext('webgl')!.getExtension('WEBGL_lose_context')!;
      const told = (type: string) => new Promise((resolve) => canvas.addEventListener(type, resolve, { once: true }));
      const [lost, restored] = [told('webglcontextlost'), told('webglcontextrestored')];
      loss.loseContext();
      await lost;
      // It can be restored once all have heard of the loss.
      await new Promise((resolve) => setTimeout(resolve));
      loss.restoreContext();
      await restored;
    });
    await demo.rest();
    expect((await picture()).data.equals(before.data)).toBe(true);
    await flyTo('delta 4');
  });

  test('no request leaves the page', async () => {
    const others = demo.requests.filter((url) => !url.startsWith(demo.origin) && !/^(data|blob):/.test(url));
    expect(others).toEqual([]);
    expect(demo.requests.length).toBeGreaterThan(4);
    const leak = demo.page.evaluate(() => fetch('https://example.com/', { mode: 'no-cors' }).then(() => 'sent'));
    await expect(leak).rejects.toThrow('Failed to fetch');
    expect(demo.errors).toEqual([]);
  });
});

test('at 360 pixels the map stays in sight, and nothing reaches beyond the window', async () => {
  const demo = await openDemoPage(360, 740);
  try {
    await demo.waitFor("document.body.dataset.run === 'running'");
    await demo.page.locator('aria/Pause the layout[role="button"]').click();
    const beyond = () =>
      demo.page.evaluate(() => {
        const all = [...document.querySelectorAll('body *')].filter((element) => !element.closest('.unseen, svg'));
        return all
          .filter((element) => element.getBoundingClientRect().right > 360)
          .map(({ id, tagName }) => id || tagName);
      });
    const top = () => demo.page.$eval('#panel', (panel) => panel.getBoundingClientRect().top);
    expect(await top()).toBeGreaterThan(0.7 * 740);
    expect(await beyond()).toEqual([]);
    await demo.page.locator('aria/All controls[role="button"]').click();
    expect(await top()).toBeGreaterThan(0.25 * 740);
    expect(await beyond()).toEqual([]);
    expect(await demo.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  } finally {
    await demo.close();
  }
});

/** How many different colours a picture holds. */
function coloursOf({ data }: PNG): number {
  return new Set(new Uint32Array(data.buffer, data.byteOffset, data.length / 4)).size;
}

/** Mean of the green channel, 0 to 255. */
function brightnessOf({ data }: PNG): number {
  let sum = 0;
  for (let i = 1; i < data.length; i += 4) sum += data[i];
  return sum / (data.length / 4);
}
