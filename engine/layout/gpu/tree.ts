import { layoutShaders } from '../../../shaders/index.ts';
import { uniformBuffer } from '../../gpu/buffers.ts';
import { createPass } from '../../gpu/pass.ts';
import { createSort } from '../../gpu/sort.ts';
import { levelsOf, workgroupSize } from './settings-table.ts';
import type { GpuState } from './state.ts';

/** The tree over the bodies of a layout. */
export interface GpuTree {
  /** The node at each place of the curve. */
  readonly order: GPUBuffer;
  /** Puts the bodies in order along the curve. */
  sort(encoder: GPUComputePassEncoder): void;
  /** Makes the cells over the bodies where they are now; an order of old only makes them wider, never wrong. */
  build(encoder: GPUComputePassEncoder): void;
  dispose(): void;
}

/** From here on a grid of 1,024² along the curve would be too coarse to tell nodes apart. */
const manyNodes = 50_000;

/** Levels that one workgroup makes, and the cells that it begins with. */
const rise = 3;
const familySize = 64;

/**
 * An implicit 4-ary tree over the bodies in the order of Hilbert's curve: a leaf is a run of eight, a cell of the next level four
 * in a row, so that there are no pointers, no depth that depends on the data, and nothing to wait for between workgroups.
 */
export async function createTree(device: GPUDevice, nodeCount: number, state: GpuState): Promise<GpuTree> {
  const [frame, keys, leaves, cells, sort] = await Promise.all([
    createPass(device, layoutShaders.frame),
    createPass(device, layoutShaders.keys),
    createPass(device, layoutShaders.leaves),
    createPass(device, layoutShaders.cells),
    createSort(device, nodeCount, nodeCount > manyNodes ? 30 : 20),
  ]);
  const order = sort.values;
  const levels = levelsOf(nodeCount);
  const encodeFrame = frame(state);
  const encodeKeys = keys({ ...state, keys: sort.keys, order });
  const encodeLeaves = leaves({ ...state, order });
  const bases = levels
    .map((_, level) => level)
    .filter((level) => level > 0 && level % rise === 0 && level + 1 < levels.length);
  const bound = bases.map((level) => uniformBuffer(device, `base ${level}`, Uint32Array.of(level, 0, 0, 0)));
  const climbs = bound.map((base, k) => ({
    encode: cells({ ...state, base }),
    workgroups: Math.ceil(levels[bases[k]].count / familySize),
  }));
  return {
    order,
    sort(encoder) {
      encodeFrame(encoder, 1);
      encodeKeys(encoder, Math.ceil(nodeCount / workgroupSize));
      sort.encode(encoder);
    },
    build(encoder) {
      encodeLeaves(encoder, Math.ceil(levels[0].count / familySize));
      for (const { encode, workgroups } of climbs) encode(encoder, workgroups);
    },
    dispose() {
      for (const buffer of bound) buffer.destroy();
      sort.dispose();
    },
  };
}
