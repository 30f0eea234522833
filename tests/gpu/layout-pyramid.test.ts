import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBuffers } from '../../engine/gpu/buffers.ts';
import { type OpenDevice, openDevice } from '../../engine/gpu/device.ts';
import { submit } from '../../engine/gpu/pass.ts';
import { powerLaw } from '../../engine/graph/generators.ts';
import type { Positions } from '../../engine/graph/packed-graph.ts';
import { createSpeed } from '../../engine/layout/cpu/speed.ts';
import { graphTables } from '../../engine/layout/gpu/graph-tables.ts';
import { createPyramid, deepest, firstCellOf, seriesSize } from '../../engine/layout/gpu/pyramid.ts';
import { packSettings } from '../../engine/layout/gpu/settings-table.ts';
import { createState, disposeState } from '../../engine/layout/gpu/state.ts';
import { createSurvey } from '../../engine/layout/gpu/survey.ts';
import { checkSettings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { testGpu } from '../support/gpu.ts';
import { errorsOf, exactRepulsion } from '../support/gpu-layout.ts';
import { twinPyramid, twinRepulsion } from '../support/pyramid.ts';
import { relativeL2 } from '../support/relative-error.ts';

const order = 4;

let opened: OpenDevice;
beforeAll(async () => {
  opened = await openDevice(await testGpu());
});
afterAll(() => opened.dispose());

/** Nodes of a power law at these positions on the GPU. */
function placed(positions: Positions) {
  const { device } = opened;
  const count = positions.length / 2;
  const graph = powerLaw({ nodes: count, links: 2, seed: 1 });
  const settings = checkSettings({ scalingRatio: 1 }, count);
  const state = createState(device, graphTables(graph, settings), positions, createSpeed());
  device.queue.writeBuffer(state.settings, 0, packSettings(count, settings, 1));
  const mass = new Float64Array(count).fill(1);
  for (const node of graph.edges) mass[node]++;
  return { device, count, graph, state, mass };
}

/** All that the pyramid's passes leave behind. */
async function gpuPyramid(positions: Positions, depth: number) {
  const { device, count, graph, state, mass } = placed(positions);
  const pyramid = await createPyramid(device, count, state);
  pyramid.deepen(depth);
  submit(device, 'pyramid', (encoder) => pyramid.encode(encoder));
  const { buffers } = pyramid;
  const cellCount = firstCellOf(depth + 1);
  const [grid, places, bodies, moments, locals, forces] = await readBuffers(device, [
    { buffer: buffers.grid, bytes: 12 },
    { buffer: buffers.order, bytes: 8 * count },
    { buffer: state.bodies, bytes: 16 * count },
    { buffer: buffers.moments, bytes: seriesSize * cellCount },
    { buffer: buffers.locals, bytes: seriesSize * cellCount },
    { buffer: state.forces, bytes: 16 * count },
  ]);
  opened.check();
  pyramid.dispose();
  disposeState(state);
  return {
    graph,
    mass,
    grid: new Float32Array(grid),
    places: new Uint32Array(places),
    bodies: new Float32Array(bodies),
    moments: new Float32Array(moments),
    locals: new Float32Array(locals),
    forces: new Float32Array(forces).filter((_, k) => k % 4 < 2),
  };
}

describe('the passes of the pyramid', () => {
  it.each([
    [1, 3],
    [3, 3],
    [257, 3],
    [2000, 4],
    [2000, 5],
    [2000, 6],
  ])('leave what their twin does, over %i nodes at depth %i', async (count, depth) => {
    const positions = randomStart(count, 7);
    const gpu = await gpuPyramid(positions, depth);
    const twin = twinPyramid(positions, gpu.mass, depth, order);
    expect([...gpu.grid]).toEqual([...twin.corner, expect.closeTo(twin.side, 3)]);

    const inOrder = twin.cells.flatMap((nodes, cell) => nodes.map((node) => [node, cell]));
    expect([...gpu.places]).toEqual(inOrder.flat());
    inOrder.forEach(([node], k) => {
      const body = [positions[2 * node], positions[2 * node + 1], gpu.mass[node], 1];
      expect([...gpu.bodies.subarray(4 * k, 4 * k + 4)]).toEqual(body);
    });

    const terms = 2 * (order + 1);
    for (let level = 2; level <= depth; level++) {
      const from = terms * firstCellOf(level);
      const to = terms * firstCellOf(level + 1);
      const moments = gpu.moments.subarray(from, to);
      expect(relativeL2(moments, twin.moments[level].flat(2))).toBeLessThan(1e-5);
      // Nothing is written where nobody is, and nothing read.
      const locals = gpu.locals.subarray(from, to).map((value, k) => (moments[k - (k % terms)] === 0 ? 0 : value));
      const truth = twin.locals[level].flat(2);
      if (truth.some((value) => value !== 0)) expect(relativeL2(locals, truth)).toBeLessThan(1e-4);
      else expect(locals.every((value) => value === 0)).toBe(true);
    }
    if (count > 1) expect(relativeL2(gpu.forces, twinRepulsion(twin, positions, gpu.mass))).toBeLessThan(1e-5);
  });

  it.each([
    [6000, 3],
    [6000, 7],
    [13_000, 8],
  ])('sum %i nodes to the exact forces at depth %i', async (count, depth) => {
    expect(deepest(count)).toBeGreaterThanOrEqual(depth);
    const positions = randomStart(count, 9);
    const gpu = await gpuPyramid(positions, depth);
    const { l2, median } = errorsOf(gpu.forces, exactRepulsion(gpu.graph, positions, 1, 50));
    expect(l2).toBeLessThan(1e-3);
    expect(median).toBeLessThan(1e-3);
  });
});

describe('a survey', () => {
  it.each([1, 300, 5000])('counts the pairs and cells of all depths, over %i nodes', async (count) => {
    const positions = randomStart(count, 2).map((coordinate, k) => (k % 7 < 2 ? coordinate / 50 : coordinate));
    const { device, state, mass } = placed(positions);
    const survey = await createSurvey(device, count, state);
    const found = await survey.take();
    expect(found.map(({ depth }) => depth)).toEqual(Array.from({ length: deepest(count) - 2 }, (_, k) => k + 3));
    for (const { depth, pairs, occupied, side } of found) {
      const twin = twinPyramid(positions, mass, depth, 0, depth + 1);
      expect(side / twin.side).toBeCloseTo(1, 5);
      const sizes = twin.cells.map((nodes) => nodes.length);
      expect(Math.abs(occupied - sizes.filter((size) => size > 0).length)).toBeLessThanOrEqual(count / 1000);
      const width = 2 ** depth;
      const near = (cell: number) => {
        let sum = 0;
        for (let y = -1; y <= 1; y++) {
          for (let x = -1; x <= 1; x++) {
            const [column, row] = [(cell % width) + x, Math.floor(cell / width) + y];
            if (column >= 0 && column < width && row >= 0 && row < width) sum += sizes[row * width + column];
          }
        }
        return sum;
      };
      const truth = sizes.reduce((sum, size, cell) => sum + (size === 0 ? 0 : size * near(cell)), 0);
      expect(Math.abs(pairs / truth - 1)).toBeLessThan(0.002);
    }
    survey.dispose();
    disposeState(state);
  });
});
