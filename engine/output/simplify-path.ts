/**
 * A path with as few of its points as keep it within `tolerance` (Ramer 1972; Douglas and Peucker 1973).
 *
 * @param points x, y, … , at least two points.
 */
export function simplifyPath(points: ArrayLike<number>, tolerance: number): Float64Array {
  const last = points.length / 2 - 1;
  const kept: number[] = [0];
  const keepBetween = (from: number, to: number): void => {
    let [farthest, at] = [tolerance, 0];
    for (let k = from + 1; k < to; k++) {
      const distance = distanceToSegment(points, k, from, to);
      if (distance > farthest) [farthest, at] = [distance, k];
    }
    if (at === 0) {
      kept.push(to);
      return;
    }
    keepBetween(from, at);
    keepBetween(at, to);
  };
  keepBetween(0, last);
  return Float64Array.from({ length: 2 * kept.length }, (_, k) => points[2 * kept[k >> 1] + (k % 2)]);
}

function distanceToSegment(points: ArrayLike<number>, k: number, from: number, to: number): number {
  const [x, y] = [points[2 * k] - points[2 * from], points[2 * k + 1] - points[2 * from + 1]];
  const [dx, dy] = [points[2 * to] - points[2 * from], points[2 * to + 1] - points[2 * from + 1]];
  const along = Math.min(1, Math.max(0, (x * dx + y * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - along * dx, y - along * dy);
}
