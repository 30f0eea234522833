import { expansion, type ForceTables, seriesStride, sphereStride, type Walk } from './tables.ts';

/**
 * Adds to the expansion of a cell the field of those that are far from it:
 * Λ_n += (−1)ⁿ Σ_k A_k V_{n + k}, V_m = m!/w^{m + 1}, w from the other's centre to its own, over all n + k ≤ 4. So the
 * error is of the fifth order in (r + r′)/|w|, by which cells are accepted.
 */
export function translate({ spheres, series }: ForceTables, { far }: Walk, target: number, count: number): void {
  const x = spheres[target * sphereStride];
  const y = spheres[target * sphereStride + 1];
  let l0x = 0;
  let l0y = 0;
  let l1x = 0;
  let l1y = 0;
  let l2x = 0;
  let l2y = 0;
  let l3x = 0;
  let l3y = 0;
  let l4x = 0;
  let l4y = 0;
  for (let k = 0; k < count; k++) {
    const other = far[k] * sphereStride;
    const wx = x - spheres[other];
    const wy = y - spheres[other + 1];
    const m = spheres[other + 3];
    const inverse = 1 / (wx * wx + wy * wy);
    const ux = wx * inverse;
    const uy = -wy * inverse;
    const v1x = ux * ux - uy * uy;
    const v1y = 2 * ux * uy;
    const v2x = 2 * (v1x * ux - v1y * uy);
    const v2y = 2 * (v1x * uy + v1y * ux);
    const v3x = 3 * (v2x * ux - v2y * uy);
    const v3y = 3 * (v2x * uy + v2y * ux);
    const v4x = 4 * (v3x * ux - v3y * uy);
    const v4y = 4 * (v3x * uy + v3y * ux);
    const from = far[k] * seriesStride;
    const a2x = series[from];
    const a2y = series[from + 1];
    const a3x = series[from + 2];
    const a3y = series[from + 3];
    const a4x = series[from + 4];
    const a4y = series[from + 5];
    l0x += m * ux + (a2x * v2x - a2y * v2y) + (a3x * v3x - a3y * v3y) + (a4x * v4x - a4y * v4y);
    l0y += m * uy + (a2x * v2y + a2y * v2x) + (a3x * v3y + a3y * v3x) + (a4x * v4y + a4y * v4x);
    l1x -= m * v1x + (a2x * v3x - a2y * v3y) + (a3x * v4x - a3y * v4y);
    l1y -= m * v1y + (a2x * v3y + a2y * v3x) + (a3x * v4y + a3y * v4x);
    l2x += m * v2x + (a2x * v4x - a2y * v4y);
    l2y += m * v2y + (a2x * v4y + a2y * v4x);
    l3x -= m * v3x;
    l3y -= m * v3y;
    l4x += m * v4x;
    l4y += m * v4y;
  }
  const to = target * seriesStride + expansion;
  series[to] += l0x;
  series[to + 1] += l0y;
  series[to + 2] += l1x;
  series[to + 3] += l1y;
  series[to + 4] += l2x;
  series[to + 5] += l2y;
  series[to + 6] += l3x;
  series[to + 7] += l3y;
  series[to + 8] += l4x;
  series[to + 9] += l4y;
}
