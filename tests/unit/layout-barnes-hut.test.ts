import { describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { mesh, plantedPartition } from '../../engine/graph/generators.ts';
import type { PackedGraph } from '../../engine/graph/packed-graph.ts';
import { createBarnesHut } from '../../engine/layout/cpu/barnes-hut.ts';
import type { Bodies } from '../../engine/layout/cpu/bodies.ts';
import { buildTree } from '../../engine/layout/cpu/build-tree.ts';
import { cellStride, createTree } from '../../engine/layout/cpu/tree.ts';
import { layout } from '../../engine/layout/layout.ts';
import { gephiPlan, mapPlan } from '../../engine/layout/plan.ts';
import { checkSettings, defaultSettings, type ForceAtlas2Settings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { bodiesAt, repulsionCases, repulsionError } from '../support/repulsion-cases.ts';
import { readSample } from '../support/sample.ts';

const errorOf = (bodies: Bodies, settings: ForceAtlas2Settings) =>
  repulsionError(createBarnesHut(bodies.count), bodies, settings);

describe('the error of Barnes-Hut at the default θ', () => {
  const settings = defaultSettings(7908);

  const plans: [string, (graph: PackedGraph) => ReturnType<typeof gephiPlan>][] = [
    ['plain', (graph) => gephiPlan(graph, 200)],
    ['LinLog', (graph) => gephiPlan(graph, 200, { linLogMode: true })],
    ['as a map', (graph) => mapPlan(graph, 200)],
  ];
  it.each(plans)('is at most half of 5e-3 on the sample, formed %s', { timeout: 120_000 }, async (_, planOf) => {
    const graph = await readSample();
    const { positions } = await layout(graph, { plan: planOf(graph) });
    expect(errorOf(bodiesAt(graph, positions), settings)).toBeLessThan(2.5e-3);
  });

  it.each(repulsionCases)('is at most 5e-3 on %s', (_, graph, positions) => {
    expect(errorOf(bodiesAt(graph, positions), settings)).toBeLessThan(5e-3);
  });

  it.each([0, 1, 2, 3, 16, 17, 255, 256, 257])('is at most 5e-3 for %i nodes', (nodes) => {
    const graph = mesh({ columns: 0, rows: 0, isolates: nodes });
    const bodies = bodiesAt(graph, randomStart(nodes, nodes));
    if (nodes < 2) createBarnesHut(nodes)(bodies, settings);
    else expect(errorOf(bodies, settings)).toBeLessThan(5e-3);
    expect([...bodies.forces].every(Number.isFinite)).toBe(true);
  });
});

describe('θ', () => {
  it('makes the sum coarser as it grows, exact at 0, and never breaks it', () => {
    const graph = plantedPartition({ nodes: 2000, edges: 6000, blocks: 5, seed: 1 });
    const bodies = bodiesAt(graph, randomStart(2000, 1));
    const errors = [0, 0.3, 0.6, 1.2, 2].map((barnesHutTheta) =>
      errorOf(bodies, checkSettings({ barnesHutTheta }, 2000)),
    );
    expect(errors[0]).toBeLessThan(1e-12);
    for (let k = 1; k < errors.length; k++) expect(errors[k]).toBeGreaterThan(errors[k - 1]);
    expect(errorOf(bodies, checkSettings({ barnesHutTheta: 1e9 }, 2000))).toBe(errors[4]);
    expect(errors[4]).toBeLessThan(0.05);
  });
});

describe('sizes under Barnes-Hut', () => {
  it('count exactly between nodes near each other', () => {
    const graph = plantedPartition({ nodes: 1500, edges: 6000, blocks: 5, seed: 1 });
    const bodies = bodiesAt(graph, randomStart(1500, 1));
    const random = createRandom(1);
    bodies.size.forEach((_, i) => {
      bodies.size[i] = 1 + 20 * random();
    });
    // Overlaps dominate the sum, and the engine finds every one.
    const settings = checkSettings({ adjustSizes: true }, 1500);
    expect(errorOf(bodies, settings)).toBeLessThan(1e-3);
  });
});

describe('the tree', () => {
  it('loses no mass and no node, coincident or not', () => {
    const graph = plantedPartition({ nodes: 2000, edges: 6000, blocks: 5, seed: 1 });
    const positions = randomStart(2000, 1).map((c, k) => (k < 1200 ? 5 : c));
    const bodies = bodiesAt(graph, positions);
    const tree = createTree(2000);
    buildTree(tree, bodies, false);
    const total = bodies.mass.reduce((sum, mass) => sum + mass, 0);
    expect(tree.cells[3]).toBeCloseTo(total, 6);
    expect(new Set(tree.order).size).toBe(2000);
    let leaves = 0;
    let mass = 0;
    for (let cell = 0; cell < tree.cellCount; cell++) {
      if (tree.next[cell] !== cell + 1) continue;
      leaves += tree.last[cell] - tree.first[cell];
      mass += tree.cells[cell * cellStride + 3];
    }
    expect(leaves).toBe(2000);
    expect(mass).toBeCloseTo(total, 6);
  });

  it('is one leaf where bodies that were apart have come together', () => {
    const graph = mesh({ columns: 0, rows: 0, isolates: 100 });
    const bodies = bodiesAt(graph, randomStart(100, 1));
    const tree = createTree(100);
    buildTree(tree, bodies, false);
    expect(tree.cellCount).toBeGreaterThan(1);
    bodies.places.forEach((_, k) => {
      bodies.places[k] = 3 + (k % 2);
    });
    buildTree(tree, bodies, false);
    expect([tree.cellCount, tree.last[0], ...tree.cells.subarray(0, 4)]).toEqual([1, 100, 3, 4, 0, 100]);
  });
});
