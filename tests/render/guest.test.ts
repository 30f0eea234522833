import type { Page } from 'puppeteer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import type { GuestPage } from './page/guest.ts';

let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.open('tests/render/page/guest.html');
});
afterAll(() => browser.close());

/** Runs a function inside the page with what the page offers. It can use nothing else from out here. */
function inPage<Result>(run: (page: GuestPage) => Result | Promise<Result>): Promise<Awaited<Result>> {
  return page.evaluate(`(${run.toString()})(window.guestPage)`) as Promise<Awaited<Result>>;
}

test('a guest leaves the state of a context as it found it, however odd, and draws as our own renderer does', async () => {
  const { changed, seen, error, share } = await inPage(
    ({ gl, map, view, oddState, stateOf, createGuest, ownPixels }) => {
      oddState();
      const before = stateOf();
      const guest = createGuest();
      guest.draw(map, view);
      const drawn = stateOf();
      guest.show(1);
      const pixels = new Uint8Array(4 * view.width * view.height);
      gl.readPixels(0, 0, view.width, view.height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
      guest.dispose();
      const after = stateOf();
      const names = Object.keys(before);
      const own = ownPixels();
      const row = 4 * view.width;
      const upward = (i: number) => row * (view.height - 1 - Math.floor(i / row)) + (i % row);
      return {
        changed: names.filter((name) => before[name] !== drawn[name] || before[name] !== after[name]),
        seen: names.length,
        error: gl.getError(),
        share: pixels.filter((value, i) => Math.abs(value - own[upward(i)]) > 2).length / pixels.length,
      };
    },
  );
  expect(changed).toEqual([]);
  expect(seen).toBeGreaterThan(100);
  expect(error).toBe(0);
  expect(share).toBeLessThan(0.002);
});

test('the context keeps its own methods', async () => {
  const own = await inPage(({ gl, createGuest }) => {
    const methods = () => Object.getOwnPropertyNames(gl);
    const before = methods();
    const guest = createGuest();
    const during = methods();
    guest.dispose();
    return [before, during, methods()];
  });
  expect(own).toEqual([[], [], []]);
});
