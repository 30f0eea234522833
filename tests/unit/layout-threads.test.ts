import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mesh, plantedPartition } from '../../engine/graph/generators.ts';
import { createNodeEngine } from '../../engine/hosts/node-engine.ts';
import { createForces } from '../../engine/layout/cpu/multipole/forces.ts';
import { job } from '../../engine/layout/cpu/multipole/jobs.ts';
import { enterRoom, type Room } from '../../engine/layout/cpu/multipole/room.ts';
import { beginJob } from '../../engine/layout/cpu/multipole/team.ts';
import { createSprings } from '../../engine/layout/cpu/springs.ts';
import type { ThreadStart } from '../../engine/layout/cpu/threads.ts';
import { layout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import { defaultSettings, type ForceAtlas2Settings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { buildNodeWorker } from '../support/node-worker.ts';
import { bodiesAt } from '../support/repulsion-cases.ts';

const graph = plantedPartition({ nodes: 4000, edges: 12_000, blocks: 8, seed: 1 });

describe('threads', () => {
  let url = new URL('file:///');
  let remove = async () => {};
  beforeAll(async () => {
    ({ url, remove } = await buildNodeWorker());
  });
  afterAll(() => remove());

  it.each<[string, Partial<ForceAtlas2Settings>]>([
    ['linear attraction', {}],
    ['LinLog', { linLogMode: true }],
    ['sizes', { adjustSizes: true }],
  ])('give the same positions, bit for bit, however many there are: %s', async (_, overrides) => {
    const plan = gephiPlan(graph, 20, overrides);
    const alone = await layout(graph, { plan });
    expect(alone.device.name).toBe('CPU, one thread, WASM');
    const engine = createNodeEngine(url);
    for (const threads of [2, 3]) {
      const shared = await engine.layout(graph, { plan, threads });
      expect(shared.device.name).toBe(`CPU, ${threads} threads, WASM`);
      expect(shared.positions).toEqual(alone.positions);
    }
    engine.dispose();
  });

  it('bring a layout to rest after the same iterations, for the same reason and at the same places, however many there are', async () => {
    const mesh3000 = mesh({ columns: 60, rows: 50 });
    const { positions, iterations, stopped } = await layout(mesh3000);
    expect(stopped).toBe('converged');
    const engine = createNodeEngine(url);
    for (const threads of [2, 3]) {
      const shared = await engine.layout(mesh3000, { threads });
      expect(shared.device.name).toBe(`CPU, ${threads} threads, WASM`);
      expect(shared).toMatchObject({ iterations, stopped });
      expect(shared.positions).toEqual(positions);
    }
    engine.dispose();
  });

  it('take tasks: one that helps does all of a job that the first leaves alone', async () => {
    const settings = defaultSettings(graph.nodeCount);
    const bodies = bodiesAt(graph, randomStart(graph.nodeCount, 1));
    const springs = createSprings(graph, settings);
    const rooms: Room[] = [];
    const open = (forces: ThreadStart) => {
      rooms.push(forces.room);
      const worker = new Worker(url, { workerData: { forces } });
      return () => void worker.terminate();
    };
    const forces = createForces(bodies.count, springs, { threads: 2, host: { available: 2, open } });
    forces.load({ springs, settings });
    forces.sumInto(bodies, settings);
    const { tables, perform } = enterRoom(rooms[0], 0);
    const tasks = tables.chunks.indexOf(graph.nodeCount);
    expect(tasks).toBeGreaterThan(4);
    for (let task = 0; task < tasks; task++) perform(job.attract, task);
    const attraction = tables.forces.slice();
    tables.forces.fill(0);
    beginJob(tables.control, job.attract, tasks);
    await vi.waitFor(() => expect(tables.forces).toEqual(attraction), { timeout: 250_000 });
    forces.dispose();
  });

  it('are one where nobody opens more, where the graph is small, and where repulsion is not by multipoles', async () => {
    const engine = createNodeEngine(url);
    const nameOf = async (overrides: Partial<ForceAtlas2Settings>, threads?: number) =>
      (await engine.layout(graph, { plan: gephiPlan(graph, 1, overrides), threads })).device.name;
    expect(await nameOf({})).toBe('CPU, one thread, WASM');
    expect(await nameOf({ repulsion: 'barnes-hut' }, 2)).toBe('CPU, one thread');
    engine.dispose();
    const { device } = await layout(graph, { plan: gephiPlan(graph, 1), threads: 4 });
    expect(device.name).toBe('CPU, one thread, WASM');
    await expect(layout(graph, { threads: 0 })).rejects.toMatchObject({
      name: 'UsageError',
      message: 'Threads are a whole number from 1 to 256, but 0 came.',
    });
  });
});
