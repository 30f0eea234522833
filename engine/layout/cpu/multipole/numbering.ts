import { type Bodies, renumber } from '../bodies.ts';
import type { ForceTables } from './tables.ts';

/** Bodies are numbered anew after so many iterations, and then after each so many times as many. */
const firstRenewal = 8;
const renewalFactor = 4;

/**
 * Bodies are numbered by where they lie, so that what is near in the plane is near in memory: trees and links then hit the
 * cache. Nodes move, but in most layouts not far; a new numbering, which costs about ten iterations, is made ever more seldom.
 */
export interface Numbering {
  /** Whether the bodies are to be numbered anew, once a tree has been built. */
  isDue: boolean;
  /** Numbers the bodies by the tree's order, which is theirs then. */
  renew(bodies: Bodies): void;
  /** Takes note of an iteration. */
  advance(): void;
}

export function createNumbering({ order }: ForceTables): Numbering {
  let iterations = 0;
  let renewal = firstRenewal;
  const numbering: Numbering = {
    isDue: true,
    renew(bodies) {
      renumber(bodies, order);
      order.forEach((_, body) => {
        order[body] = body;
      });
      numbering.isDue = false;
    },
    advance() {
      iterations++;
      if (iterations < renewal) return;
      renewal *= renewalFactor;
      numbering.isDue = true;
    },
  };
  return numbering;
}
