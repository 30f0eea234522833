import { boxOf } from '../base/box.ts';
import { IsthmusError } from '../base/errors.ts';
import type { Positions } from '../graph/packed-graph.ts';
import { loosen } from './overlap-loosen.ts';
import { type Discs, pairsNearer } from './overlap-pairs.ts';
import { makeRoom } from './overlap-room.ts';

/** How much room nodes get; names as in Gephi's Noverlap. */
export interface OverlapOptions {
  /** Every radius is multiplied by this first, > 0 (default 1). */
  readonly ratio?: number | undefined;
  /** Least distance between the rims of two nodes, layout units, ≥ 0 (default 0). */
  readonly margin?: number | undefined;
}

/** After so many passes over all pairs the whole grows by what is missing. */
const mostPasses = 600;
const mostGrowth = 1e3;

/**
 * Moves nodes, as discs, so far apart that no two overlap, and no farther than it takes. First coarse: the nodes of a cell
 * of a grid count as one disc of their area, crowded cells push each other apart, and the plane is bent smoothly along; from
 * cells of an eighth of the map down to those of a few nodes. So crowds find their room at every scale, and what is left for the
 * nodes themselves is to step aside: the smaller one more, by area. Should some still overlap after the last pass, the
 * whole grows by what is missing.
 *
 * The same input gives the same output, bit for bit. Nodes that overlap nothing and stand in nobody's way stay where they are.
 *
 * @param sizes radius of each node, layout units, ≥ 0
 * @throws UsageError for an option out of its range, InputError for positions or sizes that do not fit or that float32 cannot part
 */
export function removeOverlaps(
  positions: Positions,
  sizes: ArrayLike<number>,
  options: OverlapOptions = {},
): Positions {
  const { ratio = 1, margin = 0 } = options;
  check(positions, sizes, ratio, margin);
  const order = orderByPlace(positions);
  const discs: Discs = {
    x: Float64Array.from(order, (i) => positions[2 * i]),
    y: Float64Array.from(order, (i) => positions[2 * i + 1]),
    radius: Float64Array.from(order, (i) => ratio * sizes[i] + margin / 2),
  };
  if (pairsNearer(discs, 0).length === 0) return positions.slice();
  makeRoom(discs);
  loosen(discs, mostPasses);
  const apart = grown(discs);
  const result = positions.slice();
  for (let k = 0; k < order.length; k++) result.set(apart.subarray(2 * k, 2 * k + 2), 2 * order[k]);
  return result;
}

/** All nodes by rows of cells of some four nodes, so that what is near in the plane is near in memory. */
function orderByPlace(positions: Positions): Uint32Array {
  const nodeCount = positions.length / 2;
  const { minX, minY, maxX, maxY } = boxOf(positions);
  const perSide = Math.ceil(Math.sqrt(nodeCount / 4)) + 1;
  const side = Math.max(maxX - minX, maxY - minY) / (perSide - 1) || 1;
  const keys = Float64Array.from({ length: nodeCount }, (_, i) => {
    const row = Math.floor((positions[2 * i + 1] - minY) / side);
    const column = Math.floor((positions[2 * i] - minX) / side);
    return (row * perSide + column) * nodeCount + i;
  });
  return Uint32Array.from(keys.sort(), (key) => key % nodeCount);
}

/** The discs' centres in float32, all farther from their mean by what the worst pair still lacks. */
function grown({ x, y, radius }: Discs): Positions {
  const meanX = x.reduce((sum, value) => sum + value, 0) / x.length;
  const meanY = y.reduce((sum, value) => sum + value, 0) / y.length;
  let growth = 1;
  for (;;) {
    const positions = Float32Array.from({ length: 2 * x.length }, (_, i) =>
      i % 2 === 0 ? meanX + growth * (x[i >> 1] - meanX) : meanY + growth * (y[i >> 1] - meanY),
    );
    const lack = lackOf(positions, radius);
    if (lack === 1) return positions;
    if (growth > mostGrowth) {
      throw new IsthmusError(
        'InputError',
        'The nodes’ sizes are so small beside their coordinates that rounding joins them.',
      );
    }
    growth *= Math.min(2, lack) * (1 + 1e-6);
  }
}

/** The factor by which positions have to grow so that no two discs overlap, 1 where none do. */
function lackOf(positions: Positions, radius: Float64Array): number {
  const x = Float64Array.from(radius, (_, i) => positions[2 * i]);
  const y = Float64Array.from(radius, (_, i) => positions[2 * i + 1]);
  const pairs = pairsNearer({ x, y, radius }, 0);
  let lack = 1;
  for (let k = 0; k < pairs.length; k += 2) {
    const [i, j] = [pairs[k], pairs[k + 1]];
    lack = Math.max(lack, (radius[i] + radius[j]) / Math.hypot(x[i] - x[j], y[i] - y[j]));
  }
  return lack;
}

function check(positions: Positions, sizes: ArrayLike<number>, ratio: number, margin: number): void {
  if (!(ratio > 0 && ratio < Infinity)) {
    throw new IsthmusError('UsageError', `The ratio of overlap removal is a number above 0, but it was ${ratio}.`);
  }
  if (!(margin >= 0 && margin < Infinity)) {
    throw new IsthmusError(
      'UsageError',
      `The margin of overlap removal is a number of 0 or more, but it was ${margin}.`,
    );
  }
  if (positions.length !== 2 * sizes.length) {
    const message = `Expected ${2 * sizes.length} coordinates for ${sizes.length} sizes, but ${positions.length} came.`;
    throw new IsthmusError('InputError', message);
  }
  for (let i = 0; i < sizes.length; i++) {
    if (sizes[i] >= 0 && sizes[i] < Infinity && Number.isFinite(positions[2 * i] + positions[2 * i + 1])) continue;
    const found = `node ${i} has size ${sizes[i]} at ${positions[2 * i]}, ${positions[2 * i + 1]}`;
    throw new IsthmusError(
      'InputError',
      `Overlap removal needs finite positions and sizes of 0 or more, but ${found}.`,
    );
  }
}
