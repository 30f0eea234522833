import type { Box } from '../base/box.ts';

/** What part of the plane is seen, and how large. Pixel coordinates start at the top left, y downwards. */
export interface View {
  /** Centre, layout units. */
  readonly x: number;
  readonly y: number;
  /** Layout units per CSS pixel; greater than 0. */
  readonly unitsPerPixel: number;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
}

/** The size of a drawing: CSS pixels, and device pixels per CSS pixel (default 1). */
export interface Size {
  readonly width: number;
  readonly height: number;
  readonly pixelRatio?: number;
}

/** The view in which the box fills the drawing, centred, with `margin` CSS pixels (default 0) left free on every side. */
export function fitView(box: Box, size: Size, margin = 0): View {
  const { width, height, pixelRatio = 1 } = size;
  const across = Math.max(1, width - 2 * margin);
  const down = Math.max(1, height - 2 * margin);
  const unitsPerPixel = Math.max((box.maxX - box.minX) / across, (box.maxY - box.minY) / down) || 1;
  return { x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2, unitsPerPixel, width, height, pixelRatio };
}

/** The CSS pixel of a point in layout units. */
export function toPixel(view: View, x: number, y: number): readonly [number, number] {
  return [(x - view.x) / view.unitsPerPixel + view.width / 2, (view.y - y) / view.unitsPerPixel + view.height / 2];
}

/** The point in layout units under a CSS pixel. */
export function toLayout(view: View, pixelX: number, pixelY: number): readonly [number, number] {
  return [
    view.x + (pixelX - view.width / 2) * view.unitsPerPixel,
    view.y - (pixelY - view.height / 2) * view.unitsPerPixel,
  ];
}

/** The view moved by CSS pixels, as if the sheet were dragged. */
export function panView(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x - dx * view.unitsPerPixel, y: view.y + dy * view.unitsPerPixel };
}

/** The view magnified by `factor` with the point under a CSS pixel kept in its place. */
export function zoomView(view: View, factor: number, pixelX = view.width / 2, pixelY = view.height / 2): View {
  const [x, y] = toLayout(view, pixelX, pixelY);
  const unitsPerPixel = view.unitsPerPixel / factor;
  return { ...view, unitsPerPixel, x: x + (view.x - x) / factor, y: y + (view.y - y) / factor };
}

/** The part of the plane that the view shows. */
export function boxOfView(view: View): Box {
  const [minX, maxY] = toLayout(view, 0, 0);
  const [maxX, minY] = toLayout(view, view.width, view.height);
  return { minX, minY, maxX, maxY };
}
