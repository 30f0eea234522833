import type { Browser, Page } from 'puppeteer';
import { createServer, type ViteDevServer } from 'vite';
import manifest from '../../package.json' with { type: 'json' };
import { wasmInline } from '../../scripts/lib/wasm.ts';
import { type ChromiumOptions, launchChromium, patience } from './chromium.ts';
import { isolation } from './serve.ts';

const forNode = new Set(['commander', 'picocolors', 'graphology-types']);

/** A headless Chromium, and a development server over the repository's sources. */
export interface TestBrowser {
  readonly browser: Browser;
  /** Opens a file of the repository, given by its path from the root; page errors fail the test. */
  open(path: string, options?: OpenOptions): Promise<Page>;
  close(): Promise<void>;
}

/** How a page is opened. */
export interface OpenOptions {
  /** Runs before the page loads. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** What is true in the page once it is ready (default `window.isReady === true`). */
  readonly ready?: string;
}

/** How the browser is opened, and what its pages import. */
export interface BrowserOptions extends ChromiumOptions {
  /** Packages beside the engine's own. */
  readonly packages?: readonly string[];
  /** Modules to take in place of others. */
  readonly alias?: Readonly<Record<string, string>>;
  /** With pages that are cross-origin isolated, so that their workers may share memory. Default false. */
  readonly isIsolated?: boolean;
}

export async function openBrowser({
  packages = [],
  alias = {},
  isIsolated = false,
  ...options
}: BrowserOptions = {}): Promise<TestBrowser> {
  const server: ViteDevServer = await createServer({
    configFile: false,
    plugins: [wasmInline()],
    root: process.cwd(),
    logLevel: 'error',
    resolve: { alias },
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null, headers: isIsolated ? isolation : {} },
    // All of them at the start: one found later would reload the page in the middle of a test.
    optimizeDeps: {
      // Not every page of the repository: what a benchmark compares with is none of the tests' business.
      entries: ['tests/**/*.html'],
      include: [...Object.keys(manifest.dependencies).filter((name) => !forNode.has(name)), ...packages],
    },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (address === null || typeof address !== 'object') throw new Error('The test server has no port.');
  const browser = await launchChromium(options);
  return {
    browser,
    async open(path, { prepare, ready = 'window.isReady === true' } = {}) {
      const page = await browser.newPage();
      await prepare?.(page);
      page.setDefaultTimeout(patience);
      page.on('pageerror', (error) => {
        throw error;
      });
      await page.goto(`http://127.0.0.1:${address.port}/${path}`);
      await page.waitForFunction(ready);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
