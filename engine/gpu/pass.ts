import type { BindingKind, ComputeShader } from '../../shaders/index.ts';
import { IsthmusError } from '../base/errors.ts';

/** Encodes one dispatch of so many workgroups. */
export type Encode = (encoder: GPUComputePassEncoder, workgroups: number) => void;

/** A compiled shader; given the buffers of its bindings it returns what encodes it. */
export type Pass<Name extends string> = (buffers: Readonly<Record<Name, GPUBuffer>>) => Encode;

const bufferTypes = {
  uniform: 'uniform',
  read: 'read-only-storage',
  write: 'storage',
} as const satisfies Record<BindingKind, GPUBufferBindingType>;

const compute = 0x4; // GPUShaderStage.COMPUTE: Node has no global of that name.

const compiled = new WeakMap<GPUDevice, Map<string, Promise<GPUComputePipeline>>>();

/**
 * Compiles a shader once a device.
 *
 * @throws DeviceError with the stem and the compiler's first message.
 */
export async function createPass<Name extends string>(
  device: GPUDevice,
  shader: ComputeShader<Name>,
): Promise<Pass<Name>> {
  const pipelines = compiled.get(device) ?? new Map<string, Promise<GPUComputePipeline>>();
  compiled.set(device, pipelines);
  const known = pipelines.get(shader.stem) ?? compile(device, shader);
  pipelines.set(shader.stem, known);
  const pipeline = await known;
  const names = Object.keys(shader.bindings) as Name[];
  return (buffers) => {
    const group = device.createBindGroup({
      label: shader.stem,
      layout: pipeline.getBindGroupLayout(0),
      entries: names.map((name, binding) => ({ binding, resource: { buffer: buffers[name] } })),
    });
    return (encoder, workgroups) => {
      if (workgroups === 0) return;
      // One dimension ends at 65,535 workgroups; shaders fold two into one by `flatGroup`.
      const rows = Math.ceil(workgroups / device.limits.maxComputeWorkgroupsPerDimension);
      encoder.setPipeline(pipeline);
      encoder.setBindGroup(0, group);
      encoder.dispatchWorkgroups(Math.ceil(workgroups / rows), rows);
    };
  };
}

/** Submits one compute pass; `encode` puts the dispatches into it. */
export function submit(
  device: GPUDevice,
  label: string,
  encode: (encoder: GPUComputePassEncoder) => void,
  timestampWrites?: GPUComputePassTimestampWrites,
): void {
  const commands = device.createCommandEncoder({ label });
  const encoder = commands.beginComputePass({ label, ...(timestampWrites === undefined ? {} : { timestampWrites }) });
  encode(encoder);
  encoder.end();
  device.queue.submit([commands.finish()]);
}

async function compile(device: GPUDevice, { stem, code, bindings }: ComputeShader): Promise<GPUComputePipeline> {
  const layout = device.createBindGroupLayout({
    label: stem,
    entries: Object.values(bindings).map((kind, binding) => ({
      binding,
      visibility: compute,
      buffer: { type: bufferTypes[kind] },
    })),
  });
  // The module's own message tells what is wrong, the pipeline's only that the module is.
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label: stem, code });
  const mistake = device.popErrorScope();
  try {
    const pipeline = device.createComputePipelineAsync({
      label: stem,
      layout: device.createPipelineLayout({ label: stem, bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: 'main' },
    });
    return await pipeline;
  } catch (cause) {
    const message = (await mistake)?.message ?? (cause instanceof Error ? cause.message : String(cause));
    const reason = message.split('\n')[0];
    throw new IsthmusError('DeviceError', `The GPU could not compile the shader "${stem}": ${reason}`, { cause });
  }
}
