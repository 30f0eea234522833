import { cellStride, type ForceTables } from './tables.ts';

/** Hands the expansion of a cell on to the cells inside: Λ′_l = Σ_n Λ_n s^(n − l)/(n − l)!, s from its centre to theirs. */
export function spreadCell(tables: ForceTables, cell: number): void {
  const { cells, next } = tables;
  const from = cell * cellStride;
  const end = next[cell];
  const l0x = cells[from + 10];
  const l0y = cells[from + 11];
  const l1x = cells[from + 12];
  const l1y = cells[from + 13];
  const l2x = cells[from + 14];
  const l2y = cells[from + 15];
  const l3x = cells[from + 16];
  const l3y = cells[from + 17];
  const l4x = cells[from + 18];
  const l4y = cells[from + 19];
  for (let child = cell + 1; child < end; child = next[child]) {
    const to = child * cellStride;
    const sx = cells[to] - cells[from];
    const sy = cells[to + 1] - cells[from + 1];
    const s2x = (sx * sx - sy * sy) / 2;
    const s2y = sx * sy;
    const s3x = (s2x * sx - s2y * sy) / 3;
    const s3y = (s2x * sy + s2y * sx) / 3;
    const s4x = (s3x * sx - s3y * sy) / 4;
    const s4y = (s3x * sy + s3y * sx) / 4;
    cells[to + 10] +=
      l0x + (l1x * sx - l1y * sy) + (l2x * s2x - l2y * s2y) + (l3x * s3x - l3y * s3y) + (l4x * s4x - l4y * s4y);
    cells[to + 11] +=
      l0y + (l1x * sy + l1y * sx) + (l2x * s2y + l2y * s2x) + (l3x * s3y + l3y * s3x) + (l4x * s4y + l4y * s4x);
    cells[to + 12] += l1x + (l2x * sx - l2y * sy) + (l3x * s2x - l3y * s2y) + (l4x * s3x - l4y * s3y);
    cells[to + 13] += l1y + (l2x * sy + l2y * sx) + (l3x * s2y + l3y * s2x) + (l4x * s3y + l4y * s3x);
    cells[to + 14] += l2x + (l3x * sx - l3y * sy) + (l4x * s2x - l4y * s2y);
    cells[to + 15] += l2y + (l3x * sy + l3y * sx) + (l4x * s2y + l4y * s2x);
    cells[to + 16] += l3x + (l4x * sx - l4y * sy);
    cells[to + 17] += l3y + (l4x * sy + l4y * sx);
    cells[to + 18] += l4x;
    cells[to + 19] += l4y;
  }
}

/** Adds near field and expansion at the bodies of a leaf to their forces: with f = Σ Λ_n ζⁿ/n! the force is conj f. */
export function spreadLeaf(tables: ForceTables, leaf: number, scalingRatio: number): void {
  const { cells, first, last, order, slotX, slotY, slotMass, nearX, nearY, forces } = tables;
  const at = leaf * cellStride;
  const l0x = cells[at + 10];
  const l0y = cells[at + 11];
  const l1x = cells[at + 12];
  const l1y = cells[at + 13];
  const l2x = cells[at + 14] / 2;
  const l2y = cells[at + 15] / 2;
  const l3x = cells[at + 16] / 6;
  const l3y = cells[at + 17] / 6;
  const l4x = cells[at + 18] / 24;
  const l4y = cells[at + 19] / 24;
  let slot = tables.slot[leaf];
  for (let place = first[leaf]; place < last[leaf]; place++, slot++) {
    const zx = slotX[slot];
    const zy = slotY[slot];
    const b3x = l3x + (l4x * zx - l4y * zy);
    const b3y = l3y + (l4x * zy + l4y * zx);
    const b2x = l2x + (b3x * zx - b3y * zy);
    const b2y = l2y + (b3x * zy + b3y * zx);
    const b1x = l1x + (b2x * zx - b2y * zy);
    const b1y = l1y + (b2x * zy + b2y * zx);
    const strength = scalingRatio * slotMass[slot];
    const i = 2 * order[place];
    forces[i] += strength * (nearX[slot] + (l0x + (b1x * zx - b1y * zy)));
    forces[i + 1] += strength * (nearY[slot] - (l0y + (b1x * zy + b1y * zx)));
  }
}
