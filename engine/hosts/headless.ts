import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer';
import { IsthmusError } from '../base/errors.ts';
import { throwIfAborted } from '../base/progress.ts';
import type { Drawing, OpenDrawing } from '../output/drawing.ts';
import type { EncodedSquare } from '../output/tiles/squares.ts';
import { findChromium } from './chromium.ts';
import type { DrawJob, HeadlessPage } from './headless-page.ts';
import { type PageServer, servePage } from './page-server.ts';
import { connect, type RemoteEngine } from './remote.ts';
import { decodeWire, encodeWire } from './wire.ts';
import { joinOver } from './wire-endpoint.ts';

/** How a headless browser is opened. */
export interface HeadlessOptions {
  /** The path of Chromium or Chrome; by default it is looked for, as `findChromium` says. */
  readonly chrome?: string | undefined;
  /** Closes the browser; calls under way then reject with an AbortError. */
  readonly signal?: AbortSignal | undefined;
  /** The path of the built page's module; default `headless-page.js` beside this module. */
  readonly script?: string | undefined;
  /** Whether the page has WebGPU: on a GPU, or where there is none on SwiftShader. Default false. */
  readonly webgpu?: boolean | undefined;
}

/** A browser without a window that draws maps and runs the engine. */
export interface Headless {
  /** The engine in a worker of the page, with the page's WebGPU; it ends with the browser, and calls then reject with DeviceError. */
  readonly engine: RemoteEngine;
  /** Gets ready to draw a map. @throws DeviceError if the page fails, AbortError once the signal fires. */
  readonly open: OpenDrawing;
  /** Prints an HTML document, whose CSS says how large its pages are. @throws as `open` does. */
  print(html: string): Promise<Uint8Array>;
  dispose(): Promise<void>;
}

/** Milliseconds after which Chromium counts as not starting: ten times what a laptop with other work to do needs. */
const longestStart = 120_000;

/** WebGL 2 without a GPU, on SwiftShader; nothing that phones home. */
const flags = [
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** WebGPU wherever there is an adapter for it; on Linux a GPU is reached by Vulkan only. */
const webgpuFlags = ['--enable-unsafe-webgpu', ...(process.platform === 'linux' ? ['--enable-features=Vulkan'] : [])];

/**
 * Starts a headless Chromium with the page that draws. It ends with `dispose`, with the signal, and at the latest with
 * this process.
 *
 * @throws DeviceError, with what to do, if there is no Chromium or it doesn't start.
 */
export async function openHeadless(options: HeadlessOptions = {}): Promise<Headless> {
  const { signal, chrome, script = fileURLToPath(new URL('./headless-page.js', import.meta.url)) } = options;
  throwIfAborted(signal);
  const server = await servePage(script);
  const profile = await mkdtemp(join(tmpdir(), 'isthmus-'));
  const browser = await launch(profile, chrome, options.webgpu ? [...flags, ...webgpuFlags] : flags).catch(
    async (error: unknown) => {
      await server.close();
      await removeFolder(profile);
      throw error;
    },
  );
  const kill = (): void => {
    browser.process()?.kill('SIGKILL');
  };
  const killAndRemove = (): void => {
    kill();
    removeFolderAtExit(profile);
  };
  process.once('exit', killAndRemove);
  signal?.addEventListener('abort', kill, { once: true });
  const dispose = async (): Promise<void> => {
    signal?.removeEventListener('abort', kill);
    // A browser that was killed can't be asked to close.
    await browser.close().catch(kill);
    await server.close();
    await removeFolder(profile);
    process.off('exit', killAndRemove);
  };
  try {
    const { page, failed } = await openPage(browser, server.url);
    let engine: RemoteEngine | undefined;
    const unless = createGuard(failed);
    const attempt = <T>(work: Promise<T>): Promise<T> =>
      unless(work).catch((error: unknown) => fail(error, !browser.connected, signal));
    const drawings = drawingsIn(page, server, attempt);
    return {
      dispose,
      get engine() {
        engine ??= engineIn(page, server, failed);
        return engine;
      },
      open: (map, view, options = {}) => drawings.open({ map, view, options }),
      print: (html) => attempt(printPage(browser, html)),
    };
  } catch (error) {
    const isGone = !browser.connected;
    await dispose();
    return fail(error, isGone, signal);
  }
}

/** Drawings in a page; `attempt` makes errors of whatever goes wrong there. */
function drawingsIn(page: Page, server: PageServer, attempt: <T>(work: Promise<T>) => Promise<T>) {
  let count = 0;
  /** What the page posts under the name that `draw` is told. */
  const posted = async (draw: (name: string) => Promise<void>): Promise<Uint8Array> => {
    const name = `part${++count}`;
    const [bytes] = await attempt(Promise.all([server.pixels(name), draw(name)]));
    return bytes;
  };
  const open = async (content: DrawJob): Promise<Drawing> => {
    const job = `job${++count}`;
    server.offer(job, encodeWire(content));
    const report = await attempt(page.evaluate((name) => (globalThis as unknown as HeadlessPage).openJob(name), job));
    server.withdraw(job);
    return {
      ...report,
      tile: (tile) =>
        posted((name) =>
          page.evaluate(
            (of, part, at) => (globalThis as unknown as HeadlessPage).drawTile(of, part, at),
            job,
            tile,
            name,
          ),
        ),
      async webp(cutting) {
        const squares = await posted((name) =>
          page.evaluate(
            (of, cut, at) => (globalThis as unknown as HeadlessPage).drawSquares(of, cut, at),
            job,
            cutting,
            name,
          ),
        );
        return decodeWire(squares) as EncodedSquare[];
      },
      text: (regions) =>
        attempt(
          page.evaluate((of, within) => (globalThis as unknown as HeadlessPage).writeText(of, within), job, regions),
        ),
      close: () => attempt(page.evaluate((name) => (globalThis as unknown as HeadlessPage).closeJob(name), job)),
    };
  };
  return { open };
}

/** Work that fails at once when `failed` does. `Promise.race` would keep every result for as long as `failed` lasts. */
function createGuard(failed: Promise<never>): <T>(work: Promise<T>) => Promise<T> {
  const waiting = new Set<(error: unknown) => void>();
  let failure: { readonly error: unknown } | undefined;
  failed.catch((error: unknown) => {
    failure = { error };
    for (const refuse of waiting) refuse(error);
  });
  return (work) =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) reject(failure.error);
      waiting.add(reject);
      work.then(resolve, reject).finally(() => waiting.delete(reject));
    });
}

async function printPage(browser: Browser, html: string): Promise<Uint8Array> {
  const page = await browser.newPage();
  try {
    await page.setContent(html);
    return await page.pdf({ preferCSSPageSize: true, printBackground: true, omitBackground: true, timeout: 0 });
  } finally {
    await page.close();
  }
}

function engineIn(page: Page, { line }: PageServer, lost: Promise<never>): RemoteEngine {
  const { port1, port2 } = new MessageChannel();
  const leave = joinOver(line, port2, 'node');
  page.evaluate(() => (globalThis as unknown as HeadlessPage).relayEngine()).catch(() => undefined);
  const close = () => {
    leave();
    port1.close();
  };
  lost.catch(close);
  return connect(port1, { lost, close });
}

async function launch(userDataDir: string, chrome: string | undefined, wanted: readonly string[]): Promise<Browser> {
  const puppeteer = await import('puppeteer').catch((cause: unknown) => {
    const message =
      'A headless browser needs the package puppeteer, which is not installed: type npm install puppeteer.';
    throw new IsthmusError('DeviceError', message, { cause });
  });
  const executablePath = findChromium(chrome);
  // Chromium refuses to run as root inside its sandbox.
  const args = process.getuid?.() === 0 ? [...wanted, '--no-sandbox'] : [...wanted];
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  // Whatever Chromium leaves behind lies in the folder that is removed.
  const env = { ...process.env, TMPDIR: userDataDir };
  const place = { userDataDir, env, ...(executablePath === undefined ? {} : { executablePath }) };
  // Over a pipe Chromium ends when this process does, however that comes about.
  return puppeteer
    .launch({ ...place, args, pipe: true, timeout: longestStart, protocolTimeout: 0, ...signals })
    .catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
      const advice = 'install Chromium (on Debian: apt-get install chromium), or name one with --chrome or CHROME_PATH';
      throw new IsthmusError('DeviceError', `Chromium did not start (${reason}): ${advice}.`, { cause });
    });
}

/** Opens the page; `failed` rejects as soon as anything goes wrong in it. */
async function openPage(
  browser: Browser,
  url: string,
): Promise<{ readonly page: Page; readonly failed: Promise<never> }> {
  const page = await browser.newPage();
  const failed = new Promise<never>((_, reject) => {
    const refuse = (message: string): void => reject(new IsthmusError('DeviceError', message));
    page.on('pageerror', (error) =>
      refuse(`The headless page failed: ${error instanceof Error ? error.message : String(error)}`),
    );
    page.on('console', (message) => {
      if (message.type() === 'error') refuse(`The headless page failed: ${message.text()}`);
    });
    page.on('error', (error) => refuse(`The headless page crashed: ${error.message}`));
    browser.on('disconnected', () => refuse('Chromium ended unexpectedly.'));
  });
  // It may reject while nobody draws; the next drawing then says so.
  failed.catch(() => undefined);
  const timeout = longestStart;
  await page.goto(url, { timeout });
  await Promise.race([page.waitForFunction('typeof drawTile === "function"', { timeout }), failed]);
  return { page, failed };
}

/** Chromium's processes outlive the first of them by a moment, in which they still write: what is not empty is tried again. */
function removeFolder(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }).catch(() => undefined);
}

/** The same where nothing can be awaited any more. */
function removeFolderAtExit(path: string): void {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      rmSync(path, { recursive: true, force: true, maxRetries: 1, retryDelay: 50 });
      return;
    } catch {
      // A process of Chromium still wrote.
    }
  }
}

function fail(error: unknown, isBrowserGone: boolean, signal: AbortSignal | undefined): never {
  throwIfAborted(signal);
  if (error instanceof IsthmusError) throw error;
  if (isBrowserGone) throw new IsthmusError('DeviceError', 'Chromium ended unexpectedly.', { cause: error });
  const message = error instanceof Error ? error.message : String(error);
  throw new IsthmusError('DeviceError', `Drawing failed: ${message}`, { cause: error });
}
