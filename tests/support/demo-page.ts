import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { launchChromium, patience } from './chromium.ts';
import { rest, watchPage } from './page-rest.ts';
import { serveFolder } from './serve.ts';

/** The built page in a browser, as a person has it before them. */
export interface DemoPage {
  readonly page: Page;
  readonly origin: string;
  /** Addresses that the page has asked for, in order. */
  readonly requests: readonly string[];
  /** Errors that nothing in the page caught. */
  readonly errors: readonly string[];
  /** Where the browser saves files. */
  readonly downloads: string;
  /** Waits until nothing is under way: no frame, no timer, no answer of the worker. A layout that plays never rests. */
  rest(): Promise<void>;
  /** Waits until an expression is true in the page. */
  waitFor(expression: string): Promise<void>;
  /** Waits until that file has been saved whole, and returns its bytes. */
  downloaded(name: string): Promise<Buffer>;
  close(): Promise<void>;
}

/** Opens the page of `dist/demo`, which `npm test` builds first. */
export async function openDemoPage(width: number, height: number): Promise<DemoPage> {
  const server = await serveFolder('dist/demo');
  const { origin } = server;
  const downloads = await mkdtemp(join(tmpdir(), 'isthmus-page-'));
  const browser = await launchChromium();
  const page = await browser.newPage();
  page.setDefaultTimeout(patience);
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(error instanceof Error ? error.message : String(error)));
  const session = await browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
  await page.setViewport({ width, height });
  await page.evaluateOnNewDocument(countFrames);
  await watchPage(page);
  await page.goto(origin);
  return {
    ...{ page, origin, requests, errors, downloads },
    rest: () => rest(page),
    async waitFor(expression) {
      await page.waitForFunction(expression, { polling: 50 });
    },
    downloaded: (name) => waitForFile(downloads, name),
    async close() {
      await browser.close();
      await server.close();
      await rm(downloads, { recursive: true });
    },
  };
}

/** Runs in the page: every frame that is drawn begins with clearing the canvas. */
function countFrames(): void {
  const clear = WebGLRenderingContext.prototype.clear;
  Object.assign(window, { frames: 0 });
  WebGLRenderingContext.prototype.clear = function (mask) {
    (window as unknown as { frames: number }).frames++;
    clear.call(this, mask);
  };
}

async function waitForFile(folder: string, name: string): Promise<Buffer> {
  const path = join(folder, name);
  for (let waited = 0; waited < patience; waited += 100) {
    if (existsSync(path) && (await stat(path)).size > 0 && !(await hasUnfinished(folder))) return readFile(path);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The browser saved no ${name}, only ${(await readdir(folder)).join(', ') || 'nothing'}.`);
}

async function hasUnfinished(folder: string): Promise<boolean> {
  return (await readdir(folder)).some((name) => name.endsWith('.crdownload'));
}
