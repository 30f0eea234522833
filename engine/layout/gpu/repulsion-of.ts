import { allocate, readBuffers } from '../../gpu/buffers.ts';
import type { OpenDevice } from '../../gpu/device.ts';
import { submit } from '../../gpu/pass.ts';
import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import { createSpeed } from '../cpu/speed.ts';
import type { ForceAtlas2Settings } from '../settings.ts';
import { graphTables, reachOf } from './graph-tables.ts';
import { createRepulsion, modeOf } from './repulsion.ts';
import { packSettings } from './settings-table.ts';
import { createState, disposeState } from './state.ts';

/**
 * The repulsion alone of every node at these positions as the GPU sums it, x0, y0, x1, y1, …: what its error is measured by.
 *
 * @throws DeviceError if the device has no room or failed.
 */
export async function gpuRepulsionOf(
  { device, check }: OpenDevice,
  graph: PackedGraph,
  positions: Positions,
  settings: ForceAtlas2Settings,
): Promise<Float32Array> {
  const { nodeCount } = graph;
  const tables = graphTables(graph, settings);
  const state = await allocate(device, () => createState(device, tables, positions, createSpeed()));
  device.queue.writeBuffer(state.settings, 0, packSettings(nodeCount, settings, tables.spacing));
  const repulsion = await createRepulsion(device, modeOf(settings, nodeCount), nodeCount, state);
  try {
    await repulsion.review?.(0, reachOf(tables, settings));
    submit(device, 'repulsion', (encoder) => repulsion.encode(encoder, 0));
    const [bytes] = await readBuffers(device, [{ buffer: state.forces, bytes: 16 * nodeCount }]);
    check();
    // A force is followed by that of the iteration before.
    return new Float32Array(bytes).filter((_, k) => k % 4 < 2);
  } finally {
    repulsion.dispose();
    disposeState(state);
  }
}
