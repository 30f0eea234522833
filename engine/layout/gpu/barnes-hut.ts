import { layoutShaders } from '../../../shaders/index.ts';
import { createPass } from '../../gpu/pass.ts';
import type { GpuRepulsion } from './repel.ts';
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

/** Repulsion over the tree. @throws DeviceError where a pipeline or a buffer fails. */
export async function createBarnesHut(device: GPUDevice, nodeCount: number, state: GpuState): Promise<GpuRepulsion> {
  const [tree, repelBarnesHut] = await Promise.all([
    createTree(device, nodeCount, state),
    createPass(device, layoutShaders.repelBarnesHut),
  ]);
  const repel = repelBarnesHut({ ...state, order: tree.order });
  let isSorted = false;
  return {
    runs: 'barnes-hut',
    encode(encoder, iteration) {
      if (!isSorted || iteration % sortInterval(iteration) === 0) tree.sort(encoder);
      isSorted = true;
      tree.build(encoder);
      repel(encoder, Math.ceil(nodeCount / workgroupSize));
    },
    dispose: () => tree.dispose(),
  };
}
