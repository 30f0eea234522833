import { existsSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { findChromium } from './chromium.ts';

/** Dawn ends the process if an object from `create` is collected. */
const kept: GPU[] = [];

/** Keeps a library in memory although it is no addon: RTLD_NODELETE of Linux. */
const stayLoaded = 0x1000;

/**
 * WebGPU for Node by Dawn, the optional package `webgpu`: on this machine's GPU, or where there is none on SwiftShader, the
 * software renderer that comes with Chromium. Undefined where the package is not installed.
 */
export async function openDawn(): Promise<GPU | undefined> {
  const dawn = await import('webgpu').catch(() => undefined);
  if (dawn === undefined) return undefined;
  Object.assign(globalThis, dawn.globals);
  const open = () => {
    const gpu = dawn.create([]);
    kept.push(gpu);
    return gpu;
  };
  const gpu = open();
  if (process.platform !== 'linux' || (await gpu.requestAdapter()) !== null) return gpu;
  return useSwiftShader() ? open() : gpu;
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
