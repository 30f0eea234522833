import { openDawn } from '../../engine/hosts/dawn.ts';

/** The WebGPU of this machine: its GPU, or else SwiftShader. */
export async function testGpu(): Promise<GPU> {
  const gpu = await openDawn();
  if (gpu === undefined) throw new Error('The package webgpu is not installed.');
  return gpu;
}
