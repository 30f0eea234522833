import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { readBuffers } from '../../engine/gpu/buffers.ts';
import { type OpenDevice, openDevice } from '../../engine/gpu/device.ts';
import { submit } from '../../engine/gpu/pass.ts';
import { powerLaw } from '../../engine/graph/generators.ts';
import type { Positions } from '../../engine/graph/packed-graph.ts';
import { createSpeed } from '../../engine/layout/cpu/speed.ts';
import { graphTables } from '../../engine/layout/gpu/graph-tables.ts';
import { levelsOf, packSettings } from '../../engine/layout/gpu/settings-table.ts';
import { createState, disposeState } from '../../engine/layout/gpu/state.ts';
import { createTree } from '../../engine/layout/gpu/tree.ts';
import { checkSettings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { testGpu } from '../support/gpu.ts';
import { twinFrame, twinKey, twinTree } from '../support/implicit-tree.ts';

let opened: OpenDevice;
beforeAll(async () => {
  opened = await openDevice(await testGpu());
});
afterAll(() => opened.dispose());

/** The GPU's curve and tree over nodes of a power law, at `start` when they are sorted and at `positions` afterwards. */
async function gpuTree(start: Positions, positions: Positions, adjustSizes: boolean) {
  const { device, check } = opened;
  const count = start.length / 2;
  const graph = powerLaw({ nodes: count, links: 2, seed: 1 });
  const settings = checkSettings({ adjustSizes }, count);
  const state = createState(device, graphTables(graph, settings), start, createSpeed());
  device.queue.writeBuffer(state.settings, 0, packSettings(count, settings, 1));
  const tree = await createTree(device, count, state);
  submit(device, 'sort', (encoder) => tree.sort(encoder));
  device.queue.writeBuffer(state.positions, 0, new Float32Array(positions));
  submit(device, 'build', (encoder) => tree.build(encoder));
  const levels = levelsOf(count);
  const cellCount = levels.reduce((sum, level) => sum + level.count, 0);
  const [frame, order, bodies, cells] = await readBuffers(device, [
    { buffer: state.frame, bytes: 12 },
    { buffer: tree.order, bytes: 4 * count },
    { buffer: state.bodies, bytes: 16 * count },
    { buffer: state.cells, bytes: 32 * cellCount },
  ]);
  check();
  tree.dispose();
  disposeState(state);
  return {
    graph,
    levels,
    frame: new Float32Array(frame),
    order: new Uint32Array(order),
    bodies: new Float32Array(bodies),
    cells: new Float32Array(cells),
  };
}

/** The twin's key of every node: the highest 20 of 30 bits, by which the GPU sorts so few. */
function twinKeys(positions: Positions): number[] {
  const { x, y, scale } = twinFrame(positions);
  const fold = (away: number) => Math.floor((0.5 + (0.5 * away) / (1 + Math.abs(away))) * 32768);
  return Array.from({ length: positions.length / 2 }, (_, i) =>
    Math.floor(twinKey(fold((positions[2 * i] - x) / scale), fold((positions[2 * i + 1] - y) / scale)) / 1024),
  );
}

describe('the curve', () => {
  const random = createRandom(1);
  it.each([
    ['one node', randomStart(1, 1)],
    ['a square', randomStart(3000, 1)],
    ['heavy tails', randomStart(3000, 6).map((c) => c / (random() + 1e-4))],
    ['a line', randomStart(3000, 3).map((c, k) => (k % 2 === 0 ? c : 7))],
  ])('is Hilbert’s, over %s', async (_, positions) => {
    const { frame, order } = await gpuTree(positions, positions, false);
    const twin = twinFrame(positions);
    expect([frame[0], frame[1], frame[2]]).toEqual([twin.x, twin.y, twin.scale].map(Math.fround));
    expect(new Set(order).size).toBe(positions.length / 2);
    const keys = twinKeys(positions);
    const descents = order.filter((node, k) => k > 0 && keys[node] < keys[order[k - 1]]).length;
    // Rounding puts a node on the other side of a line of the grid now and then.
    expect(descents).toBeLessThanOrEqual(order.length / 300);
  });
});

describe('the tree', () => {
  it.each([
    [1, false],
    [8, false],
    [33, false],
    [257, true],
    [5000, false],
    [5000, true],
  ])('of %i nodes has the masses, radii and moments of its twin (sizes: %s)', async (count, adjustSizes) => {
    const start = randomStart(count, 2);
    const moved = start.map((coordinate, k) => coordinate + 5 * Math.sin(k));
    const { graph, levels, order, bodies, cells } = await gpuTree(start, moved, adjustSizes);
    const mass = new Float64Array(count).fill(1);
    for (const node of graph.edges) mass[node]++;
    order.forEach((node, k) => {
      const body = [moved[2 * node], moved[2 * node + 1], mass[node], adjustSizes ? 1 : 0];
      expect([...bodies.subarray(4 * k, 4 * k + 4)]).toEqual(body);
    });
    const twin = twinTree(bodies);
    expect(twin.map((level) => level.length)).toEqual(levels.map((level) => level.count));
    twin.forEach((level, l) => {
      level.forEach((cell, k) => {
        const at = 8 * (levels[l].first + k);
        const expected = [cell.x, cell.y, cell.radius, cell.mass, ...cell.a2, ...cell.a3];
        const scales = [1000, 1000, cell.radius, cell.mass, cell.mass, cell.mass, cell.mass, cell.mass];
        expected.forEach((value, field) => {
          expect(Math.abs(cells[at + field] - value)).toBeLessThanOrEqual(2e-4 * scales[field]);
        });
        expect(cells[at + 2]).toBeGreaterThanOrEqual(cell.radius * (1 - 1e-6));
      });
    });
  });
});
