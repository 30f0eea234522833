import { fitView, type GraphMap, growBox, type View, zoomView } from '../engine/index.ts';

/** CSS pixels at the sides of the window that the panel covers. */
export interface Insets {
  readonly left: number;
  readonly bottom: number;
}

/** The view in which a map's nodes fill what the panel leaves free, with room for the outermost labels. */
export function fitBeside({ bounds }: GraphMap, view: View, { left, bottom }: Insets): View {
  const side = Math.max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY) || 1;
  const box = growBox(bounds, 0.05 * side);
  const size = { width: Math.max(64, view.width - left), height: Math.max(64, view.height - bottom) };
  const fitted = fitView(box, size);
  return centredBeside({ ...view, unitsPerPixel: fitted.unitsPerPixel }, fitted.x, fitted.y, { left, bottom });
}

/** The view with a point of the plane in the middle of what the panel leaves free. */
export function centredBeside(view: View, x: number, y: number, { left, bottom }: Insets): View {
  return { ...view, x: x - (left / 2) * view.unitsPerPixel, y: y - (bottom / 2) * view.unitsPerPixel };
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
