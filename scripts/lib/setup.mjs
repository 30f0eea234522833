import { ensureBuild } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensurePackages } from './packages.mjs';
import { inProject } from './project.mjs';

/** Packages, and Chromium beside them: both wait for the network most of the time. */
export async function ensureTools(chrome) {
  const packages = ensurePackages();
  await Promise.all([packages, ensureChromium({ chrome, packages })]);
}

/** Packages, Chromium and the build: all that a map needs. */
export async function ensureAll(chrome) {
  await ensureTools(chrome);
  await ensureBuild();
}

/** Runs the built command line in this process, as the bin `isthmus` does: its signals, streams and exit code are ours. */
export async function runIsthmus(args) {
  process.argv = [process.argv[0], inProject('dist', 'cli.js'), ...args];
  await import(inProject('dist', 'cli.js'));
}

/** The value after `--chrome`, or undefined. */
export function chromeOf(args) {
  const joined = args.find((arg) => arg.startsWith('--chrome='));
  if (joined !== undefined) return joined.slice('--chrome='.length);
  const at = args.indexOf('--chrome');
  return at === -1 ? undefined : args[at + 1];
}
