import { openBrowser } from '../../tests/support/browser.ts';
import type { PageOrder, PageRow, PeersPage } from './page.ts';

/** cosmos.gl's frame counter gives browsers a script without exports; its module has them. */
const alias = { 'gl-bench': 'gl-bench/dist/gl-bench.module.js' };

/** Compares the layouts that compute on GPUs, in headless Chromium: ours on WebGPU and those on WebGL, on the same adapter. */
export async function compareInBrowser(orders: readonly PageOrder[]): Promise<readonly PageRow[]> {
  const browser = await openBrowser({ webgpu: true, packages: ['@cosmos.gl/graph'], alias });
  try {
    const rows: PageRow[] = [];
    for (const order of orders) {
      const page = await browser.open('bench/peers/index.html');
      rows.push(
        ...(await page.evaluate(
          (its) => (globalThis as typeof globalThis & { readonly peers: PeersPage }).peers.compare(its),
          order,
        )),
      );
      await page.close();
    }
    return rows;
  } finally {
    await browser.close();
  }
}
