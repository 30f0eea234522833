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
  /** How the sheet is turned and tilted; without it, it is seen from straight above with y upwards. */
  readonly perspective?: Perspective | undefined;
}

/**
 * How a turned or tilted sheet is seen: a point d layout units from the view's centre stands right·d and down·d CSS
 * pixels from the middle of the drawing, both divided by 1 + away·d, its distance from the eye as a multiple of the
 * centre's. The view's `unitsPerPixel` is then that of the centre, across the direction in which it is foreshortened.
 */
export interface Perspective {
  readonly right: readonly [x: number, y: number];
  readonly down: readonly [x: number, y: number];
  readonly away: readonly [x: number, y: number];
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

/** The view's perspective, or that of a sheet seen from straight above. */
export function perspectiveOf({ perspective, unitsPerPixel }: View): Perspective {
  return perspective ?? { right: [1 / unitsPerPixel, 0], down: [0, -1 / unitsPerPixel], away: [0, 0] };
}

/** How far a point in layout units is from the eye, as a multiple of the centre's distance; 1 in views from above. */
export function distanceOf(view: View, x: number, y: number): number {
  return view.perspective === undefined ? 1 : 1 + dot(view.perspective.away, x - view.x, y - view.y);
}

/** Whatever is nearer to the eye than this share of the centre's distance is not seen. */
export const nearest = 0.05;

/** The CSS pixel of a point in layout units; NaN where it is behind the eye. */
export function toPixel(view: View, x: number, y: number): readonly [number, number] {
  if (view.perspective !== undefined) {
    const { right, down } = view.perspective;
    const [dx, dy, distance] = [x - view.x, y - view.y, distanceOf(view, x, y)];
    if (distance < nearest) return [Number.NaN, Number.NaN];
    return [dot(right, dx, dy) / distance + view.width / 2, dot(down, dx, dy) / distance + view.height / 2];
  }
  return [(x - view.x) / view.unitsPerPixel + view.width / 2, (view.y - y) / view.unitsPerPixel + view.height / 2];
}

/** The point in layout units under a CSS pixel; NaN where a tilted sheet ends below the pixel, at the horizon. */
export function toLayout(view: View, pixelX: number, pixelY: number): readonly [number, number] {
  if (view.perspective !== undefined) {
    const { right, down, away } = view.perspective;
    const [across, along] = [pixelX - view.width / 2, pixelY - view.height / 2];
    const area = right[0] * down[1] - right[1] * down[0];
    const dx = (down[1] * across - right[1] * along) / area;
    const dy = (right[0] * along - down[0] * across) / area;
    const nearness = 1 - dot(away, dx, dy);
    return nearness > 0 ? [view.x + dx / nearness, view.y + dy / nearness] : [Number.NaN, Number.NaN];
  }
  return [
    view.x + (pixelX - view.width / 2) * view.unitsPerPixel,
    view.y - (pixelY - view.height / 2) * view.unitsPerPixel,
  ];
}

/** The view from above moved by CSS pixels, as if the sheet were dragged. */
export function panView(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x - dx * view.unitsPerPixel, y: view.y + dy * view.unitsPerPixel };
}

/** The view from above magnified by `factor` with the point under a CSS pixel kept in its place. */
export function zoomView(view: View, factor: number, pixelX = view.width / 2, pixelY = view.height / 2): View {
  const [x, y] = toLayout(view, pixelX, pixelY);
  const unitsPerPixel = view.unitsPerPixel / factor;
  return { ...view, unitsPerPixel, x: x + (view.x - x) / factor, y: y + (view.y - y) / factor };
}

/** The part of the plane that a view from above shows, or that a part of it does (CSS pixels from its top left). */
export function boxOfView(view: View, part = { x: 0, y: 0, width: view.width, height: view.height }): Box {
  const [minX, maxY] = toLayout(view, part.x, part.y);
  const [maxX, minY] = toLayout(view, part.x + part.width, part.y + part.height);
  return { minX, minY, maxX, maxY };
}

function dot([a, b]: readonly [number, number], x: number, y: number): number {
  return a * x + b * y;
}
