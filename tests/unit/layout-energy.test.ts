import { describe, expect, it } from 'vitest';
import { mesh, plantedPartition } from '../../engine/graph/generators.ts';
import { pack } from '../../engine/graph/packed-graph.ts';
import { energyOf } from '../../engine/layout/energy.ts';
import { layout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import { checkSettings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { referenceNodes, referenceStep } from '../support/forceatlas2.ts';

describe('the energy', () => {
  it('is that of two nodes by hand', () => {
    const two = pack({ ids: ['a', 'b'], edges: Uint32Array.of(0, 1) });
    const positions = Float32Array.of(3, 0, 0, 4);
    const settings = checkSettings({ scalingRatio: 3, gravity: 0.5 }, 2);
    const plain = energyOf(two, positions, settings);
    expect(plain.attraction).toBeCloseTo(12.5, 12);
    expect(plain.gravity).toBeCloseTo(0.5 * 2 * (3 + 4), 12);
    expect(plain.repulsion).toBeCloseTo(-3 * 4 * Math.log(5), 12);
    expect(plain.total).toBeCloseTo(plain.attraction + plain.gravity + plain.repulsion, 12);
    const strong = energyOf(two, positions, { ...settings, strongGravityMode: true, linLogMode: true });
    expect(strong.gravity).toBeCloseTo((0.5 * 2 * (9 + 16)) / 2, 12);
    expect(strong.attraction).toBeCloseTo(6 * Math.log(6) - 5, 12);
  });

  it.each([{}, { linLogMode: true, outboundAttractionDistribution: true, strongGravityMode: true }])(
    'falls along the force by as much as the force says: %o',
    (overrides) => {
      const graph = plantedPartition({ nodes: 40, edges: 90, blocks: 4, seed: 1 });
      const settings = checkSettings(overrides, 40);
      const positions = randomStart(40, 1);
      const edges = Array.from({ length: graph.edgeCount }, (_, e) => ({
        source: graph.edges[2 * e],
        target: graph.edges[2 * e + 1],
        weight: 1,
      }));
      const nodes = referenceNodes(positions, new Float64Array(40), edges);
      referenceStep(nodes, edges, settings, { speed: 1, efficiency: 1 });
      const energyAt = (way: number) => {
        const moved = positions.slice();
        moved[0] += way;
        return energyOf(graph, moved, settings).total;
      };
      const slope = (energyAt(0.25) - energyAt(-0.25)) / 0.5;
      expect(-slope / nodes[0].force[0]).toBeCloseTo(1, 3);
    },
  );

  it('is estimated by a sample', () => {
    const graph = plantedPartition({ nodes: 3000, edges: 9000, blocks: 10, seed: 1 });
    const positions = randomStart(3000, 1);
    const settings = checkSettings({}, 3000);
    const exact = energyOf(graph, positions, settings);
    const sampled = energyOf(graph, positions, settings, { exactNodes: 100 });
    expect([exact.sampledNodes, sampled.sampledNodes]).toEqual([3000, 2000]);
    expect(Math.abs(sampled.repulsion / exact.repulsion - 1)).toBeLessThan(0.002);
    expect(sampled.repulsion).not.toBe(exact.repulsion);
    expect(sampled.attraction).toBe(exact.attraction);
  });

  it('falls as a layout goes on', async () => {
    const graph = mesh({ columns: 20, rows: 15 });
    const plan = gephiPlan(graph, 20);
    const { positions } = await layout(graph, { plan });
    const [{ settings }] = plan;
    const later = energyOf(graph, positions, settings).total;
    expect(later).toBeLessThan(energyOf(graph, randomStart(300, 1), settings).total);
  });
});
