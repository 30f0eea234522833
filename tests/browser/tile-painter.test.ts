import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import type { PainterPage } from './page/tile-painter.ts';

let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.open('tests/browser/page/tile-painter.html');
});
afterAll(() => browser.close());

/** Runs a function inside the page with what the page offers. It can use nothing else from out here. */
function inPage<Result>(run: (page: PainterPage) => Result | Promise<Result>): Promise<Awaited<Result>> {
  return page.evaluate(`(${run.toString()})(window.painterPage)`) as Promise<Awaited<Result>>;
}

describe('tiles that the worker paints', () => {
  test('are parts of one drawing a zoom, byte for byte, across the blocks that are drawn together', async () => {
    const differences = await inPage(async ({ map, painter, pixelsOf, expected }) => {
      const requests = [
        { kind: 'raster', z: 0, x: 0, y: 0 },
        { kind: 'raster', z: 3, x: 3, y: 4 },
        { kind: 'raster', z: 3, x: 4, y: 4 },
        { kind: 'raster', z: 2, x: 1, y: 2, pixelRatio: 2 },
        { kind: 'raster', z: 2, x: 2, y: 2, pixelRatio: 2 },
        { kind: 'terrain', z: 1, x: 1, y: 0 },
      ] as const;
      const found: { differing: number; colors: number }[] = [];
      for (const request of requests) {
        const picture = pixelsOf(await painter.paint(request));
        const wanted = expected(map, request);
        if (picture.length !== wanted.length) throw new Error(`${picture.length} bytes, not ${wanted.length}`);
        const differing = picture.filter((value, i) => value !== wanted[i]).length;
        found.push({ differing, colors: new Set(new Uint32Array(Uint8Array.from(picture).buffer)).size });
      }
      return found;
    });
    for (const { differing, colors } of differences) {
      expect(differing).toBe(0);
      expect(colors).toBeGreaterThan(200);
    }
  });

  test('are those of the map that came last', async () => {
    const [before, after, wanted] = await inPage(async ({ isthmus, map, painter, pixelsOf, expected }) => {
      const request = { kind: 'raster', z: 1, x: 0, y: 0 } as const;
      const dark = isthmus.restyleMap(map, { palette: 'dark' });
      const first = pixelsOf(await painter.paint(request));
      painter.update(dark);
      const second = pixelsOf(await painter.paint(request));
      painter.update(map);
      return [first, second, expected(dark, request)];
    });
    expect(after).toEqual(wanted);
    expect(after).not.toEqual(before);
  });

  test('are called off by their signals, and only those', async () => {
    const outcomes = await inPage(async ({ painter }) => {
      const called = new AbortController();
      const paint = (x: number, signal?: AbortSignal) =>
        painter.paint({ kind: 'raster', z: 6, x, y: 30 }, signal).then(
          ({ width }) => String(width),
          (error: Error) => error.name,
        );
      const answers = [paint(0), paint(12, called.signal), paint(24), paint(36, AbortSignal.abort())];
      called.abort();
      return Promise.all(answers);
    });
    expect(outcomes).toEqual(['256', 'AbortError', '256', 'AbortError']);
  });

  test('are refused where there are none', async () => {
    const messages = await inPage(({ painter }) =>
      Promise.all(
        [{ kind: 'raster', z: 1, x: 2, y: 0 } as const, { kind: 'terrain', z: 0, x: 0, y: -1 } as const].map(
          (request) => painter.paint(request).catch(({ name, message }: Error) => `${name}: ${message}`),
        ),
      ),
    );
    for (const [i, tile] of ['1/2/0', '0/0/-1'].entries()) {
      expect(messages[i]).toContain(`UsageError: There is no tile ${tile}`);
    }
  });
});
