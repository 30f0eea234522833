import type { Tree } from './strength.ts';
import { sphere, sphereStride } from './tables.ts';

/** Once leaves have grown by this share on average the tree is made anew in the next iteration: wider ones have more others near. */
const slack = 0.05;

/** Where they have grown by this share it is made anew at once, although its cells have been summed in vain. */
const mostSlack = 0.2;

/** Where a new tree is outgrown so far at once it is not asked in so many iterations. */
const restlessIterations = 16;

/** Whether a tree can serve once more: its cells are summed anew in every iteration, so that no error grows with its age. */
export interface Kept {
  /** Whether there has to be a new one, whatever the cells turn out to be. */
  readonly isDue: boolean;
  /** Takes the cells of a new tree, once they are summed. */
  renew(): void;
  /** Whether the summed cells fit the bodies well enough. */
  fits(): boolean;
}

export function createKept(tree: Tree): Kept {
  const { spheres, first, last, next } = tree;
  const radii = new Float64Array(tree.first.length);
  let leaves = 0;
  let age = 0;
  let restless = 1;
  let isOutgrown = false;
  return {
    get isDue() {
      return isOutgrown || restless > 0;
    },
    renew() {
      leaves = 0;
      for (let cell = 0; cell < tree.cellCount; cell++) {
        radii[cell] = spheres[cell * sphereStride + sphere.radius];
        if (next[cell] === cell + 1) leaves++;
      }
      age = 0;
      isOutgrown = false;
      restless = Math.max(0, restless - 1);
    },
    fits() {
      let growth = 0;
      for (let cell = 0; cell < tree.cellCount; cell++) {
        const radius = spheres[cell * sphereStride + sphere.radius];
        // That of a single body is but rounding.
        if (next[cell] === cell + 1 && last[cell] - first[cell] > 1 && radius > radii[cell])
          growth += radius / radii[cell] - 1;
      }
      isOutgrown = growth > slack * leaves;
      const isFit = growth <= mostSlack * leaves;
      if (!isFit && age === 0) restless = restlessIterations;
      age++;
      return isFit;
    },
  };
}
