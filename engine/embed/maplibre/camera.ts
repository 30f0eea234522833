import type { View } from '../../map/view.ts';
import type { Placement } from '../placement.ts';

/** Device pixels of a drawing, and how many of them are a CSS pixel. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

/**
 * The view of a sheet that a camera has on the square of its world. `matrix`, by columns, takes the square (0 to 1 from
 * the left and from the top) to clip space.
 *
 * @returns undefined where the middle of the drawing shows no ground
 */
export function viewOf(matrix: ArrayLike<number>, { world }: Placement, canvas: Canvas): View | undefined {
  const m = matrix;
  const area = m[0] * m[5] - m[1] * m[4];
  const across = (m[4] * m[13] - m[5] * m[12]) / area;
  const along = (m[1] * m[12] - m[0] * m[13]) / area;
  const distance = m[3] * across + m[7] * along + m[15];
  if (!(distance > 0 && Number.isFinite(across) && Number.isFinite(along))) return undefined;
  const side = world.maxX - world.minX;
  const [width, height] = [canvas.width / canvas.pixelRatio, canvas.height / canvas.pixelRatio];
  const row = (x: number, y: number, pixels: number) =>
    [(x * pixels) / (distance * side), (-y * pixels) / (distance * side)] as const;
  const right = row(m[0], m[4], width / 2);
  const down = row(m[1], m[5], -height / 2);
  const away = row(m[3], m[7], 1);
  const view = {
    ...{ x: world.minX + across * side, y: world.maxY - along * side },
    ...{ width, height, pixelRatio: canvas.pixelRatio },
  };
  const [pixelsPerUnit, tilt] = [longest(right, down), Math.hypot(...away) * Math.hypot(width, height)];
  const twist = Math.abs(right[1]) + Math.abs(down[0]) + Math.abs(right[0] + down[1]);
  // Under a thousandth of a pixel at the farthest corner.
  const isFromAbove = right[0] > 0 && Math.max(twist, tilt) * Math.hypot(width, height) < 1e-3 * pixelsPerUnit;
  if (isFromAbove) return { ...view, unitsPerPixel: 1 / right[0] };
  return { ...view, unitsPerPixel: 1 / pixelsPerUnit, perspective: { right, down, away } };
}

/** The greater singular value of a matrix of two rows: how long a unit is at most. */
function longest([a, b]: readonly [number, number], [c, d]: readonly [number, number]): number {
  const sum = a * a + b * b + c * c + d * d;
  return Math.sqrt((sum + Math.sqrt(Math.max(0, sum * sum - 4 * (a * d - b * c) ** 2))) / 2);
}
