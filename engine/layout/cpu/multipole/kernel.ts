import { integrate } from '../integrate.ts';
import { type Gravity, type Push, push } from '../push.ts';
import { measure } from '../speed.ts';
import { buildCells } from './build.ts';
import { interact } from './interact.ts';
import { attractByLogarithm, attractEvenly, attractLinearly, attractRims, gravitate } from './links.ts';
import { gatherCell, gatherLeaf } from './moments.ts';
import { repelNear } from './near.ts';
import { spreadCell, spreadLeaf } from './spread.ts';
import type { ForceTables, Walk } from './tables.ts';
import { translate } from './translate.ts';

/** How edges pull: along the distance, all equally or not; by its logarithm; or either between the rims of the nodes. */
export const attractionMode = { even: 0, linear: 1, logarithm: 2, rims: 3, rimsByLogarithm: 4 } as const;

/** The hot loops, over ranges of the tables that they were made with; what writes into the same places is left to one call. */
export interface Kernel {
  /** Makes the cells over so many bodies where they are now, and gives each leaf its slots; returns how many cells there are. */
  build(count: number, leafSize: number): number;
  /** Sums the cells from … to − 1 of the tree, the inner ones first, and fills the slots of leaves. */
  gather(from: number, to: number, withSizes: boolean): void;
  /** Lets all cells act on one cell and those inside it (`interact`). */
  interact(target: number, opening: number, tolerance: number, withSizes: boolean): void;
  /** Hands expansions on in the cells from … to − 1, the outer ones first, and adds the repulsion on their bodies to the forces. */
  spread(from: number, to: number, scalingRatio: number): void;
  /** Sets the forces on the bodies from … to − 1 to gravity and the attraction of their edges; unless it is linear also their stiffness. */
  attract(from: number, to: number, mode: number, gravity: Gravity): void;
  /** `measure` of the bodies from … to − 1 into the sums of a task. */
  measure(from: number, to: number, task: number): void;
  /** `integrate` of the bodies from … to − 1. */
  integrate(from: number, to: number, speed: number, withSizes: boolean): void;
  /** `push` of the bodies from … to − 1, with its sums into those of a task. */
  push(from: number, to: number, task: number, by: Push): void;
}

/** The kernel in plain JavaScript. */
export function createPlainKernel(tables: ForceTables, walk: Walk): Kernel {
  const { next } = tables;
  const far = (target: number, count: number) => translate(tables, walk, target, count);
  const works = [false, true].map((withSizes) => ({
    far,
    near: (target: number, count: number) => repelNear(tables, walk, target, count, withSizes),
  }));
  return {
    build: (count, leafSize) => buildCells(tables, count, leafSize),
    gather(from, to, withSizes) {
      for (let cell = to - 1; cell >= from; cell--) {
        if (next[cell] === cell + 1) gatherLeaf(tables, cell, withSizes);
        else gatherCell(tables, cell);
      }
    },
    interact(target, opening, tolerance, withSizes) {
      interact(tables, walk, target, { opening, tolerance }, works[withSizes ? 1 : 0]);
    },
    spread(from, to, scalingRatio) {
      for (let cell = from; cell < to; cell++) {
        if (next[cell] === cell + 1) spreadLeaf(tables, cell, scalingRatio);
        else spreadCell(tables, cell);
      }
    },
    attract(from, to, mode, gravity) {
      if (mode === attractionMode.even) attractEvenly(tables, from, to);
      else if (mode === attractionMode.linear) attractLinearly(tables, from, to);
      else if (mode === attractionMode.logarithm) attractByLogarithm(tables, from, to);
      else attractRims(tables, from, to, mode === attractionMode.rimsByLogarithm);
      gravitate(tables, from, to, gravity);
    },
    measure: (from, to, task) => tables.sums.set(measure(tables, from, to), 2 * task),
    integrate: (from, to, speed, withSizes) => integrate(tables, from, to, speed, withSizes),
    push: (from, to, task, by) => tables.sums.set(push(tables, from, to, by), 2 * task),
  };
}
