import { describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { componentGraphs, componentsOf } from '../../engine/graph/components.ts';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { createLayout, layout } from '../../engine/layout/layout.ts';
import { type Disc, packDiscs } from '../../engine/layout/pack-discs.ts';
import { packPieces } from '../../engine/layout/pack-pieces.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';

const discsOf = (radii: readonly number[]): Disc[] => radii.map((radius) => ({ x: 0, y: 0, radius }));

describe('packed discs', () => {
  const random = createRandom(1);
  it.each([
    ['one', [3]],
    ['two', [3, 2]],
    ['three', [3, 2, 1]],
    ['equal ones', Array.from({ length: 300 }, () => 1)],
    ['a giant and crumbs', [100, ...Array.from({ length: 300 }, () => 1)]],
    ['random ones', Array.from({ length: 400 }, () => 0.1 + random() ** 4 * 10).sort((a, b) => b - a)],
  ])('do not overlap and lie close: %s', (_, radii) => {
    const discs = discsOf(radii);
    packDiscs(discs);
    let deepest = 0;
    discs.forEach((a, i) => {
      for (const b of discs.slice(i + 1)) {
        deepest = Math.max(deepest, 1 - Math.hypot(a.x - b.x, a.y - b.y) / (a.radius + b.radius));
      }
    });
    expect(deepest).toBeLessThan(1e-5);
    const reach = Math.max(...discs.map(({ x, y, radius }) => Math.hypot(x, y) + radius));
    const filled = radii.reduce((sum, radius) => sum + radius ** 2, 0) / reach ** 2;
    expect(filled).toBeGreaterThan(radii.length === 2 ? 0.2 : radii.length === 3 ? 0.25 : 0.6);
    expect(discs[0]).toMatchObject({ x: 0, y: 0 });
  });
});

describe('components', () => {
  const graph = plantedPartition({ nodes: 90, edges: 400, blocks: 6, mixing: 0, seed: 1, isolates: 20 });

  it('are graphs of their own with all nodes and edges', () => {
    const components = componentsOf(graph);
    const parts = componentGraphs(graph, components);
    expect(components.count).toBe(26);
    expect(
      parts
        .map(({ nodes }) => nodes.length)
        .sort((a, b) => b - a)
        .slice(0, 7),
    ).toEqual([15, 15, 15, 15, 15, 15, 1]);
    expect(parts.reduce((sum, part) => sum + part.graph.edgeCount, 0)).toBe(400);
    expect(parts.flatMap(({ nodes }) => nodes).sort((a, b) => a - b)).toEqual(Array.from({ length: 110 }, (_, i) => i));
    for (const { nodes, graph: part } of parts) expect(part.ids).toEqual(nodes.map((i) => graph.ids[i]));
  });

  it('lie apart, those without an edge on rings around the others', async () => {
    const { positions, stopped } = await layout(graph);
    expect(stopped).toBe('converged');
    const { of } = componentsOf(graph);
    const radiusOf = (i: number) => Math.hypot(positions[2 * i], positions[2 * i + 1]);
    const widest = Math.max(...Array.from({ length: 90 }, (_, i) => radiusOf(i)));
    for (let i = 90; i < 110; i++) expect(radiusOf(i)).toBeGreaterThan(widest);
    expect(Math.max(...Array.from({ length: 20 }, (_, i) => radiusOf(90 + i)))).toBeLessThan(2 * widest);
    const distance = (i: number, j: number) =>
      Math.hypot(positions[2 * i] - positions[2 * j], positions[2 * i + 1] - positions[2 * j + 1]);
    let nearestForeign = Infinity;
    let farthestOwn = 0;
    for (let i = 0; i < 90; i++) {
      for (let j = 0; j < i; j++) {
        if (of[i] === of[j]) farthestOwn = Math.max(farthestOwn, distance(i, j));
        else nearestForeign = Math.min(nearestForeign, distance(i, j));
      }
    }
    expect(nearestForeign).toBeGreaterThan(0.05 * farthestOwn);
  });

  it('are each what they are alone', async () => {
    const run = createLayout(graph);
    await run.step(1000);
    const positions = await run.read();
    const [{ nodes, graph: part }] = componentGraphs(graph, componentsOf(graph));
    const alone = await layout(part, { plan: gephiPlan(graph) });
    const shift = [0, 1].map((axis) => positions[2 * nodes[0] + axis] - alone.positions[axis]);
    nodes.forEach((node, i) => {
      for (const axis of [0, 1]) {
        expect(Math.abs(positions[2 * node + axis] - alone.positions[2 * i + axis] - shift[axis])).toBeLessThan(0.01);
      }
    });
  });

  it('stay together where that is asked for, and under the rules of others', async () => {
    const iterations = 40;
    const momentum = gephiPlan(graph, iterations, { rule: 'momentum' });
    const together = await layout(graph, { plan: momentum, components: 'together', start: 'random' });
    const packed = await layout(graph, { plan: momentum, start: 'random' });
    expect(together.positions).not.toEqual(packed.positions);
    const plan = gephiPlan(graph, iterations);
    const gephi = await layout(graph, { plan });
    expect((await layout(graph, { plan, components: 'together', start: 'random' })).positions).toEqual(gephi.positions);
  });

  it('pack to nothing, or to rings alone', () => {
    expect(packPieces([], 0, 1)).toEqual(new Float64Array(0));
    const rings = packPieces([], 50, 2);
    const radii = Array.from({ length: 50 }, (_, i) => Math.hypot(rings[2 * i], rings[2 * i + 1]));
    expect(Math.max(...radii)).toBeLessThan(2 * Math.sqrt(50));
    expect(new Set(radii.map((radius) => radius.toFixed(3))).size).toBeLessThan(6);
  });
});
