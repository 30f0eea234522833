import { layoutShaders } from '../../../shaders/index.ts';
import { filledBuffer, storageBuffer, uniformBuffer } from '../../gpu/buffers.ts';
import { createPass, type Encode, submit } from '../../gpu/pass.ts';
import { momentum } from '../cpu/momentum.ts';
import { type Held, noneHeld } from '../held.ts';
import type { GpuState } from './state.ts';

/** The struct `HeldNode` of shaders/layout/hold.wgsl. */
const stride = 12;

/** Nodes held on a GPU, which need never be read back for it. */
export interface GpuHold {
  /** Holds these nodes from now on, and no others, and warms the layout. */
  take(held: Held): void;
  /** Encodes what keeps held nodes in place in this iteration, after the forces and before the move. */
  encode(encoder: GPUComputePassEncoder): void;
  /** Puts held nodes back at their places, where all were placed anew. */
  restore(): void;
  dispose(): void;
}

/** @throws DeviceError where the shader fails to compile. */
export async function createHold(device: GPUDevice, state: GpuState): Promise<GpuHold> {
  const hold = await createPass(device, layoutShaders.hold);
  const header = uniformBuffer(device, 'hold', new Uint8Array(16));
  let nodes = noneHeld.nodes;
  let list = storageBuffer(device, 'held nodes', stride);
  let encodeAll: Encode = hold({ ...state, hold: header, held: list });

  const writeHeader = (warmth: number) => {
    const bytes = new ArrayBuffer(8);
    new Uint32Array(bytes)[0] = nodes.length;
    new Float32Array(bytes)[1] = warmth;
    device.queue.writeBuffer(header, 0, bytes);
  };
  const encode = (encoder: GPUComputePassEncoder) => {
    if (nodes.length > 0) encodeAll(encoder, 1);
  };
  const restore = () => {
    if (nodes.length > 0) submit(device, 'hold', encode);
  };
  return {
    take(held) {
      const table = packHeld(held);
      if (held.nodes.length > nodes.length) {
        list.destroy();
        list = filledBuffer(device, 'held nodes', table);
        encodeAll = hold({ ...state, hold: header, held: list });
      } else {
        device.queue.writeBuffer(list, 0, table);
      }
      nodes = held.nodes;
      writeHeader(momentum.warmth);
      submit(device, 'hold', (encoder) => encodeAll(encoder, 1));
      writeHeader(0);
    },
    encode,
    restore,
    dispose() {
      header.destroy();
      list.destroy();
    },
  };
}

function packHeld({ nodes, places }: Held): Uint32Array<ArrayBuffer> {
  const table = new Uint32Array((stride / 4) * nodes.length);
  const floats = new Float32Array(table.buffer);
  nodes.forEach((node, k) => {
    table[3 * k] = node;
    floats.set(places.subarray(2 * k, 2 * k + 2), 3 * k + 1);
  });
  return table;
}
