import type { Bodies } from './bodies.ts';
import { sumCell } from './moments.ts';
import { sortRange } from './sort.ts';
import { bucket, growCells, type Tree } from './tree.ts';

/** Builds the tree over the bodies where they are now. With `withSizes` a cell's radius reaches to its bodies' rims. */
export function buildTree(tree: Tree, bodies: Bodies, withSizes: boolean): void {
  tree.cellCount = 0;
  if (bodies.count === 0) return;
  sortRange(tree, bodies, 0, bodies.count);
  split(tree, bodies, 0, bodies.count);
  for (let place = 0; place < bodies.count; place++) {
    const i = tree.order[place];
    tree.x[place] = bodies.x[i];
    tree.y[place] = bodies.y[i];
    tree.mass[place] = bodies.mass[i];
    tree.size[place] = withSizes ? bodies.size[i] : 0;
  }
  for (let cell = tree.cellCount - 1; cell >= 0; cell--) sumCell(tree, cell);
}

/** Makes the cell of a sorted range and the cells inside it. */
function split(tree: Tree, bodies: Bodies, start: number, end: number): void {
  if (tree.cellCount === tree.first.length) growCells(tree);
  const cell = tree.cellCount++;
  tree.first[cell] = start;
  tree.last[cell] = end;
  if (end - start > bucket && (tree.keys[start] !== tree.keys[end - 1] || sortRange(tree, bodies, start, end))) {
    const { keys } = tree;
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
      split(tree, bodies, from, low);
      from = low;
    }
  }
  tree.next[cell] = tree.cellCount;
}
