import { layoutShaders } from '../../../shaders/index.ts';
import { createPass } from '../../gpu/pass.ts';
import type { Repulsion } from '../settings.ts';
import { workgroupSize } from './settings-table.ts';
import type { GpuState } from './state.ts';
import { createTree } from './tree.ts';

/**
 * Iterations between two sorts. The order of bodies that moved since makes cells wider, so it costs time, not accuracy: on
 * the sample 5 % to 20 % after seven iterations once it is formed, but more than twice the cells after one while nodes fly.
 */
function sortInterval(iteration: number): number {
  return iteration < 32 ? 1 : iteration < 128 ? 4 : 8;
}

/** Adds the repulsion to the forces of a layout, and measures swinging and traction. */
export interface GpuRepulsion {
  /** Encodes the repulsion of an iteration, the how manyeth under these settings. */
  encode(encoder: GPUComputePassEncoder, iteration: number): void;
  dispose(): void;
}

/** Repulsion over all pairs or over the tree. @throws DeviceError where a pipeline or a buffer fails. */
export async function createRepulsion(
  device: GPUDevice,
  mode: Repulsion,
  nodeCount: number,
  state: GpuState,
): Promise<GpuRepulsion> {
  const workgroups = Math.ceil(nodeCount / workgroupSize);
  if (mode === 'exact') {
    const repel = (await createPass(device, layoutShaders.repelExact))(state);
    return { encode: (encoder) => repel(encoder, workgroups), dispose() {} };
  }
  const [tree, repelBarnesHut] = await Promise.all([
    createTree(device, nodeCount, state),
    createPass(device, layoutShaders.repelBarnesHut),
  ]);
  const repel = repelBarnesHut({ ...state, order: tree.order });
  let isSorted = false;
  return {
    encode(encoder, iteration) {
      if (!isSorted || iteration % sortInterval(iteration) === 0) tree.sort(encoder);
      isSorted = true;
      tree.build(encoder);
      repel(encoder, workgroups);
    },
    dispose: () => tree.dispose(),
  };
}
