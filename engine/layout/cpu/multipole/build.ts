import type { Bodies } from '../bodies.ts';
import { sortRange } from '../sort.ts';
import { splitRange } from '../split.ts';
import { leafSize, type MultipoleTree } from './tables.ts';

/** Makes the cells over the bodies where they are now, and gives each leaf its slots. */
export function buildCells(tree: MultipoleTree, bodies: Bodies): void {
  tree.cellCount = 0;
  sortRange(tree, bodies, 0, bodies.count);
  splitRange(tree, bodies, 0, bodies.count, leafSize);
  const { first, last, next, slot } = tree;
  let slots = 0;
  for (let cell = 0; cell < tree.cellCount; cell++) {
    if (next[cell] !== cell + 1) continue;
    slot[cell] = slots;
    slots = (slots + last[cell] - first[cell] + 3) & ~3;
  }
}
