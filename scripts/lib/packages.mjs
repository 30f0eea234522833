import { existsSync, readFileSync } from 'node:fs';
import { inProject, run, Stop, say } from './project.mjs';

/** Installs the packages of package-lock.json where they are missing or of another version. */
export async function ensurePackages() {
  if (packagesMatchLock()) return;
  say('Installing packages (npm ci) …');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const code = npm?.endsWith('.js') ? await run(process.execPath, [npm, ...args]) : await run('npm', args);
  if (code !== 0) {
    throw new Stop('The packages could not be installed: see npm’s message above, then type npm ci to try again.');
  }
}

/** True if every package of the lockfile is installed in that version; packages for other platforms may be absent. */
function packagesMatchLock() {
  const hidden = inProject('node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined || !existsSync(inProject(path))) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}
