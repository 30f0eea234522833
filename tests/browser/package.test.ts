import { execFile } from 'node:child_process';
import { readdir, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { examplesUnder, tableUnder } from '../support/documented.ts';
import { type Manifest, openProject, type Project } from '../support/project.ts';

const page = 'docs/package.md';
const run = promisify(execFile);

/** Licences that ask for no more than to be named. */
const permissive = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

let project: Project;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project?.close());

test('its entries are those that its page names, and all else is kept to itself', async () => {
  const named = (await tableUnder(page, 'Isthmus as a package')).map(([name]) => name.replaceAll('`', ''));
  const entries = Object.keys(project.manifest.exports ?? {}).filter((entry) => entry !== './package.json');
  expect(entries.map((entry) => entry.replace(/^\./, 'isthmus'))).toEqual(named);
  await project.write('inside.js', "await import('isthmus/dist/engine/index.js');");
  await expect(project.node('inside.js')).rejects.toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED');
});

test('publint finds nothing to remark', async () => {
  const { messages } = await publint({ pkgDir: project.installed, pack: false, strict: true });
  expect(messages).toEqual([]);
});

test('types and modules are found alike, by whatever resolves ES modules by exports', async () => {
  const checked = await checkPackage(createPackageFromTarballData(await readFile(project.tarball)));
  if (checked.types === false) throw new Error('The package has no types.');
  expect(Object.keys(checked.entrypoints)).toEqual(Object.keys(project.manifest.exports ?? {}));
  // The package is ESM only: TypeScript's resolution of before Node 12 knows no exports, and `require` finds a module.
  const problems = checked.problems.filter(
    ({ kind, ...where }) =>
      !(
        kind === 'CJSResolvesToESM' ||
        (kind === 'NoResolution' && 'resolutionKind' in where && where.resolutionKind === 'node10')
      ),
  );
  expect(problems).toEqual([]);
});

test('the project sees no package but those that the manifest depends on', () => {
  const { resolve } = createRequire(join(project.installed, 'dist', 'index.js'));
  expect(resolve('comlink')).toContain('comlink');
  for (const name of ['puppeteer', 'webgpu', 'maplibre-gl', 'vite']) expect(() => resolve(name)).toThrow(name);
});

test('its example for Node runs', async () => {
  const [example] = await examplesUnder(page, 'In Node', 'js');
  await project.write('example.js', example);
  await project.node('example.js');
  const written = await readFile(join(project.folder, 'ring.gexf'), 'utf8');
  expect(written.match(/<viz:position /g)).toHaveLength(30);
});

test('its command runs as npm links it', async () => {
  await project.write('node_modules/.bin/.keep', '');
  await symlink('../isthmus/dist/cli.js', join(project.folder, 'node_modules', '.bin', 'isthmus'));
  await project.write('net.csv', 'source,target\na,b\nb,c\n');
  const { stdout } = await run('node_modules/.bin/isthmus', ['info', 'net.csv', '--json'], { cwd: project.folder });
  expect(JSON.parse(stdout)).toMatchObject({ nodes: 3, edges: 2 });
});

test.each([
  ['bundler', 'ESNext'],
  ['nodenext', 'NodeNext'],
])('the example for pages has types under moduleResolution %s', async (moduleResolution, module) => {
  const [example] = await examplesUnder(page, 'In a page, with Vite or webpack', 'js');
  const typed = example.replace("document.querySelector('canvas')", '$&!');
  await project.write('page.ts', typed.replace('renderer.draw(', "const wrong: 'no view' = fitView;\n$&"));
  const compilerOptions = { module, moduleResolution, target: 'ES2023', strict: true, noEmit: true, types: [] };
  const config = {
    compilerOptions: { ...compilerOptions, lib: ['ES2024', 'DOM', 'DOM.AsyncIterable'] },
    files: ['page.ts'],
  };
  await project.write('tsconfig.json', JSON.stringify(config));
  const outcome = await project
    .node(join(process.cwd(), 'node_modules/typescript/bin/tsc'))
    .catch(({ stdout }) => stdout);
  // Errors in the declarations would be listed too: they are not skipped. The one that was put in shows that types are found.
  expect(
    outcome
      .trim()
      .split('\n')
      .filter((line: string) => !line.startsWith(' ')),
  ).toEqual([
    expect.stringMatching(/^page\.ts\(\d+,7\): error TS2322: Type '\(box: Box, .*=> View' is not assignable/),
  ]);
});

test('whatever comes along has a licence that asks for no more than to be named', async () => {
  const found = new Map<string, unknown>();
  const walk = async (manifest: Manifest, from: string): Promise<void> => {
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      const folder = await folderOf(name, from);
      if (found.has(folder)) continue;
      const of: Manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
      found.set(folder, of.license);
      await walk(of, folder);
    }
  };
  await walk(project.manifest, process.cwd());
  const names = [...found.keys()].map((folder) => folder.slice(folder.lastIndexOf('node_modules') + 13));
  // Of comlink's own, and of what graphology-communities-louvain asks for in the third place.
  expect(names).toEqual(expect.arrayContaining(['comlink', 'mnemonist', 'obliterator']));
  expect([...found].filter(([, license]) => !permissive.includes(String(license)))).toEqual([]);
});

test('modules that carry packages inside name their licences beside them', async () => {
  const dist = join(project.installed, 'dist');
  const lists = (await readdir(dist)).filter((name) => name.endsWith('.licenses.md'));
  expect(lists).toEqual(['headless-page.licenses.md', 'worker.licenses.md']);
  for (const list of lists) {
    const carried = [...(await readFile(join(dist, list), 'utf8')).matchAll(/^## (.+) - \S+ \((.+)\)$/gm)];
    expect(carried.map(([, name]) => name)).toContain(list.startsWith('worker') ? 'comlink' : 'regl');
    expect(carried.filter(([, , license]) => !permissive.includes(license))).toEqual([]);
  }
});

test('the tarball stays within the size that its page states', async () => {
  const [, most] = (await tableUnder(page, 'What a page loads')).find(([part]) => part === 'tarball') ?? [];
  expect((await stat(project.tarball)).size / 1000).toBeLessThanOrEqual(kilobytes(most));
});

/** `1,500 kB` → 1500. */
function kilobytes(stated: string | undefined): number {
  const found = /^([\d,]+) kB$/.exec(stated ?? '')?.[1];
  if (found === undefined) throw new Error(`${page} states no size but ${stated}.`);
  return Number(found.replaceAll(',', ''));
}

/** The folder of the package that a module in `from` gets by that name. */
async function folderOf(name: string, from: string): Promise<string> {
  const here = join(from, 'node_modules', name);
  const isHere = await stat(here).catch(() => undefined);
  if (isHere !== undefined) return here;
  if (dirname(from) === from) throw new Error(`The package ${name} is not installed.`);
  return folderOf(name, dirname(from));
}
