import { pickAnnotation } from '../map/annotations/pick.ts';
import type { GraphMap } from '../map/graph-map.ts';
import { pickNode } from '../map/pick.ts';
import type { View } from '../map/view.ts';

/** What lies under the pointer: a node, or an annotation by its index in the map's list. */
export type Picked = { readonly kind: 'node' | 'annotation'; readonly index: number };

/** What hears of picks. */
export interface PickListeners<Place> {
  /** A click: what it met, or undefined, and where it was. */
  readonly click?: (picked: Picked | undefined, place: Place) => void;
  /** The pointer has come upon something else than before, or has left it. */
  readonly hover?: (picked: Picked | undefined, place: Place) => void;
}

/** The node under a CSS pixel of a view, or else the annotation. */
export function pickIn(map: GraphMap, view: View, pixelX: number, pixelY: number): Picked | undefined {
  const node = pickNode(map, view, pixelX, pixelY);
  if (node !== undefined) return { kind: 'node', index: node };
  const annotation = pickAnnotation(map, view, pixelX, pixelY);
  return annotation === undefined ? undefined : { kind: 'annotation', index: annotation };
}

/**
 * The node, or else the annotation, at shares of a world from the left and from the top, when that world is so many CSS
 * pixels wide; it is the map's own unless the map is placed otherwise.
 */
export function pickInWorld(
  map: GraphMap,
  across: number,
  down: number,
  worldWidth: number,
  { minX, maxX, maxY } = map.world,
): Picked | undefined {
  const side = maxX - minX;
  const view = {
    x: minX + across * side,
    y: maxY - down * side,
    unitsPerPixel: side / worldWidth,
    ...{ width: 0, height: 0, pixelRatio: 1 },
  };
  return pickIn(map, view, 0, 0);
}

/** Calls `hover` only when what is under the pointer has changed. */
export function hoverOnChange<Place>(hover: PickListeners<Place>['hover']): NonNullable<typeof hover> {
  let last: Picked | undefined;
  return (picked, place) => {
    if (picked?.kind === last?.kind && picked?.index === last?.index) return;
    last = picked;
    hover?.(picked, place);
  };
}
