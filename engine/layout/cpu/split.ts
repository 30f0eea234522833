import { type Sorted, sortRange } from './sort.ts';

/** Cells in preorder over bodies in Morton order. */
export interface Cells extends Sorted {
  cellCount: number;
  /** Bodies first[c] … last[c] − 1 of the order. */
  readonly first: Uint32Array;
  readonly last: Uint32Array;
  /** The next cell that is not inside this one; a leaf's is c + 1. */
  readonly next: Uint32Array;
}

/**
 * Makes the cell of a sorted range, and cells inside it unless at most `leafSize` bodies are in it. Only cells in which
 * bodies part are made. Where bodies lie in one place, or there is no room for more cells beside those that are `awaited`
 * yet, a leaf holds more.
 */
export function splitRange(tree: Cells, start: number, end: number, leafSize: number, awaited = 0): void {
  const { keys, first, last, next } = tree;
  const cell = tree.cellCount++;
  first[cell] = start;
  last[cell] = end;
  const mayPart = end - start > leafSize && tree.cellCount + awaited + 4 <= first.length;
  if (mayPart && (keys[start] !== keys[end - 1] || sortRange(tree, start, end))) {
    const shift = (31 - Math.clz32(keys[start] ^ keys[end - 1])) & ~1;
    let from = start;
    while (from < end) {
      const quarter = keys[from] >>> shift;
      let low = from + 1;
      let high = end;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (keys[middle] >>> shift === quarter) low = middle + 1;
        else high = middle;
      }
      splitRange(tree, from, low, leafSize, awaited + 3);
      from = low;
    }
  }
  next[cell] = tree.cellCount;
}
