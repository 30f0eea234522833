import { type GraphMap, type HeldPlaces, moveMap, type Positions } from '../engine/index.ts';
import type { State } from './state.ts';

/** Where the nodes are that are to be held: the dragged one under the hand, the others where they lie. */
export function heldPlaces({ held, dragged }: State, positions: Positions): HeldPlaces {
  const places = new Map(held.map((node) => [node, [positions[2 * node], positions[2 * node + 1]] as const]));
  return dragged === undefined ? places : places.set(dragged.node, [dragged.x, dragged.y]);
}

/** The positions with the dragged node under the hand, however far a layout has come meanwhile. */
export function underHand({ dragged }: State, positions: Positions): Positions {
  if (dragged === undefined) return positions;
  const moved = positions.slice();
  moved.set([dragged.x, dragged.y], 2 * dragged.node);
  return moved;
}

/** The map with the dragged node under the hand; its relief follows later. */
export function mapUnderHand(state: State, map: GraphMap): GraphMap {
  return state.dragged === undefined ? map : moveMap(map, underHand(state, map.positions), map.relief);
}
