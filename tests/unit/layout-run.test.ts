import { describe, expect, it } from 'vitest';
import type { Progress } from '../../engine/base/progress.ts';
import { mesh, plantedPartition, ringOfCliques, star } from '../../engine/graph/generators.ts';
import { type PackedGraph, type Positions, pack } from '../../engine/graph/packed-graph.ts';
import { createLayout, layout } from '../../engine/layout/layout.ts';
import { gephiPlan, mapPlan, plannedIterations } from '../../engine/layout/plan.ts';
import { checkSettings, defaultSettings } from '../../engine/layout/settings.ts';
import { partedStart, randomStart } from '../../engine/layout/start.ts';

const blocks = 20;
const graph = plantedPartition({ nodes: 1200, edges: 7000, blocks, seed: 1 });

describe('a layout', () => {
  it.each(['exact', 'barnes-hut'] as const)(
    'is the same, bit for bit, in whatever steps it is made (%s)',
    async (repulsion) => {
      const plan = [
        { name: 'first', iterations: 7, settings: checkSettings({ repulsion }, 1200) },
        { name: 'second', iterations: 9, settings: checkSettings({ repulsion, linLogMode: true }, 1200) },
      ];
      const { positions } = await layout(graph, { plan, seed: 5 });
      const run = createLayout(graph, { plan, seed: 5 });
      const phases: string[] = [];
      for (const iterations of [1, 5, 3, 7]) phases.push((await run.step(iterations)).phase);
      expect(phases).toEqual(['first', 'first', 'second', 'second']);
      expect(await run.read()).toEqual(positions);
      expect((await layout(graph, { plan, seed: 6 })).positions).not.toEqual(positions);
    },
  );

  it('goes on in the last phase beyond its plan', async () => {
    const run = createLayout(graph, { plan: gephiPlan(graph, 2) });
    expect(await run.step(5)).toMatchObject({ iteration: 5, iterations: 2, phase: 'ForceAtlas2' });
  });

  it('reports how it went', async () => {
    const plan = gephiPlan(graph, 3);
    const news: Progress[] = [];
    const result = await layout(graph, { plan, seed: 2, onProgress: (progress) => news.push(progress) });
    expect(result).toMatchObject({ iterations: 3, seed: 2, plan, device: { kind: 'cpu' } });
    expect(result.positions).toBeInstanceOf(Float32Array);
    expect(news.at(-1)).toEqual({ stage: 'layout', done: 3, total: 3 });
    const step = await createLayout(graph, { plan }).step(3);
    expect(step.speed).toBeGreaterThan(0);
    expect(step.swinging).toBeGreaterThan(0);
    expect(step.traction).toBeGreaterThan(0);
  });

  it('stops in the middle when its signal fires, and stands where it stopped', async () => {
    const controller = new AbortController();
    const run = createLayout(graph, {
      plan: gephiPlan(graph, 1_000_000),
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(run.step(1_000_000)).rejects.toMatchObject({ name: 'AbortError' });
    const positions = await run.read();
    expect(positions.every(Number.isFinite)).toBe(true);
    expect(positions).not.toEqual(randomStart(1200, 1));
    await expect(layout(graph, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each([
    ['no node', mesh({ columns: 0, rows: 0 })],
    ['one node', mesh({ columns: 1, rows: 1 })],
    ['two nodes', mesh({ columns: 2, rows: 1 })],
    ['a self-loop', pack({ ids: ['a', 'b'], edges: Uint32Array.of(0, 0, 0, 1) })],
    ['isolated nodes', mesh({ columns: 0, rows: 0, isolates: 1100 })],
    ['a star', star({ leaves: 1100 })],
  ])('has finite positions for %s under every rule and plan', async (_, given) => {
    const plans = [
      gephiPlan(given, 30),
      gephiPlan(given, 30, { rule: 'graphology' }),
      gephiPlan(given, 30, { rule: 'momentum' }),
      gephiPlan(given, 30, { rule: 'momentum', adjustSizes: true }),
      gephiPlan(given, 30, { adjustSizes: true, repulsion: 'barnes-hut' }),
      mapPlan(given, 30),
    ];
    for (const plan of plans) {
      for (const positions of [undefined, new Float32Array(2 * given.nodeCount)]) {
        const result = await layout(given, { plan, positions });
        expect(result.positions.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('refuses what makes no sense in a sentence', () => {
    expect(() => createLayout(graph, { plan: [] })).toThrow('A layout plan has at least one phase, but it was empty.');
    expect(() => createLayout(graph, { plan: gephiPlan(graph, -1) })).toThrow('"ForceAtlas2" has -1 iterations');
    expect(() => createLayout(graph, { seed: Number.NaN })).toThrow('The seed is a whole number, but it was NaN.');
  });

  it('takes a negative weight for none, whatever the influence', async () => {
    const graphOf = (weight: number) =>
      pack({
        ids: ['a', 'b', 'c'],
        edges: Uint32Array.of(0, 1, 1, 2),
        edgeColumns: [
          { kind: 'number', name: 'w', title: 'w', type: 'double', role: 'weight', values: Float64Array.of(weight, 1) },
        ],
      });
    for (const edgeWeightInfluence of [0.5, 1]) {
      const [negative, none] = await Promise.all(
        [-2, 0].map((weight) =>
          layout(graphOf(weight), { plan: gephiPlan(graphOf(weight), 50, { edgeWeightInfluence }) }),
        ),
      );
      expect(negative.positions).toEqual(none.positions);
    }
  });
});

describe('a start', () => {
  it('is a seeded square', () => {
    const positions = randomStart(500, 7);
    expect(positions).toEqual(randomStart(500, 7));
    expect(positions).not.toEqual(randomStart(500, 8));
    expect(positions.every((coordinate) => Math.abs(coordinate) <= 500)).toBe(true);
  });

  it('keeps given positions, but parts nodes in one place', () => {
    const three = mesh({ columns: 3, rows: 1 });
    const apart = Float32Array.of(1, 2, 3, 4, 1, 4);
    expect(partedStart(three, apart, 1)).toEqual(apart);
    const parted = partedStart(three, Float32Array.of(1, 2, 1, 2, 1, 2), 1);
    expect([...parted.subarray(0, 2)]).toEqual([1, 2]);
    expect(new Set([parted[0], parted[2], parted[4]]).size).toBe(3);
    for (const coordinate of parted) expect(Math.abs(coordinate - 1.5)).toBeLessThan(0.51);
  });

  it('refuses positions that do not fit', () => {
    const two = mesh({ columns: 2, rows: 1 });
    expect(() => partedStart(two, Float32Array.of(1, 2), 1)).toThrow('Expected 4 start coordinates for 2 nodes');
    expect(() => partedStart(two, Float32Array.of(1, 2, 3, Number.NaN), 1)).toThrow(
      'position of node 1 is not a finite',
    );
  });
});

/** Mean distance of nodes to their block's centre, over that to the map's centre. */
function blockSpread(positions: Positions): number {
  const members = (keep: (node: number) => boolean) => {
    const nodes = Array.from({ length: 1200 }, (_, i) => i).filter(keep);
    const mean = (axis: number) => nodes.reduce((sum, i) => sum + positions[2 * i + axis], 0) / nodes.length;
    const [x, y] = [mean(0), mean(1)];
    return nodes.reduce((sum, i) => sum + Math.hypot(positions[2 * i] - x, positions[2 * i + 1] - y), 0);
  };
  const within = Array.from({ length: blocks }, (_, block) => members((i) => i % blocks === block));
  return within.reduce((sum, part) => sum + part, 0) / members(() => true);
}

/** The largest distance from the middle over that of 99.5 % of the nodes. */
function outlying(positions: Positions): number {
  const radii = Float64Array.from({ length: positions.length / 2 }, (_, i) =>
    Math.hypot(positions[2 * i], positions[2 * i + 1]),
  ).sort();
  return radii[radii.length - 1] / radii[Math.floor(0.995 * (radii.length - 1))];
}

describe('the plan for a map', () => {
  it('sets clusters apart more than plain ForceAtlas2 does', async () => {
    const plain = await layout(graph, { plan: gephiPlan(graph, 200) });
    const map = await layout(graph, { plan: mapPlan(graph, 200) });
    expect(blockSpread(map.positions)).toBeLessThan(0.8 * blockSpread(plain.positions));
  });

  it.each<[string, PackedGraph]>([
    ['isolated nodes', plantedPartition({ nodes: 1000, edges: 6000, blocks, seed: 1, isolates: 5 })],
    ['many components', plantedPartition({ nodes: 900, edges: 4000, blocks: 30, mixing: 0, seed: 1 })],
    ['a ring of cliques', ringOfCliques({ cliques: 30, size: 10 })],
  ])('keeps %s on the sheet', async (_, given) => {
    const { positions } = await layout(given, { plan: mapPlan(given, 300) });
    expect(outlying(positions)).toBeLessThan(1.3);
  });

  it('takes overrides in both phases, and a gravity in the meaning that Gephi gives it', () => {
    const plan = mapPlan(graph, 90, { gravity: 0.5, linLogMode: false, scalingRatio: 7 });
    expect(plan.map(({ name, iterations }) => [name, iterations])).toEqual([
      ['plain', 30],
      ['LinLog', 60],
    ]);
    for (const { settings } of plan) {
      expect(settings).toMatchObject({ gravity: 0.5, strongGravityMode: false, linLogMode: false, scalingRatio: 7 });
    }
  });

  it('plans fewer iterations for larger graphs under a rule that never comes to rest', () => {
    const planned = [100, 40_000, 1_000_000].map((isolates) =>
      plannedIterations(mapPlan(mesh({ columns: 0, rows: 0, isolates }), undefined, { rule: 'gephi' })),
    );
    expect(planned).toEqual([800, 400, 200]);
  });
});

describe('settings', () => {
  it("are Gephi's by default, or graphology's", () => {
    expect(defaultSettings(99)).toMatchObject({
      scalingRatio: 10,
      repulsion: 'exact',
      barnesHutTheta: 1.2,
      gravity: 1,
    });
    expect(defaultSettings(1000)).toMatchObject({ scalingRatio: 2, repulsion: 'multipole', jitterTolerance: 1 });
    expect(checkSettings({ rule: 'graphology' }, 50)).toMatchObject({ scalingRatio: 1, barnesHutTheta: 0.5 });
    expect(checkSettings({ gravity: undefined } as object, 50).gravity).toBe(1);
  });

  it.each([
    [{ scalingRatio: 0 }, 'The setting scalingRatio is a number above 0, but it was 0.'],
    [{ gravity: -1 }, 'The setting gravity is a number of 0 or more, but it was -1.'],
    [{ barnesHutTheta: Number.NaN }, 'The setting barnesHutTheta is a number of 0 or more, but it was NaN.'],
    [{ linLogMode: 'yes' }, 'The setting linLogMode is true or false, but it was yes.'],
    [{ repulsion: 'magic' }, 'The setting repulsion is exact or barnes-hut or multipole, but it was magic.'],
    [{ rule: 'mine' }, 'The setting rule is gephi or graphology or momentum, but it was mine.'],
    [{ gravitas: 1 }, 'There is no setting "gravitas" of ForceAtlas2'],
  ])('are refused by name, range and value: %j', (settings, message) => {
    expect(() => checkSettings(settings as object, 100)).toThrow(message);
  });
});
