import { describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { mesh, plantedPartition, powerLaw, star, tree } from '../../engine/graph/generators.ts';
import type { PackedGraph } from '../../engine/graph/packed-graph.ts';
import { createBodies, massesInto } from '../../engine/layout/cpu/bodies.ts';
import { createSprings } from '../../engine/layout/cpu/springs.ts';
import { energyOf } from '../../engine/layout/energy.ts';
import { layout } from '../../engine/layout/layout.ts';
import { hierarchyOf } from '../../engine/layout/multilevel/hierarchy.ts';
import { levelOf } from '../../engine/layout/multilevel/level.ts';
import { multilevelStart } from '../../engine/layout/multilevel/start.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import { fitScale } from '../../engine/layout/scale.ts';
import { checkSettings, type ForceAtlas2Settings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';

const graphs: [string, PackedGraph][] = [
  ['a mesh', mesh({ columns: 20, rows: 20 })],
  ['a tree', tree({ nodes: 400, children: 3 })],
  ['a star', star({ leaves: 400 })],
  ['a power law', powerLaw({ nodes: 400, links: 2, seed: 1 })],
  ['a planted partition', plantedPartition({ nodes: 400, edges: 1800, blocks: 12, seed: 1 })],
  ['lone nodes', mesh({ columns: 3, rows: 3, isolates: 900 })],
];
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

describe('the levels of a graph', () => {
  it.each(graphs)('of %s shrink fast and keep all masses and the pulls between groups', (_, graph) => {
    const { levels, groups } = hierarchyOf(levelOf(graph, checkSettings({}, graph.nodeCount)), createRandom(1));
    expect(levels[levels.length - 1].count).toBeLessThanOrEqual(20);
    expect(sum(levels.slice(1).map(({ count }) => count))).toBeLessThan(1.5 * graph.nodeCount);
    groups.forEach(({ of, count }, depth) => {
      const [fine, coarse] = [levels[depth], levels[depth + 1]];
      expect(coarse.count).toBe(count);
      expect(new Set(of).size).toBe(count);
      expect(sum(coarse.mass)).toBeCloseTo(sum(fine.mass), 6);
      let between = 0;
      for (let i = 0; i < fine.count; i++) {
        for (let k = fine.offsets[i]; k < fine.offsets[i + 1]; k++) {
          if (of[i] !== of[fine.targets[k]]) between += fine.pulls[k];
        }
      }
      expect(sum(coarse.pulls)).toBeCloseTo(between, 6);
    });
  });

  it('have the strengths of dissuaded hubs in their pulls', () => {
    const graph = star({ leaves: 4 });
    const settings = checkSettings({ outboundAttractionDistribution: true }, 5);
    const [finest] = hierarchyOf(levelOf(graph, settings), createRandom(1)).levels;
    // Masses 5, 2, 2, 2, 2; every edge begins at the hub.
    expect([...finest.pulls]).toEqual(Array.from({ length: 8 }, () => 13 / 5 / 5));
  });
});

describe('a multilevel start', () => {
  it.each(graphs.slice(0, 5))(
    'for %s is with 20 iterations below 100 of Gephi’s rule from a random one',
    async (_, graph) => {
      const settings = checkSettings({ repulsion: 'exact' }, graph.nodeCount);
      const energy = (positions: Float32Array) => energyOf(graph, positions, settings).total;
      const { positions } = await multilevelStart(graph, settings, 1);
      const ours = await layout(graph, { plan: gephiPlan(graph, 20, { repulsion: 'exact', rule: 'momentum' }) });
      const theirs = await layout(graph, { plan: gephiPlan(graph, 100, { repulsion: 'exact' }) });
      expect(energy(ours.positions)).toBeLessThan(energy(theirs.positions));
      expect((await multilevelStart(graph, settings, 1)).positions).toEqual(positions);
      expect((await multilevelStart(graph, settings, 2)).positions).not.toEqual(positions);
    },
  );

  it('stops when its signal fires', async () => {
    const graph = mesh({ columns: 100, rows: 100 });
    const start = multilevelStart(graph, checkSettings({}, graph.nodeCount), 1, AbortSignal.abort());
    await expect(start).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the scale of least energy', () => {
  it.each<[string, Partial<ForceAtlas2Settings>]>([
    ['linear attraction', {}],
    ['strong gravity', { strongGravityMode: true, gravity: 0.1 }],
    ['LinLog', { linLogMode: true }],
    ['LinLog and strong gravity', { linLogMode: true, strongGravityMode: true, gravity: 0.01 }],
    ['dissuaded hubs', { outboundAttractionDistribution: true }],
  ])('is found with %s, about the centre of mass', (_, given) => {
    const graph = powerLaw({ nodes: 150, links: 2, seed: 1 });
    const settings = checkSettings(given, 150);
    const bodies = createBodies(graph, randomStart(150, 3));
    massesInto(bodies.mass, graph, 'gephi');
    fitScale(bodies, createSprings(graph, settings), settings);
    expect(sum(bodies.mass.map((m, i) => m * bodies.places[2 * i]))).toBeCloseTo(0, 3);
    const energyAt = (scale: number) =>
      energyOf(
        graph,
        Float32Array.from(bodies.places, (coordinate) => scale * coordinate),
        settings,
      ).total;
    expect(energyAt(1)).toBeLessThan(energyAt(0.97));
    expect(energyAt(1)).toBeLessThan(energyAt(1.03));
  });
});
