import { IsthmusError } from '../base/errors.ts';
import { createRandom } from '../base/random.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';

/** The side of the square in which a random start lies, in layout units; Gephi's importer uses the same. */
const side = 1000;

/** Uniform random positions in a square of side 1000 about the origin; the same seed gives the same positions. */
export function randomStart(nodeCount: number, seed: number): Positions {
  const random = createRandom(seed);
  return Float32Array.from({ length: 2 * nodeCount }, () => side * (random() - 0.5));
}

/**
 * The positions with nodes in one and the same place set apart by a seeded hair (a ten-thousandth of the extent), since
 * no force ever parts them; the rest is left alone.
 *
 * @throws InputError unless there are two finite coordinates a node.
 */
export function partedStart(graph: PackedGraph, positions: Positions, seed: number): Positions {
  if (positions.length !== 2 * graph.nodeCount) {
    throw new IsthmusError(
      'InputError',
      `Expected ${2 * graph.nodeCount} start coordinates for ${graph.nodeCount} nodes, but ${positions.length} came.`,
    );
  }
  const extent = positions.reduce((most, coordinate) => Math.max(most, Math.abs(coordinate)), 0);
  if (!Number.isFinite(extent)) {
    const node = positions.findIndex((coordinate) => !Number.isFinite(coordinate)) >> 1;
    throw new IsthmusError('InputError', `The start position of node ${node} is not a finite number.`);
  }
  const random = createRandom(seed);
  const hair = (extent === 0 ? side : extent) * 1e-4;
  const taken = new Map<number, Set<number>>();
  const parted = positions.slice();
  for (let i = 0; i < parted.length; i += 2) {
    const column = taken.get(parted[i]) ?? new Set<number>();
    if (column.has(parted[i + 1])) {
      parted[i] += hair * (random() - 0.5);
      parted[i + 1] += hair * (random() - 0.5);
    } else {
      taken.set(parted[i], column.add(parted[i + 1]));
    }
  }
  return parted;
}
