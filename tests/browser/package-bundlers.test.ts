import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'puppeteer';
import { createServer } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeGraph } from '../../engine/formats/index.ts';
import { plantedPartition } from '../../engine/graph/generators.ts';
import type { LayoutOptions } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import { bundlers, pageOf } from '../support/bundlers.ts';
import { launchChromium } from '../support/chromium.ts';
import { examplesUnder, tableUnder } from '../support/documented.ts';
import { openProject, type Project } from '../support/project.ts';
import { isolation, serveFolder } from '../support/serve.ts';
import { visit } from '../support/visit.ts';

const docs = 'docs/package.md';

/** Large enough for the multipole method, by WASM on more than one thread. */
const network = plantedPartition({ nodes: 2000, edges: 6000, blocks: 8, seed: 1 });

let project: Project;
let plain: Browser;
let withGpu: Browser;
/** Of layouts on the CPU: neither the bundler nor the number of threads makes a difference. */
const pictures = new Set<string>();

beforeAll(async () => {
  project = await openProject();
  const [example] = await examplesUnder(docs, 'In a page, with Vite or webpack', 'js');
  // With the plan, device and threads that the page's address asks for.
  const asked = '...JSON.parse(decodeURIComponent(location.hash.slice(1)))';
  for (const { name } of bundlers) {
    await project.write(`${name}/main.js`, example.replace("device: 'auto'", asked));
    await project.write(
      `${name}/${name === 'Vite' ? '' : 'public/'}index.html`,
      pageOf('./main.js', '<canvas></canvas>'),
    );
    await project.write(`${name}/public/network.gexf`, writeGraph(network, { format: 'gexf' }));
  }
  [plain, withGpu] = await Promise.all([launchChromium(), launchChromium({ webgpu: true })]);
});
afterAll(async () => {
  await Promise.all([plain?.close(), withGpu?.close()]);
  await project?.close();
});

/** What the example says of its layout, and the picture that it has drawn, as a digest. */
async function drawn(browser: Browser, origin: string, options: LayoutOptions) {
  const address = `${origin}/#${encodeURIComponent(JSON.stringify(options))}`;
  const { title, picture, colours } = await visit(browser, address, async (page) => {
    await page.waitForFunction('document.title !== ""');
    return page.evaluate(() => {
      const canvas = document.querySelector('canvas');
      const flat = new OffscreenCanvas(canvas?.width ?? 0, canvas?.height ?? 0).getContext('2d');
      if (canvas === null || flat === null) throw new Error('The page has no canvas.');
      flat.drawImage(canvas, 0, 0);
      const pixels = new Uint32Array(flat.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
      return { title: document.title, picture: canvas.toDataURL(), colours: new Set(pixels).size };
    });
  });
  expect(title).toMatch(/^2000 nodes, laid out on /);
  // Paper alone has one colour, hills have a few hundred.
  expect(colours).toBeGreaterThan(200);
  return { title, picture: createHash('sha256').update(picture).digest('hex') };
}

describe.each(bundlers)('a page built by $name', ({ name, build }) => {
  let folder: string;
  beforeAll(async () => {
    folder = await build(project, name);
  });

  test('reads, lays out in its worker by WASM and draws', async () => {
    const server = await serveFolder(folder);
    const { title, picture } = await drawn(plain, server.origin, { plan: gephiPlan(network, 60) });
    expect(title).toMatch(/cpu: CPU, one thread, WASM$/);
    expect(pictures.add(picture).size).toBe(1);
    await server.close();
  });

  test('shares the layout out to threads where it is cross-origin isolated', async () => {
    const server = await serveFolder(folder, isolation);
    const { title, picture } = await drawn(plain, server.origin, { plan: gephiPlan(network, 60), threads: 2 });
    expect(title).toMatch(/cpu: CPU, 2 threads, WASM$/);
    expect(pictures.add(picture).size).toBe(1);
    await server.close();
  });

  test('lays out by WebGPU', async () => {
    const server = await serveFolder(folder);
    const { title } = await drawn(withGpu, server.origin, { plan: gephiPlan(network, 5), device: 'gpu' });
    expect(title).toContain(' on gpu: ');
    await server.close();
  });
});

test('Vite’s development server finds the worker too', async () => {
  const server = await createServer({
    ...{ root: join(project.folder, 'Vite'), configFile: false, logLevel: 'error' },
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (address === null || typeof address !== 'object') throw new Error('The development server has no port.');
  const { title } = await drawn(plain, `http://127.0.0.1:${address.port}`, {});
  expect(title).toMatch(/cpu: CPU, one thread, WASM$/);
  await server.close();
});

test('what the page loads stays within the sizes that the docs state', async () => {
  const assets = join(project.folder, 'Vite', 'dist', 'assets');
  const kernels = join(project.installed, 'dist/engine/layout/cpu/kernel');
  const sizeOf = async (folder: string, names: RegExp) => {
    const files = (await readdir(folder)).filter((name) => names.test(name));
    expect(files).not.toEqual([]);
    const sizes = files.map(async (name) => gzipSync(await readFile(join(folder, name)), { level: 9 }).length);
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1000;
  };
  const measured: Readonly<Record<string, number>> = {
    page: await sizeOf(assets, /^index-.*\.js$/),
    worker: await sizeOf(assets, /^worker-.*\.js$/),
    WASM: await sizeOf(kernels, /_wasm.*\.js$/),
  };
  const stated = await tableUnder(docs, 'What a page loads');
  for (const [name, size] of Object.entries(measured)) {
    const [, most] = stated.find(([part]) => part.includes(name)) ?? [];
    expect(most, name).toMatch(/^\d+ kB$/);
    expect(size, name).toBeLessThanOrEqual(Number.parseInt(most ?? '', 10));
  }
});
