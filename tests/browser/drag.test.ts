import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mesh, type Positions, positionsOf, readGraph, withPositions, writeGraph } from '../../engine/index.ts';
import { type DemoPage, openDemoPage } from '../support/demo-page.ts';
import { displacements, medianOf, placeOf, widthOf } from '../support/displacement.ts';

/** Stiff enough that the whole does not turn with one node. */
const graph = mesh({ columns: 11, rows: 11 });
const node = 60;
const name = graph.ids[node];
const neighbours = [...graph.targets.subarray(graph.offsets[node], graph.offsets[node + 1])];
const others = [...graph.ids.keys()].filter((other) => other !== node && !neighbours.includes(other));

describe('dragging a node on the page', () => {
  let demo: DemoPage;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'isthmus-drag-'));
    const placed = withPositions(
      graph,
      Float32Array.from({ length: 242 }, (_, k) => 500 * (k % 2 === 0 ? Math.cos : Math.sin)(Math.floor(k / 2) / 19)),
    );
    await writeFile(join(folder, 'net.gexf'), writeGraph(graph, { format: 'gexf' }));
    await writeFile(join(folder, 'placed.gexf'), writeGraph(placed, { format: 'gexf' }));
    demo = await openDemoPage(900, 600);
  });
  afterAll(async () => {
    await demo.close();
    await rm(folder, { recursive: true });
  });

  const waitFor = (expression: string) => demo.waitFor(expression);
  const waitForRun = (kind: string) => waitFor(`document.body.dataset.run === '${kind}'`);
  const iterations = () =>
    demo.page.evaluate(() => Number(document.querySelector('#status')!.textContent!.replace(/\D/g, '')));
  /** Waits until the layout is at rest after more iterations than these: it may have been there before anyone looked. */
  const waitForRest = (beyond: number) =>
    waitFor(`(/^Finished, ([\\d,]+)/.exec(document.querySelector('#status').textContent)?.[1] ?? '0')
      .replaceAll(',', '') > ${beyond}`);
  const button = (label: string) => demo.page.locator(`aria/${label}[role="button"]`).click();

  async function open(file: string): Promise<void> {
    const [chooser] = await Promise.all([demo.page.waitForFileChooser(), button('Open')]);
    await chooser.accept([join(folder, `${file}.gexf`)]);
    await waitFor(`document.querySelector('h1').textContent === '${file}'`);
  }

  /** Positions as the page saves them. */
  async function positions(file: string): Promise<Positions> {
    await rm(join(demo.downloads, `${file}-map.gexf`), { force: true });
    await button('Network with positions, GEXF');
    const read = await readGraph(await demo.downloaded(`${file}-map.gexf`));
    return positionsOf(read.graph)!;
  }

  /** Finds the node by the keyboard and returns where it comes to lie: in the middle of what panel and card leave free. */
  async function flyTo(): Promise<{ x: number; y: number }> {
    await demo.page.focus('#map');
    await demo.page.keyboard.press('/');
    await demo.page.keyboard.type(name);
    await demo.page.keyboard.press('Enter');
    await waitFor(`document.querySelector('#details.pinned h2')?.textContent === '${name}'`);
    await demo.rest();
    return demo.page.evaluate(() => {
      const panel = document.querySelector('#panel')!.getBoundingClientRect();
      const card = document.querySelector('#details')!.getBoundingClientRect();
      return { x: (panel.right + card.left) / 2, y: innerHeight / 2 };
    });
  }

  async function drag(from: { x: number; y: number }, dx: number, dy: number): Promise<void> {
    await demo.page.mouse.move(from.x, from.y);
    await demo.page.mouse.down();
    await demo.page.mouse.move(from.x + dx, from.y + dy, { steps: 6 });
  }

  const pins = () => demo.page.$$eval('#pins > span', (rings) => rings.length);

  test('takes its neighbours along and leaves the rest; with Shift it stays held, and is let go from its card', async () => {
    await open('net');
    await waitForRun('finished');
    const before = await positions('net');
    const width = widthOf(before);
    const middle = await flyTo();
    await demo.page.keyboard.down('Shift');
    const atFirst = await iterations();
    await drag(middle, 100, 60);
    await waitForRest(atFirst);
    expect(await pins()).toBe(1);
    const inHand = await iterations();
    await demo.page.mouse.up();
    await demo.page.keyboard.up('Shift');
    await waitForRest(inHand);
    const held = await positions('net');
    const moved = displacements(before, held).map((way) => way / width);
    const way = moved[node];
    expect(way).toBeGreaterThan(0.03);
    const [x, y] = placeOf(before, node);
    // To the right and down, as the hand went.
    expect(held[2 * node] - x).toBeGreaterThan(0);
    expect(held[2 * node + 1] - y).toBeLessThan(0);
    expect(medianOf(neighbours.map((i) => moved[i]))).toBeGreaterThan(0.1 * way);
    expect(medianOf(others.map((i) => moved[i]))).toBeLessThan(0.3 * way);
    expect(await pins()).toBe(1);

    const onceHeld = await iterations();
    await button('Hold in place');
    await waitForRest(onceHeld);
    expect(await pins()).toBe(0);
    const letGo = displacements(before, await positions('net')).map((distance) => distance / width);
    expect(letGo[node]).toBeLessThan(0.5 * way);
  });

  test('moves that node alone where no layout plays, and the sheet where there is no node', async () => {
    await open('placed');
    await waitForRun('as-read');
    const before = await positions('placed');
    const middle = await flyTo();
    await drag(middle, 40, 0);
    await demo.page.mouse.up();
    await demo.rest();
    const after = await positions('placed');
    const moved = displacements(before, after);
    expect(moved.flatMap((way, i) => (way > 0 ? [i] : []))).toEqual([node]);
    await drag({ x: middle.x - 100, y: middle.y + 50 }, 30, 20);
    await demo.page.mouse.up();
    expect(await positions('placed')).toEqual(after);
    expect(demo.errors).toEqual([]);
  });
});
