import { layoutShaders, sortShaders } from '../../../shaders/index.ts';
import { allocate, storageBuffer, uniformBuffer } from '../../gpu/buffers.ts';
import { createPass } from '../../gpu/pass.ts';
import { workgroupSize } from './settings-table.ts';
import type { GpuState } from './state.ts';

/** Bytes of a `Series` of shaders/layout/pyramid.wgsl. */
export const seriesSize = 40;

/** Levels that one workgroup makes of the cells of a tile, whose side is 2^rise, and counters that one scans. */
const rise = 4;
const scanSpan = 4096;

/** Workgroups that measure the bodies, of 256 lanes each. */
const mostBoxes = 64;

/** The least depth; above level 2 no two cells are far from each other. */
export const leastDepth = 3;
const leastLevel = 2;
const mostDepth = 10;

/** The deepest pyramid whose moments are made by one dispatch. */
const levelsAtOnce = leastLevel + 1 + rise;
const needsLift = (depth: number) => depth > levelsAtOnce;

/** The place of a level's first cell behind those of the levels above, as the shaders have it. */
export function firstCellOf(level: number): number {
  return (4 ** level - 1) / 3;
}

/** The depth that gives an even density some six bodies a cell, and two more levels for an uneven one; within 128 MiB. */
export function deepest(nodeCount: number): number {
  const even = Math.round(Math.log2(Math.max(1, nodeCount / 6)) / 2);
  return Math.max(leastDepth, Math.min(even + 2, mostDepth));
}

/** The struct `Pyramid` of shaders/layout/pyramid.wgsl. */
export function packPyramid(
  nodeCount: number,
  depth: number,
  coarsest: number,
  counterCount: number,
): Uint32Array<ArrayBuffer> {
  return Uint32Array.of(depth, coarsest, boxCountOf(nodeCount), counterCount);
}

export function boxCountOf(nodeCount: number): number {
  return Math.min(mostBoxes, Math.ceil(nodeCount / 256));
}

/** The multipole method over square grids, each level's cells half as wide as those of the one before. */
export interface GpuPyramid {
  readonly depth: number;
  /** Sets the depth, for what is submitted from now on. */
  deepen(depth: number): void;
  /** Puts the bodies into cells, makes the cells' series and adds the repulsion to the forces. */
  encode(encoder: GPUComputePassEncoder): void;
  readonly buffers: ReturnType<typeof createBuffers>;
  dispose(): void;
}

function createBuffers(device: GPUDevice, nodeCount: number) {
  const depth = deepest(nodeCount);
  const room = (label: string, bytes: number) => storageBuffer(device, label, bytes);
  return {
    pyramid: uniformBuffer(device, 'pyramid', new Uint32Array(4)),
    sort: uniformBuffer(device, 'scan of cells', new Uint32Array(4)),
    boxes: room('boxes', 16 * mostBoxes),
    grid: room('grid', 16),
    counters: room('bodies in cells', 4 * 4 ** depth),
    spans: room('spans of cells', (4 * 4 ** depth) / scanSpan),
    seats: room('seats', 8 * nodeCount),
    arrivals: room('arrivals', 4 * nodeCount),
    order: room('order by cells', 8 * nodeCount),
    moments: room('moments', seriesSize * firstCellOf(depth + 1)),
    locals: room('local series', seriesSize * firstCellOf(depth + 1)),
  };
}

/** Room and passes for a pyramid over so many bodies. @throws DeviceError where a pipeline or a buffer fails. */
export async function createPyramid(device: GPUDevice, nodeCount: number, state: GpuState): Promise<GpuPyramid> {
  const buffers = await allocate(device, () => createBuffers(device, nodeCount));
  const [extent, bin, scanSpans, scanSums, seat, settle, charge, lift, translate, repel] = await Promise.all([
    createPass(device, layoutShaders.extent),
    createPass(device, layoutShaders.bin),
    createPass(device, sortShaders.scanSpans),
    createPass(device, sortShaders.scanSums),
    createPass(device, layoutShaders.seat),
    createPass(device, layoutShaders.settle),
    createPass(device, layoutShaders.charge),
    needsLift(deepest(nodeCount)) ? createPass(device, layoutShaders.lift) : undefined,
    createPass(device, layoutShaders.translate),
    createPass(device, layoutShaders.repelMultipole),
  ]);
  const bound = { ...state, ...buffers };
  const encode = {
    extent: extent(bound),
    bin: bin(bound),
    scanSpans: scanSpans(bound),
    scanSums: scanSums(bound),
    seat: seat(bound),
    settle: settle(bound),
    charge: charge(bound),
    lift: lift?.(bound),
    translate: translate(bound),
    repel: repel(bound),
  };
  const workgroups = Math.ceil(nodeCount / workgroupSize);
  const tilesOf = (level: number) => 4 ** Math.max(0, level - rise);
  let depth = 0;
  let coarsest = leastLevel;
  return {
    buffers,
    get depth() {
      return depth;
    },
    deepen(to) {
      depth = to;
      // One dispatch makes the moments of five levels. A third level of 64 cells may do without a coarser one.
      coarsest = depth === levelsAtOnce ? leastLevel + 1 : leastLevel;
      device.queue.writeBuffer(buffers.pyramid, 0, packPyramid(nodeCount, depth, coarsest, 4 ** depth));
      device.queue.writeBuffer(buffers.sort, 0, Uint32Array.of(0, 0, 0, 4 ** depth));
    },
    encode(encoder) {
      const spanCount = Math.ceil(4 ** depth / scanSpan);
      encode.extent(encoder, boxCountOf(nodeCount));
      encode.bin(encoder, workgroups);
      encode.scanSpans(encoder, spanCount);
      if (spanCount > 1) encode.scanSums(encoder, 1);
      encode.seat(encoder, workgroups);
      encode.settle(encoder, workgroups);
      encode.charge(encoder, tilesOf(depth));
      if (needsLift(depth)) encode.lift?.(encoder, tilesOf(depth - rise));
      encode.translate(encoder, Math.ceil((firstCellOf(depth + 1) - firstCellOf(coarsest)) / 64));
      encode.repel(encoder, workgroups);
    },
    dispose() {
      for (const buffer of Object.values(buffers)) buffer.destroy();
    },
  };
}
