/** An axis-aligned rectangle in layout units; y grows upwards. */
export interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** The smallest box around interleaved points x0, y0, x1, y1, …; a unit box about 0 where there are none. */
export function boxOf(positions: Float32Array): Box {
  if (positions.length === 0) return { minX: -0.5, minY: -0.5, maxX: 0.5, maxY: 0.5 };
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 0; i < positions.length; i += 2) {
    const x = positions[i];
    const y = positions[i + 1];
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return { minX, minY, maxX, maxY };
}

/** The box grown by `margin` layout units on every side. */
export function growBox(box: Box, margin: number): Box {
  return { minX: box.minX - margin, minY: box.minY - margin, maxX: box.maxX + margin, maxY: box.maxY + margin };
}

/** What two boxes that touch have in common. */
export function commonBox(a: Box, b: Box): Box {
  return {
    minX: Math.max(a.minX, b.minX),
    minY: Math.max(a.minY, b.minY),
    maxX: Math.min(a.maxX, b.maxX),
    maxY: Math.min(a.maxY, b.maxY),
  };
}

/** The smallest box around two boxes. */
export function boxAround(a: Box, b: Box): Box {
  return {
    minX: Math.min(a.minX, b.minX),
    minY: Math.min(a.minY, b.minY),
    maxX: Math.max(a.maxX, b.maxX),
    maxY: Math.max(a.maxY, b.maxY),
  };
}

/** The smallest square around a box, with the box in its middle. */
export function squareAround(box: Box): Box {
  const half = Math.max(box.maxX - box.minX, box.maxY - box.minY) / 2;
  const [x, y] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2];
  return { minX: x - half, minY: y - half, maxX: x + half, maxY: y + half };
}

/** False for points that all lie in one spot, as in files that were never laid out, and where there are none. */
export function isSpread(positions: Float32Array): boolean {
  const { minX, minY, maxX, maxY } = boxOf(positions);
  return positions.length > 0 && (maxX > minX || maxY > minY);
}
