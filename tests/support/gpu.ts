import { openDawn } from '../../engine/hosts/dawn.ts';

/** The WebGPU of this machine: its GPU, or else SwiftShader. */
export async function testGpu(): Promise<GPU> {
  const gpu = await openDawn();
  if (gpu === undefined) throw new Error('The package webgpu is not installed.');
  return gpu;
}

/** A GPU that gives the same device to all who ask, so that its shaders are compiled once; nobody can destroy it. */
export async function sharedGpu(): Promise<GPU> {
  const gpu = await testGpu();
  const adapter = await gpu.requestAdapter();
  if (adapter === null) throw new Error('WebGPU has neither a GPU nor SwiftShader here.');
  let device: GPUDevice | undefined;
  return fakeGpu(adapter, async (descriptor) => {
    device ??= await adapter.requestDevice(descriptor);
    return Object.assign(device, { destroy() {} });
  });
}

/** A GPU with this adapter, but for how it gives devices. */
export function fakeGpu(adapter: GPUAdapter, requestDevice: GPUAdapter['requestDevice']): GPU {
  const { features, limits, info } = adapter;
  return { requestAdapter: async () => ({ features, limits, info, requestDevice }) } as unknown as GPU;
}
