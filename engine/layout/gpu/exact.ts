import { layoutShaders } from '../../../shaders/index.ts';
import { uniformBuffer } from '../../gpu/buffers.ts';
import { createPass } from '../../gpu/pass.ts';
import type { GpuRepulsion } from './repel.ts';
import { workgroupSize } from './settings-table.ts';
import type { GpuState } from './state.ts';

/** Repulsion over all pairs. @throws DeviceError where the pipeline fails. */
export async function createExact(device: GPUDevice, nodeCount: number, state: GpuState): Promise<GpuRepulsion> {
  const part = uniformBuffer(device, 'part', new Uint32Array(4));
  const repel = (await createPass(device, layoutShaders.repelExact))({ ...state, part });
  const workgroups = Math.ceil(nodeCount / workgroupSize);
  let written = '';
  return {
    runs: 'exact',
    divisibleBy: workgroups,
    encode(encoder, _, { number, of } = { number: 0, of: 1 }) {
      const first = Math.floor((number * workgroups) / of);
      const end = Math.floor(((number + 1) * workgroups) / of);
      if (written !== `${first}-${end}`) device.queue.writeBuffer(part, 0, Uint32Array.of(first, end));
      written = `${first}-${end}`;
      repel(encoder, end - first);
    },
    dispose: () => part.destroy(),
  };
}
