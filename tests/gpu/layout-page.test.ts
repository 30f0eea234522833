import puppeteer, { type Browser, type Page } from 'puppeteer';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { findChromium } from '../../engine/hosts/chromium.ts';
import { energyOf } from '../../engine/layout/energy.ts';
import { layout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import type { Outcome } from './page/layout.ts';

/** WebGPU on SwiftShader where the machine has no GPU. */
const flags = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let server: ViteDevServer;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  server = await createServer({
    configFile: false,
    root: process.cwd(),
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (address === null || typeof address !== 'object') throw new Error('The test server has no port.');
  const executablePath = findChromium();
  browser = await puppeteer.launch({ ...(executablePath !== undefined && { executablePath }), args: flags });
  page = await browser.newPage();
  // A page has WebGPU in a secure context only; 127.0.0.1 is one.
  await page.goto(`http://127.0.0.1:${address.port}/tests/gpu/page/layout.html`);
  await page.waitForFunction('window.layOut !== undefined');
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe('a layout in a page', () => {
  it('runs on the GPU, outlives its loss at iteration 100 of 300, and comes to the energy of the CPU', async () => {
    const options = { nodes: 200, edges: 900, blocks: 5, seed: 1 };
    const result: Outcome = await page.evaluate((given) => window.layOut(given, 300), options);
    expect(result.before.device.kind).toBe('gpu');
    expect(result.after).toMatchObject({ iteration: 300, device: { kind: 'gpu' } });
    expect(result.after.device.warning).toMatch(/went on from iteration 100 on the GPU, opened anew\.$/);
    const graph = plantedPartition(options);
    const plan = gephiPlan(graph, 300);
    const onCpu = await layout(graph, { plan });
    const energy = energyOf(graph, Float32Array.from(result.positions), plan[0].settings).total;
    const expected = energyOf(graph, onCpu.positions, plan[0].settings).total;
    expect(Math.abs(energy / expected - 1)).toBeLessThan(0.01);
  });
});
