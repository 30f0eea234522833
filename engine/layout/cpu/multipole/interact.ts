import { type ForceTables, inside, insideStride, listLength, sphere, sphereStride, type Walk } from './tables.ts';

/** What is done with the cells that are far from a cell, or near a leaf: they wait in the lists of the walk. */
export interface CellWork {
  far(target: number, count: number): void;
  near(target: number, count: number): void;
}

/** A pair of leaves with no more pairs of bodies than this is no dearer taken one by one, and exact. */
const fewPairs = 48;

/** Which cells count as far from another, R = r + r′ and w = c − c′: those with R < opening · |w| and m′ R⁵ < tolerance · |w|⁶. */
export interface Acceptance {
  readonly opening: number;
  readonly tolerance: number;
}

/**
 * Lets all cells act on one cell and those inside it. Of a pair that is not far the larger cell is opened, until both are
 * leaves: what is left for the cells inside is found once, and handed down to all of them.
 */
export function interact(tables: ForceTables, walk: Walk, target: number, accept: Acceptance, work: CellWork): void {
  const { spheres, spread, first, last, next, insides } = tables;
  const { queue, pending, far, near } = walk;
  const room = pending.length - 1;
  const opening = accept.opening * accept.opening;
  const { tolerance } = accept;

  const visit = (to: number, start: number, end: number) => {
    const toEnd = next[to];
    const isLeaf = toEnd === to + 1;
    const bodies = last[to] - first[to];
    const x = spheres[to * sphereStride];
    const y = spheres[to * sphereStride + 1];
    const radius = spheres[to * sphereStride + sphere.radius];
    let left = end;
    let farCount = 0;
    let nearCount = 0;
    let queued = 0;
    for (let place = start; place < end; place++) queue[queued++] = pending[place];
    for (let looked = 0; looked < queued; looked++) {
      const from = queue[looked];
      const other = from * sphereStride;
      const dx = x - spheres[other];
      const dy = y - spheres[other + 1];
      const otherRadius = spheres[other + sphere.radius];
      const reach = radius + otherRadius;
      const square = dx * dx + dy * dy;
      const reached = reach * reach;
      const isFar =
        reached < opening * square &&
        spheres[other + sphere.mass] * reached * reached * reach < tolerance * square * square * square;
      const within = from * insideStride;
      const cells = insides[within + inside.cells];
      const isOtherLeaf = cells === 0;
      const areLeaves = isLeaf && isOtherLeaf;
      if (isFar && !(areLeaves && bodies * insides[within + inside.bodies] <= fewPairs)) {
        far[farCount++] = from;
        if (farCount < listLength) continue;
        work.far(to, farCount);
        farCount = 0;
      } else if (areLeaves) {
        if (to === from && spread[to] === 0) continue;
        near[nearCount++] = from;
        if (nearCount < listLength) continue;
        work.near(to, nearCount);
        nearCount = 0;
      } else if (isOtherLeaf || (!isLeaf && radius >= otherRadius)) {
        if (left < room) pending[left++] = from;
        else repelLeaves(to, from);
      } else {
        for (let k = 0; k < cells; k++) queue[queued++] = insides[within + k];
      }
    }
    if (farCount > 0) work.far(to, farCount);
    if (nearCount > 0) work.near(to, nearCount);
    if (left > end) for (let child = to + 1; child < toEnd; child = next[child]) visit(child, end, left);
  };

  /** Takes bodies one by one, where there is no room for what is left: it happens only if hardly a cell counts as far. */
  const repelLeaves = (to: number, from: number) => {
    for (let leaf = to; leaf < next[to]; leaf++) {
      if (next[leaf] !== leaf + 1) continue;
      for (let other = from; other < next[from]; other++) {
        if (next[other] !== other + 1) continue;
        near[0] = other;
        work.near(leaf, 1);
      }
    }
  };

  pending[0] = 0;
  visit(target, 0, 1);
}
