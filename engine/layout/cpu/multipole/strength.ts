import type { Cells } from '../split.ts';
import { type ForceTables, sphere, sphereStride } from './tables.ts';

/** The tables and how many of their cells there are. */
export type Tree = ForceTables & Cells;

const samples = 32;

/** A cell counts as one body in its centre beyond so many of its radii; nearer leaves are left out. */
const opening = 2;

/**
 * About how strong the field Σ m r/d² is where bodies are: its root mean square at a few of them, each taken with its mass,
 * from the masses of the cells. What an error of the series weighs is measured against it.
 */
export function fieldStrength(tree: Tree, count: number): number {
  let squares = 0;
  let weights = 0;
  for (let k = 0, leaf = 0; k < samples && k < count; k++) {
    const place = Math.floor(((k + 0.5) * count) / Math.min(samples, count));
    while (tree.next[leaf] !== leaf + 1 || tree.last[leaf] <= place) leaf++;
    const slot = tree.slot[leaf] + place - tree.first[leaf];
    const at = leaf * sphereStride;
    const mass = tree.slotMass[slot];
    squares +=
      mass * mass * squareAt(tree, tree.spheres[at] + tree.slotX[slot], tree.spheres[at + 1] + tree.slotY[slot]);
    weights += mass * mass;
  }
  return Math.sqrt(squares / weights);
}

function squareAt(tree: Tree, x: number, y: number): number {
  const { spheres, next, cellCount } = tree;
  let fx = 0;
  let fy = 0;
  let cell = 0;
  while (cell < cellCount) {
    const at = cell * sphereStride;
    const dx = x - spheres[at];
    const dy = y - spheres[at + 1];
    const square = dx * dx + dy * dy;
    const away = opening * spheres[at + sphere.radius];
    if (square <= away * away) {
      cell++;
      continue;
    }
    const push = spheres[at + sphere.mass] / square;
    fx += push * dx;
    fy += push * dy;
    cell = next[cell];
  }
  return fx * fx + fy * fy;
}
