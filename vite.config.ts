import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Plugin, UserConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import manifest from './package.json' with { type: 'json' };
import { wasmInline } from './scripts/lib/wasm.ts';

const here = import.meta.dirname;
const packages = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
const external = [/^node:/, ...packages.map((name) => new RegExp(`^${name}(/|$)`))];

/** With these headers a page is cross-origin isolated, and its worker shares layouts out to threads. */
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** Chunks lie beside the entries, so that `new URL('./worker.js', import.meta.url)` is right from any of them. */
const beside = { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } as const;

/** Benchmarks measure the library as it is shipped. */
const benchTheBuild: Plugin = {
  name: 'bench-the-build',
  enforce: 'pre',
  resolveId: (source) =>
    source.endsWith('/engine/index.ts')
      ? { id: pathToFileURL(`${here}/dist/index.js`).href, external: 'absolute' }
      : undefined,
};

/** `engine/hosts/cli.ts` → `cli.js`. */
const entries = (...paths: string[]) =>
  Object.fromEntries(paths.map((path) => [path.replace(/^.*\/|\.ts$/g, ''), `${here}/${path}`]));

/** Every page of a folder and of the folders in it. */
const pagesUnder = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html'))
    .map((name) => `${folder}/${name}`);

/** Entries of their own, so that a page imports the one map library that it has. */
const embedded = ['maplibre', 'leaflet', 'openlayers'].map((name) => `engine/embed/${name}.ts`);

const forNode = (input: Record<string, string>): UserConfig => ({
  ssr: { target: 'node' },
  build: { ssr: true, target: 'node20', emptyOutDir: false, rolldownOptions: { input, external, output: beside } },
});

/**
 * With the licences of the packages that the module carries in a file beside it. Tools that tell a module by its text would
 * take one that neither imports nor exports for CommonJS.
 */
const forPages = (name: string): UserConfig => ({
  build: {
    lib: { entry: entries(`engine/hosts/${name}.ts`), formats: ['es'] },
    license: { fileName: `${name}.licenses.md` },
    emptyOutDir: false,
    rolldownOptions: { output: { ...beside, footer: 'export {};' } },
  },
});

/** What each mode of `scripts/build.mjs` makes; vitest and the development server run in modes that are not here. */
const builds: Record<string, () => UserConfig> = {
  // The library, for pages and Node, its packages left to the user's bundler. A file a module: entries share them, and a
  // bundler leaves out what a page does not use, along with the packages that only this would import.
  library: () => ({
    build: {
      lib: { entry: entries('engine/index.ts', ...embedded), formats: ['es'] },
      minify: false,
      emptyOutDir: false,
      rolldownOptions: { external, output: { format: 'es', preserveModules: true } },
    },
  }),
  // Modules that a page loads as they are, with all they need inside: its worker, and what the headless page runs.
  worker: () => forPages('worker'),
  headless: () => forPages('headless-page'),
  node: () => forNode(entries('engine/hosts/cli.ts', 'engine/hosts/node-worker.ts')),
  bench: () => ({
    ...forNode(
      entries(
        ...readdirSync(`${here}/bench`)
          .filter((name) => name.endsWith('.ts'))
          .map((name) => `bench/${name}`),
      ),
    ),
    plugins: [benchTheBuild, wasmInline()],
  }),
  // The page; `npm run demo` serves the same.
  demo: () => ({
    root: `${here}/demo`,
    base: './',
    build: {
      emptyOutDir: true,
      rolldownOptions: { input: pagesUnder(`${here}/demo`) },
    },
    assetsInclude: ['**/*.gz'],
    server: { fs: { allow: [here] }, headers: isolation },
  }),
};

/** Tests wait for conditions, not for clocks: these milliseconds only end what hangs, also where a machine is ten times slower. */
const waits = { testTimeout: 300_000, hookTimeout: 300_000 };

/** Four test projects: plain Node; WebGPU in Node, by Dawn (SwiftShader where there is no GPU); WebGL drawing on whatever GPU headless Chromium has (SwiftShader in CI); whole pages and command lines. */
export default defineConfig(({ mode }) => ({
  root: here,
  plugins: [wasmInline()],
  worker: { format: 'es', plugins: () => [wasmInline()] },
  ...builds[mode]?.(),
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], ...waits } },
      {
        extends: true,
        test: {
          name: 'gpu',
          include: ['tests/gpu/**/*.test.ts'],
          ...waits,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: { name: 'render', include: ['tests/render/**/*.test.ts'], ...waits },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          ...waits,
          fileParallelism: false,
        },
      },
    ],
  },
}));
