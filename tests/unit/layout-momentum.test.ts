import { describe, expect, it } from 'vitest';
import { mesh, plantedPartition, powerLaw, ringOfCliques, star, tree } from '../../engine/graph/generators.ts';
import type { PackedGraph } from '../../engine/graph/packed-graph.ts';
import { energyOf } from '../../engine/layout/energy.ts';
import { createLayout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import { checkSettings, type ForceAtlas2Settings } from '../../engine/layout/settings.ts';

const modes: [string, Partial<ForceAtlas2Settings>][] = [
  ['linear attraction', {}],
  ['LinLog', { linLogMode: true }],
  ['strong gravity', { strongGravityMode: true, gravity: 0.01 }],
  ['LinLog and strong gravity', { linLogMode: true, strongGravityMode: true, gravity: 1e-4 }],
  ['dissuaded hubs', { outboundAttractionDistribution: true }],
];
const graphs: [string, PackedGraph][] = [
  ['a mesh', mesh({ columns: 12, rows: 12 })],
  ['a tree', tree({ nodes: 200, children: 3 })],
  ['a star', star({ leaves: 200 })],
  ['a power law', powerLaw({ nodes: 200, links: 2, seed: 1 })],
  ['a planted partition', plantedPartition({ nodes: 200, edges: 900, blocks: 5, seed: 1 })],
  ['a ring of cliques', ringOfCliques({ cliques: 12, size: 12 })],
];

describe.each(modes)('momentum with %s', (_, given) => {
  it.each(graphs)(
    'brings %s to rest at no more energy than Gephi’s rule has after as many iterations',
    async (_, graph) => {
      const settings = { repulsion: 'exact', ...given } as const;
      const run = createLayout(graph, { plan: gephiPlan(graph, 1, { rule: 'momentum', ...settings }) });
      const early = await run.step(20);
      const late = await run.step(280);
      const positions = await run.read();
      expect(late.swinging).toBeLessThan(0.02 * early.swinging);
      const gephi = createLayout(graph, { plan: gephiPlan(graph, 1, settings) });
      await gephi.step(300);
      const energy = (at: Float32Array) => energyOf(graph, at, checkSettings(settings, graph.nodeCount)).total;
      const scale = Math.abs(energy(positions));
      expect(energy(positions)).toBeLessThan(energy(await gephi.read()) + 2e-3 * scale);
    },
  );
});
