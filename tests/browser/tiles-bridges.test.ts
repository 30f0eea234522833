import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BridgesPage } from '../../bench/bridges/page.ts';
import { plantedBridges } from '../../bench/bridges/planted.ts';
import { rowsOf } from '../../bench/bridges/score.ts';
import { createRandom } from '../../engine/base/random.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';

let browser: TestBrowser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Every block a round town on a sunflower, much as a layout would have it. */
function towns(): string {
  const { graph, blocks } = plantedBridges(1);
  const random = createRandom(1);
  const positions = new Float32Array(2 * graph.nodeCount);
  for (let node = 0; node < graph.nodeCount; node++) {
    const block = node % blocks;
    const [radius, angle] = [Math.sqrt((block + 0.5) / blocks), block * Math.PI * (3 - Math.sqrt(5))];
    const [aside, turn] = [0.04 * Math.sqrt(random()), 2 * Math.PI * random()];
    positions[2 * node] = radius * Math.cos(angle) + aside * Math.cos(turn);
    positions[2 * node + 1] = radius * Math.sin(angle) + aside * Math.sin(turn);
  }
  return Buffer.from(positions.buffer).toString('base64');
}

test('on tile 0/0/0, 256 pixels wide, planted bridges can be followed, and what looks like one is one', async () => {
  const page = await browser.open('bench/bridges/index.html');
  const verdicts = await page.evaluate(
    (positions) =>
      (globalThis as typeof globalThis & { readonly bridges: BridgesPage }).bridges.judge(
        1,
        positions,
        { width: 256, zoom: 0 },
        'isthmus',
      ),
    towns(),
  );
  const [row] = rowsOf(verdicts);
  expect(row).toMatchObject({ encoding: 'isthmus', width: 256, zoom: 0 });
  expect(row.judged.bridge).toBeGreaterThan(40);
  expect(row.judged.artifact).toBeGreaterThan(15);
  expect(row.recall).toBeGreaterThan(0.8);
  expect(row.artifacts).toBeLessThan(0.1);
  expect(row.none).toBeLessThan(0.1);
});
