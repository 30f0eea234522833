import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { findChromium } from './chromium.ts';

/** Dawn ends the process if an object from `create` is collected. */
const kept: GPU[] = [];

/** Keeps a library in memory although it is no addon: RTLD_NODELETE of Linux. */
const stayLoaded = 0x1000;

/** Where Linux keeps the Vulkan loader; without one Dawn complains on stderr. */
const loaderFolders = ['/usr/lib', '/usr/lib64', '/lib', '/usr/local/lib'].flatMap((folder) => [
  folder,
  ...['x86_64', 'aarch64'].map((machine) => join(folder, `${machine}-linux-gnu`)),
]);

/** True if the optional package `webgpu` is installed. */
export function hasDawn(): boolean {
  try {
    createRequire(import.meta.url).resolve('webgpu');
    return true;
  } catch {
    return false;
  }
}

/**
 * WebGPU for Node by Dawn, the optional package `webgpu`: on this machine's GPU, or where there is none and `software` is
 * not false on SwiftShader, the software renderer that comes with Chromium. Undefined where the package is not installed or
 * has nothing to run on.
 */
export async function openDawn({ software = true } = {}): Promise<GPU | undefined> {
  const dawn = await import('webgpu').catch(() => undefined);
  if (dawn === undefined) return undefined;
  Object.assign(globalThis, dawn.globals);
  const open = () => {
    const gpu = dawn.create([]);
    kept.push(gpu);
    return gpu;
  };
  if (process.platform !== 'linux') return open();
  if (hasVulkanLoader()) {
    const gpu = open();
    if (!software || (await gpu.requestAdapter()) !== null) return gpu;
  }
  return software && useSwiftShader() ? open() : undefined;
}

function hasVulkanLoader(): boolean {
  const folders = [...(process.env['LD_LIBRARY_PATH'] ?? '').split(delimiter), ...loaderFolders];
  return folders.some((folder) => folder !== '' && existsSync(join(folder, 'libvulkan.so.1')));
}

/** Points the Vulkan loader to Chromium's SwiftShader; false where there is none. The environment must be the process's own. */
function useSwiftShader(): boolean {
  const chromium = findChromium();
  const folders = ['/usr/lib/chromium', ...(chromium === undefined ? [] : [dirname(realpathSync(chromium))])];
  const folder = folders.find((path) => existsSync(join(path, 'vk_swiftshader_icd.json')));
  if (folder === undefined) return false;
  process.env['VK_ICD_FILENAMES'] = join(folder, 'vk_swiftshader_icd.json');
  try {
    // Where the system has no Vulkan loader, Dawn takes the one that is loaded already. Node finds no addon in it and says so.
    process.dlopen({ exports: {} }, join(folder, 'libvulkan.so.1'), constants.dlopen.RTLD_NOW | stayLoaded);
  } catch {}
  return true;
}
