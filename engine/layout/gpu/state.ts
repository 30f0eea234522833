import { filledBuffer, storageBuffer, uniformBuffer } from '../../gpu/buffers.ts';
import type { Positions } from '../../graph/packed-graph.ts';
import type { Speed } from '../cpu/speed.ts';
import type { GraphTables } from './graph-tables.ts';
import { levelsOf, settingsTable, workgroupSize } from './settings-table.ts';

/** Bytes of a cell of the tree. */
const cellSize = 32;

/** The buffers of a layout, by the names that the shaders' bindings have. */
export interface GpuState {
  readonly settings: GPUBuffer;
  readonly positions: GPUBuffer;
  readonly nodes: GPUBuffer;
  readonly edges: GPUBuffer;
  readonly chunks: GPUBuffer;
  readonly chunkSums: GPUBuffer;
  readonly forces: GPUBuffer;
  readonly stiffness: GPUBuffer;
  readonly velocities: GPUBuffer;
  readonly partials: GPUBuffer;
  readonly speed: GPUBuffer;
  readonly convergence: GPUBuffer;
  readonly frame: GPUBuffer;
  readonly bodies: GPUBuffer;
  readonly cells: GPUBuffer;
}

/** Bodies at rest at these positions. @throws DeviceError where the device has no room for them. */
export function createState(device: GPUDevice, tables: GraphTables, start: Positions, speed: Speed): GpuState {
  const count = start.length / 2;
  const levels = levelsOf(count);
  const { first, count: last } = levels[levels.length - 1];
  const room = (label: string, bytes: number) => storageBuffer(device, label, bytes);
  return {
    settings: uniformBuffer(device, 'settings', new Uint8Array(settingsTable.size)),
    positions: filledBuffer(device, 'positions', new Float32Array(start)),
    nodes: filledBuffer(device, 'nodes', tables.nodes),
    edges: filledBuffer(device, 'edges', tables.edges),
    chunks: filledBuffer(device, 'chunks', tables.chunks),
    chunkSums: room('chunk sums', 16 * tables.chunkCount),
    forces: room('forces', 16 * count),
    stiffness: room('stiffness', 4 * count),
    velocities: room('velocities', 8 * count),
    partials: room('partials', 8 * Math.ceil(count / workgroupSize)),
    speed: filledBuffer(device, 'speed', packSpeed(speed)),
    convergence: filledBuffer(device, 'convergence', new Float32Array(count).fill(1)),
    frame: room('frame', 16),
    bodies: room('bodies', 16 * count),
    cells: room('cells', cellSize * (first + last)),
  };
}

/** Puts the bodies of a state there, at rest. */
export function placeState(device: GPUDevice, state: GpuState, positions: Positions, speed: Speed): void {
  device.queue.writeBuffer(state.positions, 0, new Float32Array(positions));
  device.queue.writeBuffer(state.speed, 0, packSpeed(speed));
  device.queue.writeBuffer(state.forces, 0, new Float32Array(2 * positions.length));
  device.queue.writeBuffer(state.velocities, 0, new Float32Array(positions.length));
}

function packSpeed({ speed, efficiency, swinging, traction }: Speed): Float32Array<ArrayBuffer> {
  return Float32Array.of(speed, efficiency, swinging, traction);
}

export function disposeState(state: GpuState): void {
  for (const buffer of Object.values(state) as GPUBuffer[]) buffer.destroy();
}
