import { cellStride, type ForceTables } from './tables.ts';

/**
 * Adds to the expansion of each pair's first cell the far field of the second:
 * Λ_n += (−1)ⁿ Σ_k A_k V_{n + k}, V_m = m!/w^{m + 1}, w from the second's centre to the first's, over all n + k ≤ 4. So the
 * error is of the fifth order in (r + r′)/|w|, by which pairs are accepted.
 */
export function translate(tables: ForceTables, far: Uint32Array, farCount: number): void {
  const { cells } = tables;
  for (let pair = 0; pair < farCount; pair += 2) {
    const to = far[pair] * cellStride;
    const from = far[pair + 1] * cellStride;
    const wx = cells[to] - cells[from];
    const wy = cells[to + 1] - cells[from + 1];
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
    const m = cells[from + 3];
    const a2x = cells[from + 4];
    const a2y = cells[from + 5];
    const a3x = cells[from + 6];
    const a3y = cells[from + 7];
    const a4x = cells[from + 8];
    const a4y = cells[from + 9];
    cells[to + 10] += m * ux + (a2x * v2x - a2y * v2y) + (a3x * v3x - a3y * v3y) + (a4x * v4x - a4y * v4y);
    cells[to + 11] += m * uy + (a2x * v2y + a2y * v2x) + (a3x * v3y + a3y * v3x) + (a4x * v4y + a4y * v4x);
    cells[to + 12] -= m * v1x + (a2x * v3x - a2y * v3y) + (a3x * v4x - a3y * v4y);
    cells[to + 13] -= m * v1y + (a2x * v3y + a2y * v3x) + (a3x * v4y + a3y * v4x);
    cells[to + 14] += m * v2x + (a2x * v4x - a2y * v4y);
    cells[to + 15] += m * v2y + (a2x * v4y + a2y * v4x);
    cells[to + 16] -= m * v3x;
    cells[to + 17] -= m * v3y;
    cells[to + 18] += m * v4x;
    cells[to + 19] += m * v4y;
  }
}
