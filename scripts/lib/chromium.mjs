import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { inProject, run, runPackage, Stop, say } from './project.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const cache = inProject('.cache', 'puppeteer', 'chrome');
const inCache = ['chrome-linux64/chrome', 'chrome-win64/chrome.exe'].concat(
  ['arm64', 'x64'].map(
    (cpu) => `chrome-mac-${cpu}/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing`,
  ),
);

/** Chromium, and letters for what it draws: DejaVu has Latin, Greek, Cyrillic, Hebrew and Arabic, Micro Hei Chinese, Japanese and Korean. */
const wanted = ['chromium', 'fonts-dejavu-core', 'fonts-wqy-microhei'];

/**
 * Finds Chromium, installs it where there is none, and leaves its path in CHROME_PATH for the command line and the
 * tests. Order: `chrome` (from `--chrome`), CHROME_PATH, PUPPETEER_EXECUTABLE_PATH, PATH, the project's cache; then
 * apt as root, then puppeteer's download, which waits for `packages`.
 */
export async function ensureChromium({ chrome, packages }) {
  process.env.CHROME_PATH = (await findChromium(chrome)) ?? (await installChromium(packages));
}

async function findChromium(chrome) {
  const named = chrome ?? process.env.CHROME_PATH ?? process.env.PUPPETEER_EXECUTABLE_PATH;
  if (named !== undefined) {
    if (await starts(named)) return named;
    throw new Stop(`There is no Chromium that starts at ${named}: name another with --chrome or CHROME_PATH.`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return firstThatStarts([...onPath, ...cached()]);
}

async function installChromium(packages) {
  if (process.getuid?.() === 0 && (await run('apt-get', ['--version'], { show: 'never' })) === 0) {
    say('Installing Chromium (apt-get) …');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const installed =
      (await run('apt-get', ['-qq', 'update'], { show: 'failure', env })) === 0 &&
      (await run('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...wanted], {
        show: 'failure',
        env,
      })) === 0;
    const found = installed ? await findChromium() : undefined;
    if (found !== undefined) return found;
  }
  await packages;
  say('Downloading Chrome into .cache/puppeteer …');
  const puppeteer = 'puppeteer/lib/cjs/puppeteer/node/cli.js';
  await runPackage(puppeteer, ['browsers', 'install', 'chrome'], { show: 'never' });
  const found = await firstThatStarts(cached());
  if (found !== undefined) return found;
  throw new Stop(
    'No Chromium was found and none could be installed: type `sudo apt-get install chromium`, or set CHROME_PATH to the Chromium or Chrome that you have.',
  );
}

function cached() {
  if (!existsSync(cache)) return [];
  return readdirSync(cache).flatMap((version) => inCache.map((path) => join(cache, version, path)));
}

async function firstThatStarts(paths) {
  for (const path of paths) if (await starts(path)) return path;
  return undefined;
}

/** A file on PATH may be a stub (Ubuntu's asks for a snap) or lack its libraries: only one that tells its version counts. */
async function starts(path) {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return false;
  }
  return (await run(path, ['--version'], { show: 'never' })) === 0;
}
