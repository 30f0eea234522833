import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenDevice, openDevice } from '../../engine/gpu/device.ts';
import { plantedPartition } from '../../engine/graph/generators.ts';
import type { Positions } from '../../engine/graph/packed-graph.ts';
import { createSpeed } from '../../engine/layout/cpu/speed.ts';
import { graphTables } from '../../engine/layout/gpu/graph-tables.ts';
import { chooseDepth, createMultipole } from '../../engine/layout/gpu/multipole.ts';
import { modeOf } from '../../engine/layout/gpu/repulsion.ts';
import { packSettings } from '../../engine/layout/gpu/settings-table.ts';
import { createState, disposeState } from '../../engine/layout/gpu/state.ts';
import { createLayout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import { checkSettings, type ForceAtlas2Settings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { testGpu } from '../support/gpu.ts';

let gpu: GPU;
let opened: OpenDevice;
beforeAll(async () => {
  gpu = await testGpu();
  opened = await openDevice(gpu);
});
afterAll(() => opened.dispose());

const count = 2000;
const graph = plantedPartition({ nodes: count, edges: 6000, blocks: 5, seed: 1 });
const spread = randomStart(count, 1);
/** All nodes but one in a thousandth of the square. */
const clump: Positions = spread.map((coordinate, k) => (k < 2 ? coordinate : coordinate * 1e-3));

describe('the choice between pyramid and tree', () => {
  it('follows the nodes from one review to the next, there and back', async () => {
    const { device, check } = opened;
    const settings = checkSettings({}, count);
    const state = createState(device, graphTables(graph, settings), spread, createSpeed());
    device.queue.writeBuffer(state.settings, 0, packSettings(count, settings, 1));
    const repulsion = await createMultipole(device, count, state);
    const ran: string[] = [];
    let iteration = 0;
    for (const positions of [spread, clump, clump, spread, spread, spread]) {
      device.queue.writeBuffer(state.positions, 0, new Float32Array(positions));
      await repulsion.review?.(iteration, 0);
      ran.push(repulsion.runs);
      iteration += repulsion.untilReview?.(iteration) ?? 0;
    }
    check();
    // What a review sees holds from the next one on.
    expect(ran).toEqual(['multipole', 'multipole', 'barnes-hut', 'barnes-hut', 'multipole', 'multipole']);
    repulsion.dispose();
    disposeState(state);
  });

  const crowding = (depth: number, pairs: number, side = 1) => ({ depth, pairs, side, occupied: 100 });
  it('takes the cheapest depth, and the tree where each costs more', () => {
    expect(chooseDepth([crowding(3, 9e5), crowding(4, 4e5), crowding(5, 3.95e5)], 1000, 0)).toBe(4);
    expect(chooseDepth([crowding(3, 9e5), crowding(4, 8e5)], 1000, 0)).toBeUndefined();
  });

  it('is not open to few nodes, nor where forces are to be finer than the pyramid’s', () => {
    const mode = (given: Partial<ForceAtlas2Settings>, nodes: number) =>
      modeOf(checkSettings({ repulsion: 'multipole', ...given }, nodes), nodes);
    expect(mode({}, 2000)).toBe('multipole');
    expect(mode({}, 1000)).toBe('exact');
    expect(mode({ barnesHutTheta: 0.5 }, 2000)).toBe('barnes-hut');
    expect(mode({ repulsion: 'exact' }, 2000)).toBe('exact');
  });

  it('stays with what runs unless something is clearly better', () => {
    const survey = [crowding(3, 4e5), crowding(4, 3.6e5)];
    expect(chooseDepth(survey, 1000, 0, { depth: 3 })).toBe(3);
    expect(chooseDepth(survey, 1000, 0)).toBe(4);
    expect(chooseDepth([crowding(3, 7e5)], 1000, 0)).toBe(3);
    expect(chooseDepth([crowding(3, 7e5)], 1000, 0, { depth: undefined })).toBeUndefined();
  });

  it('leaves cells wide enough for the largest nodes to stay among neighbours', () => {
    const survey = [crowding(3, 4e5, 8), crowding(4, 2e5, 4), crowding(5, 1e5, 2)];
    expect(chooseDepth(survey, 1000, 3)).toBe(4);
    expect(chooseDepth(survey, 1000, 9)).toBeUndefined();
  });
});

describe('a layout that wishes for multipoles', () => {
  const runOver = async (positions: Positions, gravity = 1) => {
    const plan = gephiPlan(graph, 40, { repulsion: 'multipole', gravity });
    const run = createLayout(graph, { plan, positions, gpu, device: 'gpu' });
    const first = await run.step(1);
    const last = await run.step(39);
    run.dispose();
    return [first.device.repulsion, last.device.repulsion];
  };

  it('says what it runs by', async () => {
    expect(await runOver(spread)).toEqual(['multipole', 'multipole']);
    expect((await runOver(clump))[0]).toBe('barnes-hut');
  });
});
