/**
 * The GPU's tree written out in float64, apart from the engine's code: bodies along Hilbert's curve, leaves of eight, four
 * cells in each cell above.
 */

export interface TwinCell {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly mass: number;
  /** a₂ and a₃ over the second and third power of the radius, as [re, im]. */
  readonly a2: readonly [number, number];
  readonly a3: readonly [number, number];
}

/** Centre and scale of the curve: medians, and the larger distance of the quartiles, of 256 nodes. */
export function twinFrame(positions: Float32Array): { readonly x: number; readonly y: number; readonly scale: number } {
  const count = positions.length / 2;
  const sorted = [0, 1].map((axis) =>
    Float32Array.from({ length: 256 }, (_, k) => positions[2 * Math.floor((k / 256) * count) + axis]).sort(),
  );
  const spread = (from: number, to: number) => Math.max(...sorted.map((values) => values[to] - values[from]));
  return { x: sorted[0][128], y: sorted[1][128], scale: Math.max(spread(64, 192) || spread(0, 255), 1e-12) };
}

/** The place of a point of a square of 32,768² along Hilbert's curve (the textbook's xy2d). */
export function twinKey(px: number, py: number): number {
  const side = 32768;
  let [x, y] = [px, py];
  let key = 0;
  for (let s = side / 2; s > 0; s /= 2) {
    const rx = (x & s) > 0 ? 1 : 0;
    const ry = (y & s) > 0 ? 1 : 0;
    key += s * s * ((3 * rx) ^ ry);
    if (ry === 0) {
      if (rx === 1) [x, y] = [side - 1 - x, side - 1 - y];
      [x, y] = [y, x];
    }
  }
  return key;
}

/** The cells of all levels, leaves first, over bodies (x, y, mass, size; stride 4) in the order of the curve. */
export function twinTree(bodies: Float32Array): TwinCell[][] {
  const count = bodies.length / 4;
  const bodyCells = Array.from({ length: count }, (_, k) => ({
    x: bodies[4 * k],
    y: bodies[4 * k + 1],
    radius: bodies[4 * k + 3],
    mass: bodies[4 * k + 2],
    a2: [0, 0] as const,
    a3: [0, 0] as const,
  }));
  const levels = [joinAll(bodyCells, 8)];
  while (levels.length < 2 || levels[levels.length - 1].length > 1) {
    const own = 8 * 4 ** levels.length;
    const joined = joinAll(levels[levels.length - 1], 4);
    // Up to the third level the radius is that of the bodies, above it that of the children.
    levels.push(
      levels.length > 3
        ? joined
        : joined.map((cell, k) => withRadius(cell, radiusOf(cell, bodyCells.slice(k * own, (k + 1) * own)))),
    );
  }
  return levels;
}

function joinAll(cells: readonly TwinCell[], family: number): TwinCell[] {
  return Array.from({ length: Math.ceil(cells.length / family) }, (_, k) =>
    join(cells.slice(k * family, (k + 1) * family)),
  );
}

function radiusOf({ x, y }: Pick<TwinCell, 'x' | 'y'>, inside: readonly TwinCell[]): number {
  return Math.max(...inside.map((cell) => Math.hypot(cell.x - x, cell.y - y) + cell.radius));
}

function withRadius(cell: TwinCell, radius: number): TwinCell {
  if (radius === 0) return cell;
  const ratio = cell.radius / radius;
  return { ...cell, radius, a2: scaled(cell.a2, ratio ** 2), a3: scaled(cell.a3, ratio ** 3) };
}

function join(children: readonly TwinCell[]): TwinCell {
  const mass = children.reduce((sum, child) => sum + child.mass, 0);
  const x = children.reduce((sum, child) => sum + child.mass * child.x, 0) / mass;
  const y = children.reduce((sum, child) => sum + child.mass * child.y, 0) / mass;
  const radius = radiusOf({ x, y }, children);
  const a2: [number, number] = [0, 0];
  const a3: [number, number] = [0, 0];
  for (const child of radius === 0 ? [] : children) {
    const s: Complex = [(child.x - x) / radius, (child.y - y) / radius];
    const ratio = child.radius / radius;
    const b2 = scaled(child.a2, ratio ** 2);
    const b3 = scaled(child.a3, ratio ** 3);
    const s2 = times(s, s);
    addTo(a2, b2, scaled(s2, child.mass));
    addTo(a3, b3, scaled(times(b2, s), 3), scaled(times(s2, s), child.mass));
  }
  return { x, y, radius, mass, a2, a3 };
}

type Complex = readonly [number, number];

function times(a: Complex, b: Complex): Complex {
  return [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
}

function scaled(a: Complex, factor: number): Complex {
  return [a[0] * factor, a[1] * factor];
}

function addTo(sum: [number, number], ...parts: readonly Complex[]): void {
  for (const part of parts) {
    sum[0] += part[0];
    sum[1] += part[1];
  }
}
