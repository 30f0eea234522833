import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** The bundled network. */
export const sample = fileURLToPath(new URL('../../software-terms.gexf.gz', import.meta.url));

/** How a command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  /** The command line's module; default the build's. */
  readonly cli?: string;
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Does something once in the middle of the run: as soon as stderr matches. */
  readonly when?: readonly [talk: RegExp, act: (child: ChildProcess) => void];
}

/** Runs the built command line as a shell would. */
export function runIsthmus(
  args: readonly string[],
  { cli = built, cwd, input, env, when }: RunOptions = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { cwd, env: { ...process.env, ...env } });
    const stdout: Buffer[] = [];
    let stderr = '';
    let hasActed = false;
    child.stdout.on('data', (piece: Buffer) => stdout.push(piece));
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      stderr += piece;
      if (when === undefined || hasActed || !when[0].test(stderr)) return;
      hasActed = true;
      when[1](child);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout: Buffer.concat(stdout), stderr }));
    // A command that fails early does not read its input to the end.
    child.stdin.on('error', () => undefined).end(input);
  });
}

/** Installs the build in a folder as it would be without an optional package; the path of its command line. */
export async function installWithout(name: string, folder: string): Promise<string> {
  const [dist, modules] = [join(folder, 'dist'), join(folder, 'node_modules')];
  await Promise.all([mkdir(dist), mkdir(modules)]);
  for (const file of await readdir(dirname(built))) {
    if (file.endsWith('.js')) await copyFile(join(dirname(built), file), join(dist, file));
  }
  for (const installed of await readdir('node_modules')) {
    if (installed !== name) await symlink(join(process.cwd(), 'node_modules', installed), join(modules, installed));
  }
  return join(dist, 'cli.js');
}

/** Runs `use` with the path of a new folder, which is removed afterwards. */
export async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-test-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
