import { expect } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { plantedPartition, star } from '../../engine/graph/generators.ts';
import type { PackedGraph, Positions } from '../../engine/graph/packed-graph.ts';
import { type Bodies, createBodies, massesInto } from '../../engine/layout/cpu/bodies.ts';
import { type Repel, repelExactly } from '../../engine/layout/cpu/repel.ts';
import type { ForceAtlas2Settings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { relativeL2 } from './relative-error.ts';

/** Bodies at rest with Gephi's masses. */
export function bodiesAt(graph: PackedGraph, positions: Positions): Bodies {
  const bodies = createBodies(graph, positions);
  massesInto(bodies.mass, graph, 'gephi');
  return bodies;
}

/** Relative L2 error of a repulsion against the sum over all pairs. */
export function repulsionError(repel: Repel, bodies: Bodies, settings: ForceAtlas2Settings): number {
  const forces = [repel, repelExactly].map((sum) => {
    bodies.forces.fill(0);
    sum(bodies, settings);
    return [...bodies.forces];
  });
  expect(forces.flat().every(Number.isFinite)).toBe(true);
  return relativeL2(forces[0], forces[1]);
}

const random = createRandom(3);
const two = plantedPartition({ nodes: 3000, edges: 9000, blocks: 10, seed: 1 });

/** Graphs in places of many forms, the hostile ones too. */
export const repulsionCases: readonly (readonly [name: string, graph: PackedGraph, positions: Positions])[] = [
  ['a uniform square', two, randomStart(3000, 1)],
  ['two components far apart', two, randomStart(3000, 1).map((c, k) => (k < 3000 ? c : c + 1e6))],
  ['clumps far below the resolution of one key', two, randomStart(3000, 2).map((c, k) => c * (k % 6 < 2 ? 1e-7 : 1))],
  ['a line', two, randomStart(3000, 3).map((c, k) => (k % 2 === 0 ? c : 7))],
  ['a star', star({ leaves: 5000 }), randomStart(5001, 1)],
  ['a third of the nodes in one place', two, randomStart(3000, 4).map((c, k) => (k % 6 < 2 ? 11 : c))],
  ['an outlier', two, randomStart(3000, 5).map((c, k) => (k < 2 ? 1e9 : c))],
  ['heavy tails', two, randomStart(3000, 6).map((c) => c / (random() + 1e-4))],
  ['a spiral into one point', two, Float32Array.from({ length: 6000 }, (_, k) => spiral(k >> 1, k & 1))],
];

function spiral(step: number, axis: number): number {
  return 1e4 * 0.995 ** step * (axis === 0 ? Math.cos(step) : Math.sin(step));
}
