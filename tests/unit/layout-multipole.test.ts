import { describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { mesh, plantedPartition, star } from '../../engine/graph/generators.ts';
import type { PackedGraph, Positions } from '../../engine/graph/packed-graph.ts';
import { type Bodies, createBodies, massesInto } from '../../engine/layout/cpu/bodies.ts';
import { buildTree } from '../../engine/layout/cpu/build-tree.ts';
import { repelExactly } from '../../engine/layout/cpu/repel.ts';
import { createRepel } from '../../engine/layout/cpu/repulsion.ts';
import { cellStride, createTree } from '../../engine/layout/cpu/tree.ts';
import { layout } from '../../engine/layout/layout.ts';
import { gephiPlan, mapPlan } from '../../engine/layout/plan.ts';
import { checkSettings, defaultSettings, type ForceAtlas2Settings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { relativeL2 } from '../support/relative-error.ts';
import { readSample } from '../support/sample.ts';

function bodiesAt(graph: PackedGraph, positions: Positions): Bodies {
  const bodies = createBodies(graph, positions);
  massesInto(bodies.mass, graph, 'gephi');
  return bodies;
}

/** Relative L2 error of the multipole repulsion against the sum over all pairs. */
function repulsionError(bodies: Bodies, settings: ForceAtlas2Settings): number {
  const forces = [createRepel('multipole', bodies.count), repelExactly].map((repel) => {
    bodies.forceX.fill(0);
    bodies.forceY.fill(0);
    repel(bodies, settings);
    return [...bodies.forceX, ...bodies.forceY];
  });
  expect(forces.flat().every(Number.isFinite)).toBe(true);
  return relativeL2(forces[0], forces[1]);
}

describe('the error of multipole at the default θ', () => {
  const settings = defaultSettings(7908);

  const plans: [string, (graph: PackedGraph) => ReturnType<typeof gephiPlan>][] = [
    ['plain', (graph) => gephiPlan(graph, 200)],
    ['LinLog', (graph) => gephiPlan(graph, 200, { linLogMode: true })],
    ['as a map', (graph) => mapPlan(graph, 200)],
  ];
  it.each(plans)('is at most 3e-3 on the sample, formed %s', { timeout: 120_000 }, async (_, planOf) => {
    const graph = await readSample();
    const { positions } = await layout(graph, { plan: planOf(graph) });
    expect(repulsionError(bodiesAt(graph, positions), settings)).toBeLessThan(2.3e-3);
  });

  const random = createRandom(3);
  const two = plantedPartition({ nodes: 3000, edges: 9000, blocks: 10, seed: 1 });
  const far = randomStart(3000, 1).map((coordinate, k) => (k < 3000 ? coordinate : coordinate + 1e6));
  const clumps = randomStart(3000, 2).map((coordinate, k) => coordinate * (k % 6 < 2 ? 1e-7 : 1));
  const line = randomStart(3000, 3).map((coordinate, k) => (k % 2 === 0 ? coordinate : 7));
  const heavy = star({ leaves: 5000 });
  const places: [string, PackedGraph, Positions][] = [
    ['a uniform square', two, randomStart(3000, 1)],
    ['two components far apart', two, far],
    ['clumps far below the resolution of one key', two, clumps],
    ['a line', two, line],
    ['a star', heavy, randomStart(5001, 1)],
    ['a third of the nodes in one place', two, randomStart(3000, 4).map((c, k) => (k % 6 < 2 ? 11 : c))],
    ['an outlier', two, randomStart(3000, 5).map((c, k) => (k < 2 ? 1e9 : c))],
    ['heavy tails', two, randomStart(3000, 6).map((c) => c / (random() + 1e-4))],
  ];
  it.each(places)('is at most 3e-3 on %s', (_, graph, positions) => {
    expect(repulsionError(bodiesAt(graph, positions), settings)).toBeLessThan(3e-3);
  });

  it.each([0, 1, 2, 3, 16, 17, 255, 256, 257])('is at most 3e-3 for %i nodes', (nodes) => {
    const graph = mesh({ columns: 0, rows: 0, isolates: nodes });
    const bodies = bodiesAt(graph, randomStart(nodes, nodes));
    if (nodes < 2) createRepel('multipole', nodes)(bodies, settings);
    else expect(repulsionError(bodies, settings)).toBeLessThan(3e-3);
    expect([...bodies.forceX, ...bodies.forceY].every(Number.isFinite)).toBe(true);
  });
});

describe('θ', () => {
  it('makes the sum coarser as it grows, exact at 0, and never breaks it', () => {
    const graph = plantedPartition({ nodes: 2000, edges: 6000, blocks: 5, seed: 1 });
    const bodies = bodiesAt(graph, randomStart(2000, 1));
    const errors = [0, 0.3, 0.6, 1.2, 2].map((barnesHutTheta) =>
      repulsionError(bodies, checkSettings({ barnesHutTheta }, 2000)),
    );
    expect(errors[0]).toBeLessThan(1e-7);
    for (let k = 1; k < errors.length; k++) expect(errors[k]).toBeGreaterThan(errors[k - 1]);
    expect(repulsionError(bodies, checkSettings({ barnesHutTheta: 1e9 }, 2000))).toBe(errors[4]);
    expect(errors[4]).toBeLessThan(0.05);
  });
});

describe('sizes under multipole', () => {
  it('count exactly between nodes near each other', () => {
    const graph = plantedPartition({ nodes: 1500, edges: 6000, blocks: 5, seed: 1 });
    const bodies = bodiesAt(graph, randomStart(1500, 1));
    const random = createRandom(1);
    bodies.size.forEach((_, i) => {
      bodies.size[i] = 1 + 20 * random();
    });
    // Overlaps dominate the sum, and the engine finds every one.
    const settings = checkSettings({ adjustSizes: true }, 1500);
    expect(repulsionError(bodies, settings)).toBeLessThan(3e-3);
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
    bodies.x.fill(3);
    bodies.y.fill(4);
    buildTree(tree, bodies, false);
    expect([tree.cellCount, tree.last[0], ...tree.cells.subarray(0, 4)]).toEqual([1, 100, 3, 4, 0, 100]);
  });
});
