import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { wasmInline } from '../../scripts/lib/wasm.ts';

/** The worker of Node's engine, built from the sources into a folder of its own. */
export async function buildNodeWorker(): Promise<{ readonly url: URL; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-'));
  await build({
    configFile: false,
    plugins: [wasmInline()],
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('../../engine/hosts/node-worker.ts', import.meta.url)),
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'node-worker.mjs' } },
    },
  });
  return { url: pathToFileURL(join(folder, 'node-worker.mjs')), remove: () => rm(folder, { recursive: true }) };
}
