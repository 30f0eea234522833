import { afterEach, describe, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import type { ThreadsPage } from './page/threads.ts';

type Here = typeof globalThis & { readonly threads: ThreadsPage };

describe('a layout in the worker of a page', () => {
  let browser: TestBrowser;
  afterEach(() => browser.close());

  async function lay(isIsolated: boolean, threads: readonly number[]) {
    browser = await openBrowser({ isIsolated });
    const page = await browser.open('tests/browser/page/threads.html');
    return Promise.all(threads.map((count) => page.evaluate((n) => (globalThis as Here).threads.lay(n), count)));
  }

  it('is shared out to threads where the page is cross-origin isolated, with the same positions', async () => {
    const [alone, shared] = await lay(true, [1, 2]);
    expect([alone.device, shared.device]).toEqual(['CPU, one thread, WASM', 'CPU, 2 threads, WASM']);
    expect(shared.positions).toEqual(alone.positions);
  });

  it('is made by one thread elsewhere', async () => {
    const [{ device }] = await lay(false, [2]);
    expect(device).toBe('CPU, one thread, WASM');
  });
});
