import { bytesOf, viewsOf } from '../arena.ts';
import type { Repel } from '../repel.ts';
import { buildCells } from './build.ts';
import { interact } from './interact.ts';
import { gatherCell, gatherLeaf } from './moments.ts';
import { repelNear, repelNearRims } from './near.ts';
import { spreadCell, spreadLeaf } from './spread.ts';
import { cellStride, field, type MultipoleTree, treeTables, walkTables } from './tables.ts';
import { translate } from './translate.ts';

/** What a default θ of 1.2 stands for: r + r′ < 0.72 |c − c′|. At 1 two cells touch, and their series no longer converges. */
const openingOfTheta = 0.6;

/** Two cells count as far if r + r′ < opening · |c − c′|. */
export function openingOf(barnesHutTheta: number): number {
  return Math.min(1, openingOfTheta * barnesHutTheta);
}

/**
 * The fast multipole method over an adaptive quadtree (Greengard and Rokhlin 1987, by dual traversal as in Dehnen 2002),
 * on one thread. In the plane the repulsion on i is m_i conj(Σ m_j/(z_i − z_j)), so that all series are powers of complex
 * numbers. Sizes count between bodies; cells are only kept apart by them.
 */
export function createMultipole(count: number): Repel {
  const tables = treeTables(count);
  const tree: MultipoleTree = { ...viewsOf(tables, new ArrayBuffer(bytesOf(tables))), cellCount: 0 };
  const walk = viewsOf(walkTables(), new ArrayBuffer(bytesOf(walkTables())));
  tree.order.forEach((_, place) => {
    tree.order[place] = place;
  });
  return (bodies, { adjustSizes, barnesHutTheta, scalingRatio }) => {
    if (count === 0) return;
    buildCells(tree, bodies);
    const { next } = tree;
    for (let cell = tree.cellCount - 1; cell >= 0; cell--) {
      if (next[cell] === cell + 1) gatherLeaf(tree, cell, bodies, adjustSizes);
      else gatherCell(tree, cell);
    }
    for (let cell = 0; cell < tree.cellCount; cell++)
      tree.cells.fill(0, cell * cellStride + field.expansion, cell * cellStride + field.expansion + 4);
    const near = adjustSizes ? repelNearRims : repelNear;
    interact(tree, walk, 0, openingOf(barnesHutTheta), {
      far: (pairs, length) => translate(tree, pairs, length),
      near: (pairs, length) => near(tree, pairs, length),
    });
    for (let cell = 0; cell < tree.cellCount; cell++) {
      if (next[cell] === cell + 1) spreadLeaf(tree, cell, bodies, scalingRatio);
      else spreadCell(tree, cell);
    }
  };
}
