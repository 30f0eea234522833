import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The path of something in the project. */
export const inProject = (...names) => join(root, ...names);

/** One line for the person at the terminal; stdout is left to data. */
export const say = (line) => process.stderr.write(`${line}\n`);

/** An error whose message is all that a person needs: printed without its stack. */
export class Stop extends Error {}

/** Runs `main`; a `Stop` ends the process with its sentence and exit code 1. */
export async function runScript(main) {
  try {
    checkNode();
    await main();
  } catch (error) {
    say(error instanceof Stop ? error.message : error.stack);
    process.exitCode = 1;
  }
}

/**
 * Runs a command and resolves to its exit code, 127 where it can't be started; signals are passed on. `show` says when
 * its output is seen, on stderr: `always`, on `failure`, or `never`; `through` leaves stdout as it is.
 */
export function run(command, args, { show = 'always', env = {} } = {}) {
  return new Promise((resolve) => {
    const isKept = show === 'failure' || show === 'never';
    const stdio = isKept
      ? ['ignore', 'pipe', 'pipe']
      : ['ignore', show === 'through' ? 'inherit' : process.stderr, 'inherit'];
    const child = spawn(command, args, { cwd: root, stdio, env: { ...process.env, ...env } });
    const kept = [];
    for (const stream of isKept ? [child.stdout, child.stderr] : []) stream.on('data', (chunk) => kept.push(chunk));
    const passOn = (signal) => child.kill(signal);
    process.on('SIGINT', passOn).on('SIGTERM', passOn);
    const end = (code) => {
      process.off('SIGINT', passOn).off('SIGTERM', passOn);
      if (code !== 0 && show === 'failure') process.stderr.write(Buffer.concat(kept));
      resolve(code);
    };
    child.on('error', () => end(127));
    child.on('close', (code, signal) => end(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/** Runs the JavaScript file of an installed package under this same Node. */
export const runPackage = (file, args, options) =>
  run(process.execPath, [inProject('node_modules', file), ...args], options);

/** Refuses a Node older than package.json's `engines`, in one sentence. */
function checkNode() {
  const { engines } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
  const [major, minor] = process.versions.node.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (!fits) throw new Stop(`Isthmus needs Node ${engines.node}, but this is Node ${process.versions.node}.`);
}
