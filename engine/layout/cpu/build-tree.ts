import type { Bodies } from './bodies.ts';
import { sumCell } from './moments.ts';
import { sortRange } from './sort.ts';
import { splitRange } from './split.ts';
import { bucket, type Tree } from './tree.ts';

/** Builds the tree over the bodies where they are now. With `withSizes` a cell's radius reaches to its bodies' rims. */
export function buildTree(tree: Tree, bodies: Bodies, withSizes: boolean): void {
  tree.cellCount = 0;
  if (bodies.count === 0) return;
  tree.places.set(bodies.places);
  sortRange(tree, 0, bodies.count);
  splitRange(tree, 0, bodies.count, bucket);
  for (let place = 0; place < bodies.count; place++) {
    const i = tree.order[place];
    tree.x[place] = bodies.places[2 * i];
    tree.y[place] = bodies.places[2 * i + 1];
    tree.mass[place] = bodies.mass[i];
    tree.size[place] = withSizes ? bodies.size[i] : 0;
  }
  for (let cell = tree.cellCount - 1; cell >= 0; cell--) sumCell(tree, cell);
}
