import { existsSync, readdirSync, statSync } from 'node:fs';
import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inProject, runPackage, Stop, say } from './project.mjs';

const sources = ['engine', 'shaders', 'demo', 'scripts/lib', 'vite.config.ts', 'tsconfig.build.json'].concat([
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]);
const modes = ['library', 'worker', 'headless', 'node', 'demo'];
const stamp = inProject('dist', '.built');

/** Builds where dist is missing or older than the newest source. */
export async function ensureBuild() {
  if (!existsSync(stamp) || newestTime(sources.map((name) => inProject(name))) > statSync(stamp).mtimeMs) await build();
}

/** Builds all of dist beside the old one and swaps them, so that a failed or interrupted build leaves what was there. */
export async function build() {
  say('Building …');
  const startedAt = new Date();
  const staging = inProject(`dist.${process.pid}`);
  try {
    const { build: bundle } = await import('vite');
    for (const mode of modes) {
      const outDir = mode === 'demo' ? join(staging, mode) : staging;
      await bundle({ mode, configFile: inProject('vite.config.ts'), logLevel: 'warn', build: { outDir } });
    }
    await declareTypes(join(staging, 'types'));
    await chmod(join(staging, 'cli.js'), 0o755);
    await writeFile(join(staging, '.built'), `${startedAt.toISOString()}\n`);
    await rm(inProject('dist'), { recursive: true, force: true });
    await rename(staging, inProject('dist'));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function declareTypes(outDir) {
  const code = await runPackage('typescript/bin/tsc', ['-p', 'tsconfig.build.json', '--outDir', outDir]);
  if (code !== 0) throw new Stop('The build stopped at the type errors above.');
}

function newestTime(paths) {
  return paths.reduce((newest, path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return newest;
    if (!found.isDirectory()) return Math.max(newest, found.mtimeMs);
    // A folder's own time tells of removed files.
    return Math.max(newest, found.mtimeMs, newestTime(readdirSync(path).map((name) => join(path, name))));
  }, 0);
}
