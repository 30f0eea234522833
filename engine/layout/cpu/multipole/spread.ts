import { expansion, type ForceTables, seriesStride, sphereStride } from './tables.ts';

/** Hands the expansion of a cell on to the cells inside: Λ′_l = Σ_n Λ_n s^(n − l)/(n − l)!, s from its centre to theirs. */
export function spreadCell(tables: ForceTables, cell: number): void {
  const { spheres, series, next } = tables;
  const center = cell * sphereStride;
  const from = cell * seriesStride + expansion;
  const end = next[cell];
  const l0x = series[from];
  const l0y = series[from + 1];
  const l1x = series[from + 2];
  const l1y = series[from + 3];
  const l2x = series[from + 4];
  const l2y = series[from + 5];
  const l3x = series[from + 6];
  const l3y = series[from + 7];
  const l4x = series[from + 8];
  const l4y = series[from + 9];
  for (let child = cell + 1; child < end; child = next[child]) {
    const other = child * sphereStride;
    const sx = spheres[other] - spheres[center];
    const sy = spheres[other + 1] - spheres[center + 1];
    const to = child * seriesStride + expansion;
    const s2x = (sx * sx - sy * sy) / 2;
    const s2y = sx * sy;
    const s3x = (s2x * sx - s2y * sy) / 3;
    const s3y = (s2x * sy + s2y * sx) / 3;
    const s4x = (s3x * sx - s3y * sy) / 4;
    const s4y = (s3x * sy + s3y * sx) / 4;
    series[to] +=
      l0x + (l1x * sx - l1y * sy) + (l2x * s2x - l2y * s2y) + (l3x * s3x - l3y * s3y) + (l4x * s4x - l4y * s4y);
    series[to + 1] +=
      l0y + (l1x * sy + l1y * sx) + (l2x * s2y + l2y * s2x) + (l3x * s3y + l3y * s3x) + (l4x * s4y + l4y * s4x);
    series[to + 2] += l1x + (l2x * sx - l2y * sy) + (l3x * s2x - l3y * s2y) + (l4x * s3x - l4y * s3y);
    series[to + 3] += l1y + (l2x * sy + l2y * sx) + (l3x * s2y + l3y * s2x) + (l4x * s3y + l4y * s3x);
    series[to + 4] += l2x + (l3x * sx - l3y * sy) + (l4x * s2x - l4y * s2y);
    series[to + 5] += l2y + (l3x * sy + l3y * sx) + (l4x * s2y + l4y * s2x);
    series[to + 6] += l3x + (l4x * sx - l4y * sy);
    series[to + 7] += l3y + (l4x * sy + l4y * sx);
    series[to + 8] += l4x;
    series[to + 9] += l4y;
  }
}

/** Adds near field and expansion at the bodies of a leaf to their forces: with f = Σ Λ_n ζⁿ/n! the force is conj f. */
export function spreadLeaf(tables: ForceTables, leaf: number, scalingRatio: number): void {
  const { series, first, last, order, slotX, slotY, slotMass, nearX, nearY, forces } = tables;
  const at = leaf * seriesStride + expansion;
  const l0x = series[at];
  const l0y = series[at + 1];
  const l1x = series[at + 2];
  const l1y = series[at + 3];
  const l2x = series[at + 4] / 2;
  const l2y = series[at + 5] / 2;
  const l3x = series[at + 6] / 6;
  const l3y = series[at + 7] / 6;
  const l4x = series[at + 8] / 24;
  const l4y = series[at + 9] / 24;
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
