import { fitView, type GraphMap, growBox, type View, zoomView } from '../engine/index.ts';

/** CSS pixels at the sides of the window that are covered. */
export interface Insets {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The view in which a map's nodes fill what is left free, with room for the outermost labels. */
export function fitBeside({ bounds }: GraphMap, view: View, sides: Insets): View {
  const side = Math.max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY) || 1;
  const box = growBox(bounds, 0.05 * side);
  const size = {
    width: Math.max(64, view.width - sides.left - sides.right),
    height: Math.max(64, view.height - sides.top - sides.bottom),
  };
  const fitted = fitView(box, size);
  return centredBeside({ ...view, unitsPerPixel: fitted.unitsPerPixel }, fitted.x, fitted.y, sides);
}

/** The view with a point of the plane in the middle of what is left free. */
export function centredBeside(view: View, x: number, y: number, { left, right, top, bottom }: Insets): View {
  const { unitsPerPixel } = view;
  return { ...view, x: x - ((left - right) / 2) * unitsPerPixel, y: y + ((top - bottom) / 2) * unitsPerPixel };
}

/** The view of a map that has moved on, about a node or else the map's middle: what was in sight stays so. */
export function carriedView(view: View, before: GraphMap, after: GraphMap, node: number | undefined): View {
  const from = anchorOf(before, node);
  const to = anchorOf(after, node);
  const growth = to.extent / from.extent || 1;
  const unitsPerPixel = view.unitsPerPixel * growth;
  return { ...view, x: to.x + (view.x - from.x) * growth, y: to.y + (view.y - from.y) * growth, unitsPerPixel };
}

function anchorOf({ bounds, positions }: GraphMap, node: number | undefined): { x: number; y: number; extent: number } {
  const { minX, minY, maxX, maxY } = bounds;
  const extent = Math.max(maxX - minX, maxY - minY);
  return node === undefined
    ? { x: (minX + maxX) / 2, y: (minY + maxY) / 2, extent }
    : { x: positions[2 * node], y: positions[2 * node + 1], extent };
}

/** The view magnified about a pixel, but not beyond where the whole sheet is a stamp or two nodes fill the window. */
export function zoomWithin(map: GraphMap, view: View, factor: number, pixelX?: number, pixelY?: number): View {
  const across = Math.max(map.sheet.maxX - map.sheet.minX, map.sheet.maxY - map.sheet.minY);
  const fitted = across / Math.min(view.width, view.height);
  const wanted = Math.min(fitted * 4, Math.max(fitted / 1000, view.unitsPerPixel / factor));
  return zoomView(view, view.unitsPerPixel / wanted, pixelX, pixelY);
}

/** How close a flight comes to a node: its surroundings fill the window. */
export function closeUp(map: GraphMap, view: View): number {
  const across = Math.max(map.sheet.maxX - map.sheet.minX, map.sheet.maxY - map.sheet.minY);
  return Math.min(view.unitsPerPixel, across / 6 / Math.min(view.width, view.height));
}
