import { boxStride, type ForceTables, seriesStride, sphere, sphereStride } from './tables.ts';

/** Fills the slots of a leaf, and sums its mass, centre, radius and moments. */
export function gatherLeaf(tables: ForceTables, leaf: number, withSizes: boolean): void {
  const { places, mass, size, series, order, slotX, slotY, slotMass, slotSize, nearX, nearY } = tables;
  const first = tables.first[leaf];
  const last = tables.last[leaf];
  const at = leaf * seriesStride;
  let total = 0;
  let cx = 0;
  let cy = 0;
  for (let place = first; place < last; place++) {
    const i = order[place];
    total += mass[i];
    cx += mass[i] * places[2 * i];
    cy += mass[i] * places[2 * i + 1];
  }
  cx /= total;
  cy /= total;
  let slot = tables.slot[leaf];
  let radius = 0;
  let spread = 0;
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  series.fill(0, at, at + seriesStride);
  for (let place = first; place < last; place++) {
    const i = order[place];
    const x = places[2 * i];
    const y = places[2 * i + 1];
    slotX[slot] = x - cx;
    slotY[slot] = y - cy;
    slotMass[slot] = mass[i];
    slotSize[slot] = withSizes ? size[i] : 0;
    const zx = slotX[slot];
    const zy = slotY[slot];
    const m = slotMass[slot];
    const rim = slotSize[slot];
    const square = zx * zx + zy * zy;
    spread = Math.max(spread, square);
    radius = Math.max(radius, Math.sqrt(square) + rim);
    minX = Math.min(minX, x - rim);
    minY = Math.min(minY, y - rim);
    maxX = Math.max(maxX, x + rim);
    maxY = Math.max(maxY, y + rim);
    const z2x = (zx * zx - zy * zy) / 2;
    const z2y = zx * zy;
    const z3x = (z2x * zx - z2y * zy) / 3;
    const z3y = (z2x * zy + z2y * zx) / 3;
    series[at] += m * z2x;
    series[at + 1] += m * z2y;
    series[at + 2] += m * z3x;
    series[at + 3] += m * z3y;
    series[at + 4] += (m * (z3x * zx - z3y * zy)) / 4;
    series[at + 5] += (m * (z3x * zy + z3y * zx)) / 4;
    nearX[slot] = 0;
    nearY[slot] = 0;
    slot++;
  }
  for (; slot % 4 !== 0; slot++) {
    slotX[slot] = 0;
    slotY[slot] = 0;
    slotMass[slot] = 0;
    slotSize[slot] = 0;
    nearX[slot] = 0;
    nearY[slot] = 0;
  }
  setSphere(tables, leaf, cx, cy, radius, total);
  setBox(tables, leaf, minX, minY, maxX, maxY);
  tables.spread[leaf] = spread;
}

/**
 * Sums mass, centre, radius and moments of a cell from those inside it: A′_l = Σ_k A_k s^(l − k)/(l − k)!, s from its centre
 * to theirs. The radius is the lesser of what the cells inside and what the box allow.
 */
export function gatherCell(tables: ForceTables, cell: number): void {
  const { spheres, series, boxes, next } = tables;
  const at = cell * seriesStride;
  const end = next[cell];
  let total = 0;
  let cx = 0;
  let cy = 0;
  for (let child = cell + 1; child < end; child = next[child]) {
    const from = child * sphereStride;
    const m = spheres[from + sphere.mass];
    total += m;
    cx += m * spheres[from];
    cy += m * spheres[from + 1];
  }
  cx /= total;
  cy /= total;
  series.fill(0, at, at + seriesStride);
  let radius = 0;
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let child = cell + 1; child < end; child = next[child]) {
    const other = child * sphereStride;
    const sx = spheres[other] - cx;
    const sy = spheres[other + 1] - cy;
    const m = spheres[other + sphere.mass];
    const from = child * seriesStride;
    const a2x = series[from];
    const a2y = series[from + 1];
    const a3x = series[from + 2];
    const a3y = series[from + 3];
    const s2x = (sx * sx - sy * sy) / 2;
    const s2y = sx * sy;
    const s3x = (s2x * sx - s2y * sy) / 3;
    const s3y = (s2x * sy + s2y * sx) / 3;
    const s4x = (s3x * sx - s3y * sy) / 4;
    const s4y = (s3x * sy + s3y * sx) / 4;
    series[at] += a2x + m * s2x;
    series[at + 1] += a2y + m * s2y;
    series[at + 2] += a3x + (a2x * sx - a2y * sy) + m * s3x;
    series[at + 3] += a3y + (a2x * sy + a2y * sx) + m * s3y;
    series[at + 4] += series[from + 4] + (a3x * sx - a3y * sy) + (a2x * s2x - a2y * s2y) + m * s4x;
    series[at + 5] += series[from + 5] + (a3x * sy + a3y * sx) + (a2x * s2y + a2y * s2x) + m * s4y;
    radius = Math.max(radius, Math.sqrt(sx * sx + sy * sy) + spheres[other + sphere.radius]);
    const box = child * boxStride;
    minX = Math.min(minX, boxes[box]);
    minY = Math.min(minY, boxes[box + 1]);
    maxX = Math.max(maxX, boxes[box + 2]);
    maxY = Math.max(maxY, boxes[box + 3]);
  }
  const width = Math.max(cx - minX, maxX - cx);
  const height = Math.max(cy - minY, maxY - cy);
  setSphere(tables, cell, cx, cy, Math.min(radius, Math.sqrt(width * width + height * height)), total);
  setBox(tables, cell, minX, minY, maxX, maxY);
  tables.spread[cell] = 1;
}

function setSphere({ spheres }: ForceTables, cell: number, x: number, y: number, radius: number, mass: number): void {
  const at = cell * sphereStride;
  spheres[at] = x;
  spheres[at + 1] = y;
  spheres[at + sphere.radius] = radius;
  spheres[at + sphere.mass] = mass;
}

function setBox({ boxes }: ForceTables, cell: number, minX: number, minY: number, maxX: number, maxY: number): void {
  const at = cell * boxStride;
  boxes[at] = minX;
  boxes[at + 1] = minY;
  boxes[at + 2] = maxX;
  boxes[at + 3] = maxY;
}
