import { describe, expect, it } from 'vitest';
import { mesh, plantedPartition, powerLaw, ringOfCliques, star, tree } from '../../engine/graph/generators.ts';
import type { PackedGraph } from '../../engine/graph/packed-graph.ts';
import { massesInto } from '../../engine/layout/cpu/bodies.ts';
import { createSpeed } from '../../engine/layout/cpu/speed.ts';
import { energyOf } from '../../engine/layout/energy.ts';
import { createLayout, layout } from '../../engine/layout/layout.ts';
import { gephiPlan, mapPlan } from '../../engine/layout/plan.ts';
import { pairEnergy } from '../../engine/layout/scale.ts';
import { createStop } from '../../engine/layout/stop.ts';

const graph = plantedPartition({ nodes: 300, edges: 1500, blocks: 6, seed: 1 });

describe('a layout that stops by itself', () => {
  it.each<[string, PackedGraph]>([
    ['a mesh', mesh({ columns: 15, rows: 15 })],
    ['a tree', tree({ nodes: 250, children: 2 })],
    ['a star', star({ leaves: 250 })],
    ['a power law', powerLaw({ nodes: 250, links: 2, seed: 1 })],
    ['a ring of cliques', ringOfCliques({ cliques: 20, size: 10 })],
    ['a planted partition', graph],
  ])('ends %s near the least energy, which 400 iterations more do not lower much', async (_, given) => {
    const plan = gephiPlan(given);
    const run = createLayout(given, { plan });
    const step = await run.step(1000);
    expect(step).toMatchObject({ stopped: 'converged', iterations: 1000 });
    expect(step.iteration).toBeLessThan(250);
    const energy = async () => energyOf(given, await run.read(), plan[0].settings).total;
    const early = await energy();
    expect((await run.step(400)).iteration).toBe(step.iteration + 400);
    const mass = massesInto(new Float64Array(given.nodeCount), given, 'gephi');
    expect(early - (await energy())).toBeLessThan(0.03 * pairEnergy(mass, plan[0].settings));
  });

  it('stops at the same iteration, bit for bit, in whatever steps', async () => {
    const whole = await layout(graph, { plan: mapPlan(graph) });
    const run = createLayout(graph, { plan: mapPlan(graph) });
    const phases = new Set<string>();
    for (let step = await run.step(7); step.stopped === undefined; step = await run.step(7)) phases.add(step.phase);
    expect([...phases]).toEqual(['plain', 'LinLog']);
    expect(await run.read()).toEqual(whole.positions);
    expect(whole.stopped).toBe('converged');
  });

  it('says where a number of iterations was made instead', async () => {
    const plan = gephiPlan(graph, 5, { rule: 'momentum' });
    expect(await layout(graph, { plan })).toMatchObject({ iterations: 5, stopped: 'asked' });
  });

  it.each([
    ['no node', mesh({ columns: 0, rows: 0 })],
    ['one node', mesh({ columns: 1, rows: 1 })],
    ['two nodes', mesh({ columns: 2, rows: 1 })],
    ['lone nodes', mesh({ columns: 0, rows: 0, isolates: 50 })],
  ])('ends with %s', async (_, given) => {
    for (const plan of [gephiPlan(given), mapPlan(given)]) {
      for (const components of ['packed', 'together'] as const) {
        const { positions, stopped } = await layout(given, { plan, components });
        expect(positions.every(Number.isFinite)).toBe(true);
        expect(stopped).toBe('converged');
      }
    }
  });

  it('refuses rules that never come to rest', () => {
    const plan = [{ ...gephiPlan(graph, 1)[0], iterations: 'auto' as const }];
    expect(() => createLayout(graph, { plan })).toThrow(
      'Phase "ForceAtlas2" is to stop by itself, which only the momentum rule can, but its rule is gephi',
    );
  });

  it('asks for stillness twice in a row', () => {
    const isAtRest = createStop(graph, gephiPlan(graph)[0].settings);
    const at = (traction: number) => isAtRest({ ...createSpeed(), traction });
    expect([at(0), at(1e12), at(0), at(0)]).toEqual([false, false, false, true]);
  });
});
