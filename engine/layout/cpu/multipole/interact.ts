import { cellStride, type ForceTables, field, listLength, type Walk } from './tables.ts';

/** What is done with pairs of cells, target and source, once there are many. */
export interface PairWork {
  far(pairs: Uint32Array, count: number): void;
  near(pairs: Uint32Array, count: number): void;
}

/** A pair of leaves with no more pairs of bodies than this is no dearer taken one by one, and exact. */
const fewPairs = 48;

/** Which pairs of cells count as far, R = r + r′ and w = c − c′: those with R < opening · |w| and m′ R⁵ < tolerance · |w|⁶. */
export interface Acceptance {
  readonly opening: number;
  readonly tolerance: number;
}

/**
 * Lets all cells act on one cell and those inside it. Of a pair that is not far the larger cell is opened, until both are
 * leaves.
 */
export function interact(tables: ForceTables, walk: Walk, target: number, accept: Acceptance, work: PairWork): void {
  const { cells, first, last, next } = tables;
  const { stack, far, near } = walk;
  const opening = accept.opening * accept.opening;
  const { tolerance } = accept;
  const full = 2 * listLength;
  let farCount = 0;
  let nearCount = 0;
  stack[0] = target;
  stack[1] = 0;
  let top = 2;
  while (top > 0) {
    top -= 2;
    const to = stack[top];
    const from = stack[top + 1];
    const at = to * cellStride;
    const other = from * cellStride;
    const dx = cells[at] - cells[other];
    const dy = cells[at + 1] - cells[other + 1];
    const reach = cells[at + field.radius] + cells[other + field.radius];
    const square = dx * dx + dy * dy;
    const reached = reach * reach;
    const isFar =
      reached < opening * square &&
      cells[other + field.mass] * reached * reached * reach < tolerance * square * square * square;
    const toEnd = next[to];
    const fromEnd = next[from];
    const isLeaf = toEnd === to + 1;
    const isOtherLeaf = fromEnd === from + 1;
    if (isLeaf && isOtherLeaf) {
      if (isFar && (last[to] - first[to]) * (last[from] - first[from]) > fewPairs) {
        far[farCount++] = to;
        far[farCount++] = from;
      } else if (to !== from || cells[at + field.spread] > 0) {
        near[nearCount++] = to;
        near[nearCount++] = from;
      }
    } else if (isFar) {
      far[farCount++] = to;
      far[farCount++] = from;
    } else if (isOtherLeaf || (!isLeaf && cells[at + field.radius] >= cells[other + field.radius])) {
      for (let child = to + 1; child < toEnd; child = next[child]) {
        stack[top++] = child;
        stack[top++] = from;
      }
    } else {
      for (let child = from + 1; child < fromEnd; child = next[child]) {
        stack[top++] = to;
        stack[top++] = child;
      }
    }
    if (farCount === full) {
      work.far(far, farCount);
      farCount = 0;
    }
    if (nearCount === full) {
      work.near(near, nearCount);
      nearCount = 0;
    }
  }
  work.far(far, farCount);
  work.near(near, nearCount);
}
