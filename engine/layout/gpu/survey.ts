import { layoutShaders } from '../../../shaders/index.ts';
import { allocate, readBuffers, storageBuffer, uniformBuffer } from '../../gpu/buffers.ts';
import { createPass, submit } from '../../gpu/pass.ts';
import { boxCountOf, deepest, firstCellOf, leastDepth, packPyramid } from './pyramid.ts';
import { workgroupSize } from './settings-table.ts';
import type { GpuState } from './state.ts';

/** As shaders/layout/crowd.wgsl has it. */
const parts = 16;

/** How bodies crowd the cells of a level. */
export interface Crowding {
  readonly depth: number;
  /** Pairs of a body and one in its cell or a neighbour of it, itself included. */
  readonly pairs: number;
  /** Cells with a body. */
  readonly occupied: number;
  /** The side of a cell. */
  readonly side: number;
}

/** Counts how bodies would crowd the cells of each depth that a pyramid may have. */
export interface GpuSurvey {
  /** Submits the count and returns what it finds: the crowding where the bodies are now, by depth from the least. */
  take(): Promise<readonly Crowding[]>;
  dispose(): void;
}

/** Room and passes for a survey of so many bodies. @throws DeviceError where a pipeline or a buffer fails. */
export async function createSurvey(device: GPUDevice, nodeCount: number, state: GpuState): Promise<GpuSurvey> {
  const depth = deepest(nodeCount);
  const depths = Array.from({ length: depth + 1 - leastDepth }, (_, k) => leastDepth + k);
  const counterCount = firstCellOf(depth + 1);
  const buffers = await allocate(device, () => ({
    pyramid: uniformBuffer(device, 'survey', packPyramid(nodeCount, depth, leastDepth, counterCount)),
    boxes: storageBuffer(device, 'boxes of the survey', 16 * boxCountOf(nodeCount)),
    grid: storageBuffer(device, 'grid of the survey', 16),
    counters: storageBuffer(device, 'census', 4 * counterCount),
    crowds: storageBuffer(device, 'crowds', 8 * parts * depths.length),
  }));
  const [extent, census, crowd] = await Promise.all([
    createPass(device, layoutShaders.extent),
    createPass(device, layoutShaders.census),
    createPass(device, layoutShaders.crowd),
  ]);
  const bound = { ...state, ...buffers };
  const encode = { extent: extent(bound), census: census(bound), crowd: crowd(bound) };
  return {
    async take() {
      submit(device, 'survey', (encoder) => {
        encode.extent(encoder, boxCountOf(nodeCount));
        encode.census(encoder, Math.ceil(nodeCount / workgroupSize));
        encode.crowd(encoder, parts * depths.length);
      });
      const [grid, crowds] = await readBuffers(device, [
        { buffer: buffers.grid, bytes: 12 },
        { buffer: buffers.crowds, bytes: 8 * parts * depths.length },
      ]);
      const finest = new Float32Array(grid)[2];
      const sums = new Float32Array(crowds);
      return depths.map((level, k) => {
        const of = sums.subarray(2 * parts * k, 2 * parts * (k + 1));
        return {
          depth: level,
          pairs: of.reduce((sum, value, at) => sum + (at % 2 === 0 ? value : 0), 0),
          occupied: of.reduce((sum, value, at) => sum + (at % 2 === 1 ? value : 0), 0),
          side: finest * 2 ** (depth - level),
        };
      });
    },
    dispose() {
      for (const buffer of Object.values(buffers)) buffer.destroy();
    },
  };
}
