import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What of a package.json is read here. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
}

type Content = string | Uint8Array | AsyncIterable<Uint8Array>;

/** An otherwise empty project with this package in it. */
export interface Project {
  readonly folder: string;
  /** The path of what `npm pack` made. */
  readonly tarball: string;
  /** The package's own folder in node_modules. */
  readonly installed: string;
  readonly manifest: Manifest;
  write(name: string, content: Content): Promise<void>;
  /** Runs a file of JavaScript in the project as `node` would, and resolves to what it wrote on stdout. */
  node(file: string, ...args: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

/**
 * Packs the build and installs it, without a registry, as `npm install` would: of all packages of this checkout the project
 * sees only those that the packed manifest depends on, and those of `beside`, under which name they are installed here.
 */
export async function openProject(beside: Readonly<Record<string, string>> = {}): Promise<Project> {
  // A bundler tells modules apart by their real paths.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'isthmus-project-')));
  const tarball = await pack(folder);
  const modules = join(folder, 'node_modules');
  await mkdir(modules);
  await run('tar', ['-xzf', tarball, '-C', modules]);
  const installed = join(modules, 'isthmus');
  await rename(join(modules, 'package'), installed);
  const manifest: Manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  const own = Object.keys(manifest.dependencies ?? {}).map((name) => [name, name]);
  for (const [name, here] of [...own, ...Object.entries(beside)]) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(process.cwd(), 'node_modules', here), join(modules, name), 'junction');
  }
  const write = async (name: string, content: Content) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  };
  await write('package.json', JSON.stringify({ name: 'empty', private: true, type: 'module' }));
  return {
    ...{ folder, tarball, installed, manifest, write },
    node: async (file, ...args) => {
      // A shell that runs no tests says nothing of what environment this is.
      const { NODE_ENV: _, ...env } = process.env;
      return (await run(process.execPath, [file, ...args], { cwd: folder, env })).stdout;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function pack(folder: string): Promise<string> {
  const args = ['pack', '--offline', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const { stdout } = await run('npm', args, { shell: process.platform === 'win32' });
  return join(folder, stdout.trim());
}
