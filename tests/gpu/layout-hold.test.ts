import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenDevice, openDevice } from '../../engine/gpu/device.ts';
import { extendGraph, keptNodes } from '../../engine/graph/edit.ts';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { createCpuRun } from '../../engine/layout/cpu/run.ts';
import { createSpeed } from '../../engine/layout/cpu/speed.ts';
import { createGpuRun } from '../../engine/layout/gpu/run.ts';
import type { Held } from '../../engine/layout/held.ts';
import { createLayout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import type { Run } from '../../engine/layout/run.ts';
import { checkSettings, type Repulsion, type Rule } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { placeOf } from '../support/displacement.ts';
import { sharedGpu, testGpu } from '../support/gpu.ts';
import { relativeL2 } from '../support/relative-error.ts';

let opened: OpenDevice;
beforeAll(async () => {
  opened = await openDevice(await testGpu());
});
afterAll(() => opened.dispose());

const graph = plantedPartition({ nodes: 400, edges: 1600, blocks: 4, seed: 1 });
const start = { positions: randomStart(400, 3), speed: createSpeed(), iteration: 0 };
const cold = { ...start, speed: { ...createSpeed(), speed: 0.01 } };

const heldAt = (nodes: number[], shift: number): Held => ({
  nodes: Uint32Array.from(nodes),
  places: Float32Array.from(
    nodes.flatMap((node) => [start.positions[2 * node] + shift, start.positions[2 * node + 1]]),
  ),
});
/** More than one workgroup has lanes. */
const many = heldAt(
  Array.from({ length: 100 }, (_, k) => 3 * k),
  0,
);

async function advance(run: Run, iterations: number): Promise<void> {
  for (let made = 0; made < iterations; ) made += await run.advance(iterations - made);
}

/** Free, one node held, others held elsewhere, moved, and let go. */
async function play(run: Run) {
  await advance(run, 2);
  run.hold(heldAt([7], 400));
  await advance(run, 2);
  run.hold(many);
  await advance(run, 2);
  run.hold(heldAt([7, 9], -300));
  const held = await run.read();
  await advance(run, 2);
  const { speed } = await run.read();
  run.hold(heldAt([], 0));
  await advance(run, 1);
  const { positions } = await run.read();
  run.dispose();
  return { way: positions.map((coordinate, k) => coordinate - start.positions[k]), held: held.positions, speed };
}

describe('held nodes on the GPU', () => {
  it.each([
    ['gephi', 'exact'],
    ['gephi', 'barnes-hut'],
    ['graphology', 'exact'],
    ['momentum', 'exact'],
    ['momentum', 'multipole'],
  ] as const satisfies readonly (readonly [Rule, Repulsion])[])(
    'stand and count as on the CPU under the rule of %s with repulsion %s',
    async (rule, repulsion) => {
      const settings = checkSettings({ rule, repulsion }, 400);
      const from = rule === 'momentum' ? cold : start;
      const onCpu = await play(createCpuRun(graph, from, settings));
      const onGpu = await play(await createGpuRun(opened, graph, from, settings));
      const tolerance = repulsion === 'exact' ? 1e-3 : 0.05;
      expect(relativeL2(onGpu.way, onCpu.way)).toBeLessThan(tolerance);
      for (const node of [7, 9]) expect(placeOf(onGpu.held, node)).toEqual(placeOf(onCpu.held, node));
      for (const name of ['speed', 'swinging', 'traction'] as const) {
        expect(Math.abs(onGpu.speed[name] / onCpu.speed[name] - 1)).toBeLessThan(tolerance);
      }
    },
  );

  it('leave nothing to measure where all are held', async () => {
    for (const rule of ['gephi', 'momentum'] as const) {
      const run = await createGpuRun(opened, graph, start, checkSettings({ rule, repulsion: 'exact' }, 400));
      await advance(run, 1);
      const free = (await run.read()).speed.traction;
      run.hold(
        heldAt(
          Array.from({ length: 400 }, (_, node) => node),
          0,
        ),
      );
      await advance(run, 3);
      const { positions, speed } = await run.read();
      expect(positions).toEqual(start.positions);
      expect(Math.abs(speed.traction)).toBeLessThan(1e-5 * free);
      expect(Number.isFinite(speed.speed) && speed.speed > 0).toBe(true);
      run.dispose();
    }
  });

  it('stay held, and the layout goes on, with a changed graph', async () => {
    const gpu = await sharedGpu();
    const run = createLayout(graph, { plan: gephiPlan(graph, 100, { rule: 'gephi' }), gpu, device: 'gpu' });
    await run.step(5);
    await run.hold(new Map([[12, [300, 200]]]));
    const before = await run.read();
    expect(placeOf(before, 12)).toEqual([300, 200]);
    const more = extendGraph(graph, { nodes: ['new'], edges: [['new', graph.ids[3]]] });
    await run.change(more, keptNodes(graph, more));
    expect((await run.read()).subarray(0, 800)).toEqual(before);
    expect(await run.step(5)).toMatchObject({ iteration: 10, device: { kind: 'gpu' } });
    const after = await run.read();
    expect(placeOf(after, 12)).toEqual([300, 200]);
    expect(after.length).toBe(802);
    expect(after.subarray(0, 800)).not.toEqual(before);
    run.dispose();
  });
});
