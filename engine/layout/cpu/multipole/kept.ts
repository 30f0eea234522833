import type { Tree } from './strength.ts';
import { sphere, sphereStride } from './tables.ts';

/** Leaves may have grown by this share on average since the tree was made: wider ones have more others near. */
const slack = 0.05;

/** Where a new tree is outgrown at once it is not asked in so many iterations, since what shows it costs some time too. */
const restlessIterations = 16;

/** Whether a tree can serve once more: its cells are summed anew in every iteration, so that no error grows with its age. */
export interface Kept {
  /** Whether there has to be a new one, whatever the cells turn out to be. */
  readonly isDue: boolean;
  /** Takes the cells of a new tree, once they are summed. */
  renew(): void;
  /** Whether the summed cells fit the bodies about as well as those of a new tree. */
  fits(): boolean;
}

export function createKept(tree: Tree): Kept {
  const { spheres, first, last, next } = tree;
  const radii = new Float64Array(tree.first.length);
  let leaves = 0;
  let age = 0;
  let restless = 1;
  return {
    get isDue() {
      return restless > 0;
    },
    renew() {
      leaves = 0;
      for (let cell = 0; cell < tree.cellCount; cell++) {
        radii[cell] = spheres[cell * sphereStride + sphere.radius];
        if (next[cell] === cell + 1) leaves++;
      }
      age = 0;
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
      const isFit = growth <= slack * leaves;
      if (!isFit && age === 0) restless = restlessIterations;
      age++;
      return isFit;
    },
  };
}
