import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** The bundled network. */
export const sample = fileURLToPath(new URL('../../software-terms.gexf.gz', import.meta.url));

/** How a command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Does something once in the middle of the run: as soon as stderr matches. */
  readonly when?: readonly [talk: RegExp, act: (child: ChildProcess) => void];
}

/** Runs the built command line as a shell would. */
export function runIsthmus(args: readonly string[], { cwd, input, env, when }: RunOptions = {}): Promise<Ended> {
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

/** Runs `use` with the path of a new folder, which is removed afterwards. */
export async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-test-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
