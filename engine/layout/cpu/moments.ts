import { cellStride, type Tree } from './tree.ts';

/** Mass, centre, radius and moments of a cell: a leaf's from its bodies, the others' from the cells inside. */
export function sumCell(tree: Tree, cell: number): void {
  const { first, last, next, cells, x, y, mass, size } = tree;
  const at = cell * cellStride;
  const isLeaf = next[cell] === cell + 1;
  let total = 0;
  let cx = 0;
  let cy = 0;
  if (isLeaf) {
    for (let j = first[cell]; j < last[cell]; j++) {
      total += mass[j];
      cx += mass[j] * x[j];
      cy += mass[j] * y[j];
    }
  } else {
    for (let child = cell + 1; child < next[cell]; child = next[child]) {
      const from = child * cellStride;
      total += cells[from + 3];
      cx += cells[from + 3] * cells[from];
      cy += cells[from + 3] * cells[from + 1];
    }
  }
  cx /= total;
  cy /= total;
  let radius = 0;
  for (let j = first[cell]; j < last[cell]; j++) {
    const zx = x[j] - cx;
    const zy = y[j] - cy;
    radius = Math.max(radius, Math.sqrt(zx * zx + zy * zy) + size[j]);
  }
  let a2x = 0;
  let a2y = 0;
  let a3x = 0;
  let a3y = 0;
  if (isLeaf) {
    for (let j = first[cell]; j < last[cell]; j++) {
      const zx = x[j] - cx;
      const zy = y[j] - cy;
      const z2x = zx * zx - zy * zy;
      const z2y = 2 * zx * zy;
      a2x += mass[j] * z2x;
      a2y += mass[j] * z2y;
      a3x += mass[j] * (z2x * zx - z2y * zy);
      a3y += mass[j] * (z2x * zy + z2y * zx);
    }
  } else {
    // Moments about the parent's centre: a′_l = Σ_k C(l, k) a_k s^(l − k), s from the parent's centre to the child's.
    for (let child = cell + 1; child < next[cell]; child = next[child]) {
      const from = child * cellStride;
      const sx = cells[from] - cx;
      const sy = cells[from + 1] - cy;
      const m = cells[from + 3];
      const b2x = cells[from + 4];
      const b2y = cells[from + 5];
      const s2x = sx * sx - sy * sy;
      const s2y = 2 * sx * sy;
      a2x += b2x + m * s2x;
      a2y += b2y + m * s2y;
      a3x += cells[from + 6] + 3 * (b2x * sx - b2y * sy) + m * (s2x * sx - s2y * sy);
      a3y += cells[from + 7] + 3 * (b2x * sy + b2y * sx) + m * (s2x * sy + s2y * sx);
    }
  }
  cells[at] = cx;
  cells[at + 1] = cy;
  cells[at + 2] = radius;
  cells[at + 3] = total;
  cells[at + 4] = a2x;
  cells[at + 5] = a2y;
  cells[at + 6] = a3x;
  cells[at + 7] = a3y;
}
