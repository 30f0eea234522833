import type { ForceAtlas2Settings, Repulsion } from '../settings.ts';
import { createBarnesHut } from './barnes-hut.ts';
import { createExact } from './exact.ts';
import { createMultipole } from './multipole.ts';
import type { GpuState } from './state.ts';

/** One of several equal parts of the nodes. */
export interface Part {
  readonly number: number;
  readonly of: number;
}

/** Adds the repulsion to the forces of a layout, and measures swinging and traction. */
export interface GpuRepulsion {
  /** How it is summed now. */
  readonly runs: Repulsion;
  /** Parts into which an iteration may be cut, each to be submitted by itself; absent if it is one piece. */
  readonly divisibleBy?: number;
  /** Encodes the repulsion of an iteration, the how manyeth under these settings, on a part of the nodes or on all. */
  encode(encoder: GPUComputePassEncoder, iteration: number, part?: Part): void;
  /** Iterations from this one on that may be submitted before `review` is due; absent if it never is. */
  untilReview?(iteration: number): number;
  /**
   * Looks how crowded the nodes are, and may change how repulsion is summed from this iteration on. What it sees is the
   * same at the same iteration, however iterations are put into submits. `reach`: nodes nearer than this must act on each
   * other one by one.
   */
  review?(iteration: number, reach: number): Promise<void>;
  dispose(): void;
}

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
