import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Machine } from './result.ts';

/** This machine as Node knows it. */
export function nodeMachine(): Machine {
  const cores = cpus();
  return {
    platform: `${platform()} ${arch()}`,
    cpu: cores[0]?.model.trim() || 'unknown CPU',
    cores: cores.length || null,
    memoryBytes: totalmem(),
    runtime: `Node ${process.versions.node}`,
    power: powerOf('/sys/class/power_supply'),
  };
}

/** Linux tells which supplies are there; a machine without any says nothing. */
function powerOf(folder: string): Machine['power'] {
  if (!existsSync(folder)) return null;
  const read = (supply: string, fact: string) => {
    const path = join(folder, supply, fact);
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  };
  const mains = readdirSync(folder).filter((supply) => read(supply, 'type') === 'Mains');
  if (mains.length === 0) return null;
  return mains.some((supply) => read(supply, 'online') === '1') ? 'mains' : 'battery';
}

/** The driver of an NVIDIA card on Linux, whose adapter does not tell; null elsewhere. */
export function nvidiaDriver(): string | null {
  const path = '/proc/driver/nvidia/version';
  if (!existsSync(path)) return null;
  return /Kernel Module.*?(\d+\.\d+(?:\.\d+)?)/.exec(readFileSync(path, 'utf8'))?.[1] ?? null;
}

/** The commit checked out where the package lies; null where it is no checkout of its own. */
export async function commitHere(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', ['rev-parse', '--show-toplevel', 'HEAD'], {
      cwd: dirname(fileURLToPath(import.meta.url)),
    });
    const [root, commit] = stdout.trim().split('\n');
    const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly name?: string };
    return name === 'isthmus' ? commit : null;
  } catch {
    return null;
  }
}
