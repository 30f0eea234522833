import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import manifest from '../../package.json' with { type: 'json' };

const common = ['--enable', 'simd', '--runtime', 'stub', '--importMemory', '-O3', '--noAssert'];
const flags: Readonly<Record<string, readonly string[]>> = {
  '?wasm': common,
  '?wasm-shared': [...common, '--enable', 'threads', '--sharedMemory', '--maximumMemory', '65535'],
};

/** Names that end in one of the queries. */
const asked = /\?wasm(-shared)?$/;

const cache = join(import.meta.dirname, '..', '..', '.cache', 'wasm');

/**
 * A Vite plugin: `import code from './index.ts?wasm'` compiles AssemblyScript and gives the module in base64, which needs no
 * file beside the bundle; `?wasm-shared` for memory that threads share.
 */
export function wasmInline(): Plugin {
  return {
    name: 'wasm-inline',
    enforce: 'pre',
    resolveId: {
      filter: { id: asked },
      async handler(source, importer) {
        const [path, query] = split(source);
        const resolved = await this.resolve(path, importer, { skipSelf: true });
        return resolved === null ? undefined : `${resolved.id}${query}`;
      },
    },
    load: {
      filter: { id: asked },
      async handler(id) {
        const [path, query] = split(id);
        const code = JSON.stringify(await compiled(path, flags[query]));
        return { code: `export default ${code};`, map: null, moduleType: 'js' };
      },
    },
  };
}

/** Path and query. */
function split(id: string): readonly [path: string, query: string] {
  const at = id.lastIndexOf('?');
  return [id.slice(0, at), id.slice(at)];
}

/** The compiler takes seconds, and every test project and build asks anew: what it made of the same files is kept. */
async function compiled(path: string, options: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([manifest.devDependencies.assemblyscript, options]));
  const folder = dirname(path);
  for (const name of (await readdir(folder)).sort()) hash.update(name).update(await readFile(join(folder, name)));
  const kept = join(cache, `${hash.digest('hex').slice(0, 16)}.txt`);
  const found = await readFile(kept, 'utf8').catch(() => undefined);
  if (found !== undefined) return found;
  const code = await compile(path, options);
  await mkdir(cache, { recursive: true });
  await writeFile(kept, code);
  return code;
}

async function compile(path: string, options: readonly string[]): Promise<string> {
  const { default: asc } = await import('assemblyscript/asc');
  let binary: string | Uint8Array = '';
  const { error, stderr } = await asc.main([path, '--outFile', 'kernel.wasm', '--baseDir', '/', ...options], {
    writeFile(name, content) {
      if (name.endsWith('.wasm')) binary = content;
    },
  });
  if (error !== null) throw new Error(`AssemblyScript could not compile ${path}:\n${stderr.toString()}`);
  return Buffer.from(binary).toString('base64');
}
