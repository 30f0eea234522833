import type { Bodies } from '../bodies.ts';
import type { Tree } from './strength.ts';

/** Bodies are numbered anew after so many iterations, and then after each so many times as many. */
const firstRenewal = 8;
const renewalFactor = 4;

/**
 * Bodies are numbered by where they lie, so that what is near in the plane is near in memory: trees and links then hit the
 * cache. Nodes move, but in most layouts not far; a new numbering, which costs about ten iterations, is made ever more seldom.
 */
export interface Numbering {
  /** The body of each node. */
  readonly ranks: Uint32Array;
  /** Whether the bodies are to be numbered anew, once a tree has been built. */
  isDue: boolean;
  /** Numbers the bodies by the tree's order. */
  renew(): void;
  copyPlaces(bodies: Bodies): void;
  copyProperties(bodies: Bodies): void;
  /** Adds the forces to those of the nodes, and copies the stiffness if it `changes`. */
  addForces(bodies: Bodies, changes: boolean): void;
}

export function createNumbering(tree: Tree, count: number): Numbering {
  const { places, forces, mass, size, stiffness, order } = tree;
  const nodes = Uint32Array.from({ length: count }, (_, i) => i);
  const ranks = nodes.slice();
  let sums = 0;
  let renewal = firstRenewal;
  order.set(nodes);
  const numbering: Numbering = {
    ranks,
    isDue: true,
    renew() {
      const renewed = order.map((body) => nodes[body]);
      for (let body = 0; body < count; body++) {
        nodes[body] = renewed[body];
        ranks[renewed[body]] = body;
        order[body] = body;
      }
      numbering.isDue = false;
    },
    copyPlaces({ x, y }) {
      for (let node = 0; node < count; node++) {
        const body = 2 * ranks[node];
        places[body] = x[node];
        places[body + 1] = y[node];
      }
    },
    copyProperties(bodies) {
      for (let body = 0; body < count; body++) {
        mass[body] = bodies.mass[nodes[body]];
        size[body] = bodies.size[nodes[body]];
      }
    },
    addForces({ forceX, forceY, stiffness: held }, changes) {
      for (let node = 0; node < count; node++) {
        const body = ranks[node];
        forceX[node] += forces[2 * body];
        forceY[node] += forces[2 * body + 1];
        if (changes) held[node] = stiffness[body];
      }
      sums++;
      if (sums < renewal) return;
      renewal *= renewalFactor;
      numbering.isDue = true;
    },
  };
  return numbering;
}
