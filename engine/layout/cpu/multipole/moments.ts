import { cellStride, type ForceTables, field } from './tables.ts';

/** Fills the slots of a leaf, and sums its mass, centre, radius and moments. */
export function gatherLeaf(tables: ForceTables, leaf: number, withSizes: boolean): void {
  const { places, mass, size, cells, order, slotX, slotY, slotMass, slotSize, nearX, nearY } = tables;
  const first = tables.first[leaf];
  const last = tables.last[leaf];
  const at = leaf * cellStride;
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
  cells.fill(0, at + field.moments, at + cellStride);
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
    cells[at + 4] += m * z2x;
    cells[at + 5] += m * z2y;
    cells[at + 6] += m * z3x;
    cells[at + 7] += m * z3y;
    cells[at + 8] += (m * (z3x * zx - z3y * zy)) / 4;
    cells[at + 9] += (m * (z3x * zy + z3y * zx)) / 4;
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
  cells[at + field.x] = cx;
  cells[at + field.y] = cy;
  cells[at + field.radius] = radius;
  cells[at + field.mass] = total;
  cells[at + field.spread] = spread;
  const box = at + field.box;
  cells[box] = minX;
  cells[box + 1] = minY;
  cells[box + 2] = maxX;
  cells[box + 3] = maxY;
}

/**
 * Sums mass, centre, radius and moments of a cell from those inside it: A′_l = Σ_k A_k s^(l − k)/(l − k)!, s from its centre
 * to theirs. The radius is the lesser of what the cells inside and what the box allow.
 */
export function gatherCell(tables: ForceTables, cell: number): void {
  const { cells, next } = tables;
  const at = cell * cellStride;
  const end = next[cell];
  let total = 0;
  let cx = 0;
  let cy = 0;
  for (let child = cell + 1; child < end; child = next[child]) {
    const from = child * cellStride;
    const m = cells[from + field.mass];
    total += m;
    cx += m * cells[from];
    cy += m * cells[from + 1];
  }
  cx /= total;
  cy /= total;
  cells.fill(0, at + field.moments, at + cellStride);
  let radius = 0;
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let child = cell + 1; child < end; child = next[child]) {
    const from = child * cellStride;
    const sx = cells[from] - cx;
    const sy = cells[from + 1] - cy;
    const m = cells[from + field.mass];
    const a2x = cells[from + 4];
    const a2y = cells[from + 5];
    const a3x = cells[from + 6];
    const a3y = cells[from + 7];
    const s2x = (sx * sx - sy * sy) / 2;
    const s2y = sx * sy;
    const s3x = (s2x * sx - s2y * sy) / 3;
    const s3y = (s2x * sy + s2y * sx) / 3;
    const s4x = (s3x * sx - s3y * sy) / 4;
    const s4y = (s3x * sy + s3y * sx) / 4;
    cells[at + 4] += a2x + m * s2x;
    cells[at + 5] += a2y + m * s2y;
    cells[at + 6] += a3x + (a2x * sx - a2y * sy) + m * s3x;
    cells[at + 7] += a3y + (a2x * sy + a2y * sx) + m * s3y;
    cells[at + 8] += cells[from + 8] + (a3x * sx - a3y * sy) + (a2x * s2x - a2y * s2y) + m * s4x;
    cells[at + 9] += cells[from + 9] + (a3x * sy + a3y * sx) + (a2x * s2y + a2y * s2x) + m * s4y;
    radius = Math.max(radius, Math.sqrt(sx * sx + sy * sy) + cells[from + field.radius]);
    const box = from + field.box;
    minX = Math.min(minX, cells[box]);
    minY = Math.min(minY, cells[box + 1]);
    maxX = Math.max(maxX, cells[box + 2]);
    maxY = Math.max(maxY, cells[box + 3]);
  }
  const width = Math.max(cx - minX, maxX - cx);
  const height = Math.max(cy - minY, maxY - cy);
  cells[at + field.x] = cx;
  cells[at + field.y] = cy;
  cells[at + field.radius] = Math.min(radius, Math.sqrt(width * width + height * height));
  cells[at + field.mass] = total;
  cells[at + field.spread] = 1;
  const box = at + field.box;
  cells[box] = minX;
  cells[box + 1] = minY;
  cells[box + 2] = maxX;
  cells[box + 3] = maxY;
}
