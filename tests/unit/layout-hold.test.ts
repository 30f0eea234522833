import { describe, expect, it } from 'vitest';
import { componentsOf } from '../../engine/graph/components.ts';
import { mesh, plantedPartition } from '../../engine/graph/generators.ts';
import { degreeOf, type Positions } from '../../engine/graph/packed-graph.ts';
import { createLayout } from '../../engine/layout/layout.ts';
import { gephiPlan, mapPlan } from '../../engine/layout/plan.ts';
import type { Rule } from '../../engine/layout/settings.ts';
import { displacements, medianOf, placeOf, widthOf } from '../support/displacement.ts';

const graph = plantedPartition({ nodes: 400, edges: 1600, blocks: 4, seed: 1 });
/** Components of 40 nodes and nodes without an edge. */
const apart = plantedPartition({ nodes: 160, edges: 900, blocks: 4, mixing: 0, seed: 1, isolates: 6 });

const neighboursOf = (node: number) => [...graph.targets.subarray(graph.offsets[node], graph.offsets[node + 1])];

describe('a held node', () => {
  it.each(['gephi', 'graphology', 'momentum'] as const satisfies readonly Rule[])(
    'stays where it is held, and draws its neighbours there, under the rule of %s',
    async (rule) => {
      const plan = gephiPlan(graph, 200, { rule });
      const free = createLayout(graph, { plan });
      await free.step(200);
      const rest = await free.read();
      const run = createLayout(graph, { plan });
      await run.step(100);
      const node = 17;
      const far = [placeOf(rest, node)[0] + widthOf(rest), placeOf(rest, node)[1]] as const;
      await run.hold(new Map([[node, far]]));
      expect(placeOf(await run.read(), node)).toEqual(far.map(Math.fround));
      await run.step(100);
      const held = await run.read();
      expect(placeOf(held, node)).toEqual(far.map(Math.fround));
      const toFar = (positions: Positions) =>
        medianOf(neighboursOf(node).map((i) => Math.hypot(positions[2 * i] - far[0], positions[2 * i + 1] - far[1])));
      expect(toFar(held)).toBeLessThan(0.95 * toFar(rest));
    },
  );

  it('counts neither in swinging nor in what is left to do, and nothing changes where none is held', async () => {
    for (const rule of ['gephi', 'graphology', 'momentum'] as const) {
      const plan = gephiPlan(graph, 20, { rule });
      const run = createLayout(graph, { plan });
      const places = await run.read();
      await run.hold(new Map([...graph.ids.keys()].map((node) => [node, placeOf(places, node)])));
      expect(await run.step(3)).toMatchObject({ swinging: 0, traction: 0 });
      expect(await run.read()).toEqual(places);
      const [never, letGo] = [createLayout(graph, { plan }), createLayout(graph, { plan })];
      await letGo.hold(new Map());
      await never.step(20);
      await letGo.step(20);
      expect(await letGo.read()).toEqual(await never.read());
    }
  });

  it('wakes a layout at rest, which comes to rest again, held and let go', async () => {
    const run = createLayout(mesh({ columns: 20, rows: 20 }));
    await run.step(1000);
    const rest = await run.read();
    const width = widthOf(rest);
    const [x, y] = placeOf(rest, 170);
    await run.hold(new Map([[170, [x + 0.3 * width, y]]]));
    const held = await run.step(1000);
    expect(held.stopped).toBe('converged');
    const whileHeld = displacements(rest, await run.read());
    expect(whileHeld[170] / width).toBeCloseTo(0.3, 5);
    expect(Math.min(...[150, 169, 171, 190].map((node) => whileHeld[node]))).toBeGreaterThan(0.03 * width);
    await run.hold(new Map());
    const released = await run.step(1000);
    expect(released.stopped).toBe('converged');
    expect(released.iteration).toBeGreaterThan(held.iteration);
    const moved = displacements(rest, await run.read());
    // Held, it has turned the whole a little, which no force turns back.
    expect(moved[170] / width).toBeLessThan(0.1);
  });

  it('can be taken hold of in the middle of a step, and is moved at once', async () => {
    const run = createLayout(graph, { plan: gephiPlan(graph, 400) });
    const step = run.step(400);
    await run.hold(new Map([[3, [5000, 5000]]]));
    await step;
    expect(placeOf(await run.read(), 3)).toEqual([5000, 5000]);
  });

  it('moves its component within its own frame, while the others stay', async () => {
    const run = createLayout(apart);
    await run.step(1000);
    const rest = await run.read();
    const { of } = componentsOf(apart);
    const [x, y] = placeOf(rest, 0);
    const lone = apart.ids.findIndex((_, node) => degreeOf(apart, node) === 0);
    await run.hold(
      new Map([
        [0, [x + widthOf(rest), y]],
        [lone, [1, 2]],
      ]),
    );
    await run.step(1000);
    const held = await run.read();
    expect(placeOf(held, lone)[0]).toBeCloseTo(1, 3);
    expect(placeOf(held, lone)[1]).toBeCloseTo(2, 3);
    expect(placeOf(held, 0)[0]).toBeCloseTo(x + widthOf(rest), 0);
    const moved = displacements(rest, held);
    expect(moved.filter((way, i) => of[i] === of[0] && way === 0).length).toBe(0);
    expect(moved.filter((way, i) => of[i] !== of[0] && i !== lone && way > 0).length).toBe(0);
  });

  it('goes along with a phase that gives the map another size', async () => {
    const plan = mapPlan(graph);
    const run = createLayout(graph, { plan });
    await run.step(10);
    const early = await run.read();
    await run.hold(new Map([[5, placeOf(early, 5)]]));
    const { stopped, phase } = await run.step(2000);
    expect([stopped, phase]).toEqual(['converged', 'LinLog']);
    const late = await run.read();
    expect(widthOf(late) / widthOf(early)).toBeGreaterThan(2);
    const middle = (positions: Positions) => Math.hypot(...placeOf(positions, 5)) / widthOf(positions);
    expect(middle(late)).toBeGreaterThan(0.5 * middle(early));
  });

  it('is refused where there is no such node or place', async () => {
    const run = createLayout(graph);
    await expect(run.hold(new Map([[400, [0, 0]]]))).rejects.toThrow(
      'Node 400 is to be held, but the nodes are 0 to 399.',
    );
    await expect(run.hold(new Map([[5, [Number.NaN, 3]]]))).rejects.toThrow(
      'Node 5 is to be held at (NaN, 3), but a place is two finite numbers.',
    );
    await expect(run.hold(new Map([[5, [1e39, 3]]]))).rejects.toMatchObject({ name: 'UsageError' });
  });
});
