import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { type OpenDevice, openDevice } from '../../engine/gpu/device.ts';
import { plantedPartition } from '../../engine/graph/generators.ts';
import type { PackedGraph } from '../../engine/graph/packed-graph.ts';
import { createCpuRun } from '../../engine/layout/cpu/run.ts';
import { createSpeed } from '../../engine/layout/cpu/speed.ts';
import { createGpuRun } from '../../engine/layout/gpu/run.ts';
import type { Run } from '../../engine/layout/run.ts';
import { checkSettings, type ForceAtlas2Settings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { testGpu } from '../support/gpu.ts';
import { relativeL2 } from '../support/relative-error.ts';

let opened: OpenDevice;
beforeAll(async () => {
  opened = await openDevice(await testGpu());
});
afterAll(() => opened.dispose());

/** Clusters with a hub of many edges, a few nodes without any, random weights and sizes. */
function richGraph(): PackedGraph {
  const graph = plantedPartition({ nodes: 400, edges: 1600, blocks: 4, seed: 1, isolates: 5 });
  const random = createRandom(2);
  const edges = graph.edges.slice();
  for (let e = 0; e < 500; e++) edges[2 * e + (e % 2)] = 7;
  const column = { kind: 'number', type: 'float' } as const;
  const values = (length: number, most: number) => Float64Array.from({ length }, () => 0.1 + most * random());
  return {
    ...graph,
    edges,
    nodes: [{ ...column, name: 'size', title: 'size', role: 'size', values: values(graph.nodeCount, 4) }],
    edgeColumns: [{ ...column, name: 'weight', title: 'weight', role: 'weight', values: values(graph.edgeCount, 3) }],
  };
}

const graph = richGraph();
const start = { positions: randomStart(graph.nodeCount, 3), speed: createSpeed(), iteration: 0 };

async function advance(run: Run, iterations: number): Promise<void> {
  for (let made = 0; made < iterations; ) made += await run.advance(iterations - made);
}

/** Both runs' ways from the start and numbers, after so many iterations. */
async function both(settings: ForceAtlas2Settings, iterations: number, first?: ForceAtlas2Settings) {
  const runs = [
    createCpuRun(graph, start, first ?? settings),
    await createGpuRun(opened, graph, start, first ?? settings),
  ];
  return Promise.all(
    runs.map(async (run) => {
      if (first !== undefined) {
        await advance(run, 3);
        await run.enter(settings);
      }
      await advance(run, iterations);
      const { positions, speed } = await run.read();
      run.dispose();
      return { way: positions.map((coordinate, k) => coordinate - start.positions[k]), speed };
    }),
  );
}

const variants: Partial<ForceAtlas2Settings>[] = [
  {},
  { linLogMode: true },
  { adjustSizes: true },
  { outboundAttractionDistribution: true },
  { strongGravityMode: true, gravity: 0.05 },
  { gravity: 0, linLogMode: true, outboundAttractionDistribution: true },
];

describe('the momentum rule on the GPU', () => {
  it.each(variants)('moves nodes as the CPU does with %o', async (given) => {
    const settings = checkSettings({ rule: 'momentum', repulsion: 'exact', ...given }, graph.nodeCount);
    // Near the rim the force of a pair has no bound, and float32 rounds the gap.
    const tolerance = settings.adjustSizes ? 1e-2 : 1e-4;
    for (const iterations of [1, 6]) {
      const [onCpu, onGpu] = await both(settings, iterations);
      expect(relativeL2(onGpu.way, onCpu.way)).toBeLessThan(tolerance);
      for (const name of ['speed', 'swinging', 'traction'] as const) {
        expect(Math.abs(onGpu.speed[name] / onCpu.speed[name] - 1)).toBeLessThan(tolerance);
      }
    }
  });

  it('begins at rest after another rule', async () => {
    const gephi = checkSettings({ repulsion: 'exact' }, graph.nodeCount);
    const [onCpu, onGpu] = await both({ ...gephi, rule: 'momentum' }, 4, gephi);
    expect(relativeL2(onGpu.way, onCpu.way)).toBeLessThan(1e-3);
  });
});
