import type { ForceAtlas2Settings } from '../settings.ts';
import type { Bodies } from './bodies.ts';
import { buildTree } from './build-tree.ts';
import { type Repel, rimFactor } from './repel.ts';
import { bucket, cellStride, createTree, type Tree } from './tree.ts';

/** What the walk for one leaf found: cells to take whole, and ranges of bodies to take one by one. */
interface Reach {
  far: Uint32Array;
  farCount: number;
  /** first, last, first, last, … */
  near: Uint32Array;
  nearCount: number;
}

/**
 * Barnes-Hut over a linear quadtree. Gephi's test, a cell counts whole if d·θ > 2r, is made once for all bodies of a leaf,
 * with d from the cell's centre to the nearest place a body of the leaf can have. A cell acts by its multipoles up to the
 * third order about its centre of mass: with z = x + iy the force is conj(Σ m/(z − z_j)) ≈ conj(a₀/w + a₂/w³ + a₃/w⁴),
 * w = z − c, so that at θ = 1.2 the error of all forces together is about a tenth of a percent. Sizes count between bodies; cells are only
 * kept apart by them.
 */
export function createBarnesHut(count: number): Repel {
  const tree = createTree(count);
  const reach: Reach = { far: new Uint32Array(1024), farCount: 0, near: new Uint32Array(2048), nearCount: 0 };
  return (bodies, settings) => {
    buildTree(tree, bodies, settings.adjustSizes);
    for (let leaf = 0; leaf < tree.cellCount; leaf++) {
      if (tree.next[leaf] !== leaf + 1) continue;
      walk(tree, leaf, settings.barnesHutTheta, reach);
      repelLeaf(tree, leaf, reach, bodies, settings);
    }
  };
}

/** A leaf of so few bodies is no dearer taken one by one, and exact. */
const few = 3;

/** Collects what acts on a leaf. */
function walk(tree: Tree, leaf: number, theta: number, reach: Reach): void {
  const { cellCount, first, last, next, cells, keys } = tree;
  const own = leaf * cellStride;
  const ox = cells[own];
  const oy = cells[own + 1];
  const ownRadius = cells[own + 2];
  // Above θ = 2 a cell would count whole although it overlaps the leaf, where its series has no meaning.
  const opening = 2 / Math.min(theta, 2);
  reach.farCount = 0;
  reach.nearCount = 0;
  if (reach.far.length < cellCount) {
    reach.far = new Uint32Array(cellCount);
    reach.near = new Uint32Array(2 * cellCount);
  }
  const { far, near } = reach;
  let cell = 0;
  while (cell < cellCount) {
    const at = cell * cellStride;
    const dx = cells[at] - ox;
    const dy = cells[at + 1] - oy;
    const away = opening * cells[at + 2] + ownRadius;
    const isFar = dx * dx + dy * dy > away * away;
    const isLeaf = next[cell] === cell + 1;
    if (isFar && !(isLeaf && last[cell] - first[cell] <= few)) {
      far[reach.farCount++] = at;
      cell = next[cell];
      continue;
    }
    // Bodies in one place do not act on each other; where there are many of them, they have one key.
    const isOwnPlace = cell === leaf && last[cell] - first[cell] > bucket && keys[first[cell]] === keys[last[cell] - 1];
    if (isLeaf && !isOwnPlace) {
      // Leaves that follow each other in the order make one range.
      if (reach.nearCount > 0 && near[reach.nearCount - 1] === first[cell]) near[reach.nearCount - 1] = last[cell];
      else {
        near[reach.nearCount++] = first[cell];
        near[reach.nearCount++] = last[cell];
      }
    }
    cell++;
  }
}

function repelLeaf(tree: Tree, leaf: number, reach: Reach, bodies: Bodies, settings: ForceAtlas2Settings): void {
  const { first, last, order, mass } = tree;
  for (let place = first[leaf]; place < last[leaf]; place++) {
    sum.x = 0;
    sum.y = 0;
    addCells(tree, place, reach);
    if (settings.adjustSizes) addSizedBodies(tree, place, reach);
    else addBodies(tree, place, reach);
    const i = order[place];
    const strength = settings.scalingRatio * mass[place];
    bodies.forces[2 * i] += strength * sum.x;
    bodies.forces[2 * i + 1] += strength * sum.y;
  }
}

const sum = { x: 0, y: 0 };

/** Adds conj(a₀u + a₂u³ + a₃u⁴), u = 1/(z − c), of every far cell, by Horner's rule. */
function addCells(tree: Tree, place: number, reach: Reach): void {
  const { cells } = tree;
  const { far, farCount } = reach;
  const x = tree.x[place];
  const y = tree.y[place];
  let fx = 0;
  let fy = 0;
  for (let k = 0; k < farCount; k++) {
    const at = far[k];
    const dx = x - cells[at];
    const dy = y - cells[at + 1];
    const inverse = 1 / (dx * dx + dy * dy);
    const ux = dx * inverse;
    const uy = -dy * inverse;
    const a3x = cells[at + 6];
    const a3y = cells[at + 7];
    const b2x = cells[at + 4] + a3x * ux - a3y * uy;
    const b2y = cells[at + 5] + a3x * uy + a3y * ux;
    const u2x = ux * ux - uy * uy;
    const u2y = 2 * ux * uy;
    const b0x = cells[at + 3] + b2x * u2x - b2y * u2y;
    const b0y = b2x * u2y + b2y * u2x;
    fx += b0x * ux - b0y * uy;
    fy -= b0x * uy + b0y * ux;
  }
  sum.x += fx;
  sum.y += fy;
}

/** Keeps 1/d² finite where bodies coincide: there the vector is 0, and with it the force. */
const tiny = 1e-300;

function addBodies(tree: Tree, place: number, reach: Reach): void {
  const { x, y, mass } = tree;
  const { near, nearCount } = reach;
  const xi = x[place];
  const yi = y[place];
  let fx = 0;
  let fy = 0;
  for (let k = 0; k < nearCount; k += 2) {
    const end = near[k + 1];
    for (let j = near[k]; j < end; j++) {
      const dx = xi - x[j];
      const dy = yi - y[j];
      const push = mass[j] / (dx * dx + dy * dy + tiny);
      fx += push * dx;
      fy += push * dy;
    }
  }
  sum.x += fx;
  sum.y += fy;
}

function addSizedBodies(tree: Tree, place: number, reach: Reach): void {
  const { x, y, mass, size } = tree;
  const { near, nearCount } = reach;
  for (let k = 0; k < nearCount; k += 2) {
    for (let j = near[k]; j < near[k + 1]; j++) {
      const dx = x[place] - x[j];
      const dy = y[place] - y[j];
      const square = dx * dx + dy * dy;
      if (square === 0) continue;
      const push = mass[j] * rimFactor(square, size[place] + size[j]);
      sum.x += push * dx;
      sum.y += push * dy;
    }
  }
}
