import type { ForceAtlas2Settings, Repulsion } from '../settings.ts';
import { createBarnesHut } from './barnes-hut.ts';
import { createExact } from './exact.ts';
import { createMultipole } from './multipole.ts';
import type { GpuRepulsion } from './repel.ts';
import type { GpuState } from './state.ts';

/** Up to here the one dispatch of all pairs is cheaper than the many of cells. */
const fewNodes = 1024;

/** The pyramid errs as the tree does at this θ. */
const thetaOfPyramid = 0.8;

/** How these settings have repulsion summed on a GPU, unless nodes are crowded. */
export function modeOf({ repulsion, barnesHutTheta }: ForceAtlas2Settings, nodeCount: number): Repulsion {
  if (repulsion !== 'multipole') return repulsion;
  if (nodeCount <= fewNodes) return 'exact';
  return barnesHutTheta < thetaOfPyramid ? 'barnes-hut' : 'multipole';
}

const makers = { exact: createExact, 'barnes-hut': createBarnesHut, multipole: createMultipole } as const;

/** Repulsion of this mode. @throws DeviceError where a pipeline or a buffer fails. */
export function createRepulsion(
  device: GPUDevice,
  mode: Repulsion,
  nodeCount: number,
  state: GpuState,
): Promise<GpuRepulsion> {
  return makers[mode](device, nodeCount, state);
}
