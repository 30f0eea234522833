import { IsthmusError } from '../base/errors.ts';
import type { Positions } from '../graph/packed-graph.ts';

/** Where nodes are held, by their numbers, in layout units. */
export type HeldPlaces = ReadonlyMap<number, readonly [x: number, y: number]>;

/** Nodes that do not move, whatever pulls them. */
export interface Held {
  readonly nodes: Uint32Array;
  /** Where they are held: x0, y0, x1, y1, … (stride 2) in layout units. */
  readonly places: Float32Array;
}

/** Nothing is held. */
export const noneHeld: Held = { nodes: new Uint32Array(0), places: new Float32Array(0) };

/** Nodes and their places as arrays. @throws UsageError for a node that there is not, or a place that is not finite. */
export function heldNodes(places: HeldPlaces, nodeCount: number): Held {
  for (const [node, [x, y]] of places) {
    if (!(Number.isSafeInteger(node) && node >= 0 && node < nodeCount)) {
      throw new IsthmusError('UsageError', `Node ${node} is to be held, but the nodes are 0 to ${nodeCount - 1}.`);
    }
    // In single precision, in which a layout has its places.
    if (Number.isFinite(Math.fround(x)) && Number.isFinite(Math.fround(y))) continue;
    throw new IsthmusError(
      'UsageError',
      `Node ${node} is to be held at (${x}, ${y}), but a place is two finite numbers.`,
    );
  }
  return { nodes: Uint32Array.from(places.keys()), places: Float32Array.from([...places.values()].flat()) };
}

/** These nodes held where they are. */
export function heldWhere(nodes: Uint32Array, positions: Positions): Held {
  const places = Float32Array.from({ length: 2 * nodes.length }, (_, k) => positions[2 * nodes[k >> 1] + (k & 1)]);
  return { nodes, places };
}

/** Whether the same nodes are held at the same places. */
export function isSameHeld(a: Held, b: Held): boolean {
  const isSame = (some: ArrayLike<number>, others: ArrayLike<number>) =>
    some.length === others.length && Array.prototype.every.call(some, (value, k) => value === others[k]);
  return isSame(a.nodes, b.nodes) && isSame(a.places, b.places);
}
