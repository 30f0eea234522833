import type { Box } from '../base/box.ts';
import type { Positions } from '../graph/packed-graph.ts';
import type { EdgeMarks } from './edge-marks.ts';

type Corners = readonly [number, number, number, number, number, number, number, number];

/** The strokes whose lines may touch a box (layout units), by their indices in order; none that is left out does. */
export function strokesWithin(
  { ends, axes, courses }: Pick<EdgeMarks, 'ends' | 'axes' | 'courses'>,
  positions: Positions,
  box: Box,
): Uint32Array {
  const touches = touchOf(box);
  const touchesStraight = (e: number): boolean => {
    const [source, target, from, to] = [2 * ends[2 * e], 2 * ends[2 * e + 1], 2 * axes[2 * e], 2 * axes[2 * e + 1]];
    // However far it swings into its lane, a stroke stays between its own line and the lane's.
    return touches([
      positions[source],
      positions[source + 1],
      positions[target],
      positions[target + 1],
      positions[from],
      positions[from + 1],
      positions[to],
      positions[to + 1],
    ]);
  };
  const touchesCourse = ({ starts, pieces }: NonNullable<typeof courses>, e: number): boolean => {
    for (let k = 4 * starts[e]; k < 4 * starts[e + 1]; k += 4) {
      const [x0, y0, x1, y1] = [pieces[k], pieces[k + 1], pieces[k + 2], pieces[k + 3]];
      if (touches([x0, y0, x1, y1, x0, y0, x1, y1])) return true;
    }
    return false;
  };
  const found = new Uint32Array(ends.length / 2);
  let count = 0;
  for (let e = 0; e < found.length; e++) {
    if (courses === undefined ? touchesStraight(e) : touchesCourse(courses, e)) found[count++] = e;
  }
  return found.slice(0, count);
}

/**
 * Whether the hull of four points may touch a box: false where a line parallel to a side of the box, or to the way from the
 * first point to the second, keeps them apart.
 */
function touchOf({ minX, minY, maxX, maxY }: Box): (corners: Corners) => boolean {
  const [middleX, middleY] = [(minX + maxX) / 2, (minY + maxY) / 2];
  const [halfWidth, halfHeight] = [(maxX - minX) / 2, (maxY - minY) / 2];
  return ([x0, y0, x1, y1, x2, y2, x3, y3]) => {
    if (Math.max(x0, x1, x2, x3) < minX || Math.min(x0, x1, x2, x3) > maxX) return false;
    if (Math.max(y0, y1, y2, y3) < minY || Math.min(y0, y1, y2, y3) > maxY) return false;
    const [acrossX, acrossY] = [y1 - y0, x0 - x1];
    const asideOf = (x: number, y: number) => (x - x0) * acrossX + (y - y0) * acrossY;
    const [from, to] = [asideOf(x2, y2), asideOf(x3, y3)];
    const middle = asideOf(middleX, middleY);
    const reach = Math.abs(acrossX) * halfWidth + Math.abs(acrossY) * halfHeight;
    return middle + reach >= Math.min(0, from, to) && middle - reach <= Math.max(0, from, to);
  };
}
