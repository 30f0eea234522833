import { toLayout, type View } from '../../map/view.ts';
import type { Placement } from '../placement.ts';

/** How many more Earths a map shows on either side at most. */
const mostTurns = 3;

/**
 * The views of all the Earths that a view shows side by side, where a map goes round the globe: the drawing of each shows
 * the same part of the screen. The view's own is the first.
 */
export function viewsAround(view: View, { world }: Placement): readonly View[] {
  const side = world.maxX - world.minX;
  const corners = [0, view.width].flatMap((x) => [0, view.height].map((y) => toLayout(view, x, y)[0]));
  // A tilted sheet ends at the horizon, below a corner that is not on it.
  const [left, right] = [Math.min(...corners), Math.max(...corners)].map((x) => (Number.isNaN(x) ? undefined : x));
  const first = left === undefined ? -1 : Math.max(-mostTurns, Math.ceil((left - world.maxX) / side));
  const last = right === undefined ? 1 : Math.min(mostTurns, Math.floor((right - world.minX) / side));
  const turns = Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => first + k);
  const ordered = [0, ...turns.filter((turn) => turn !== 0)];
  return ordered.map((turn) => (turn === 0 ? view : { ...view, x: view.x - turn * side }));
}
