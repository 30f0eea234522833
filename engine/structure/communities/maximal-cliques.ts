import { IsthmusError } from '../../base/errors.ts';
import type { PackedGraph } from '../../graph/packed-graph.ts';
import { type Degeneracy, degeneracyOf } from './degeneracy.ts';

/** Sets of nodes: set i is members[offsets[i]] … members[offsets[i + 1] - 1]. */
export interface NodeSets {
  readonly count: number;
  readonly offsets: Uint32Array;
  readonly members: Uint32Array;
}

/** Which cliques are listed, and how long it may take. */
export interface CliqueLimits {
  /** The fewest nodes of a clique, 1 or more. */
  readonly least: number;
  /** The most branches that the search may take. */
  readonly branches: number;
}

/**
 * All maximal cliques of `least` nodes or more, by Bron and Kerbosch with pivots and in degeneracy order (Eppstein,
 * Löffler and Strash 2010). Self-loops, parallel edges, directions and weights do not count.
 *
 * @throws InputError if the graph is so dense that the search takes more than the allowed branches.
 */
export function maximalCliques(graph: PackedGraph, { least, branches }: CliqueLimits): NodeSets {
  const degeneracy = degeneracyOf(graph);
  const offsets = [0];
  const members: number[] = [];
  let left = branches;
  for (const node of degeneracy.order) {
    const around = neighbourhoodOf(degeneracy, node);
    if (around.later.length + 1 < least) continue;
    left = listCliques(around, {
      least: least - 1,
      branches: left,
      emit(rows) {
        members.push(node);
        for (const row of rows) members.push(around.later[row]);
        offsets.push(members.length);
      },
    });
    if (left < 0) {
      const message = `The graph is too dense to list its cliques of ${least} or more nodes: the search was given up after ${branches} branches; ask for larger cliques.`;
      throw new IsthmusError('InputError', message);
    }
  }
  return { count: offsets.length - 1, offsets: Uint32Array.from(offsets), members: Uint32Array.from(members) };
}

/** Who is whose neighbour around a node. Row i is the i-th later neighbour, or after those the earlier ones. */
interface Neighbourhood {
  /** Neighbours later in the degeneracy order. */
  readonly later: Uint32Array;
  readonly rowCount: number;
  /** Words a row. */
  readonly width: number;
  /** Bit j of row i: whether row i and the j-th later neighbour are linked. */
  readonly bits: Uint32Array;
}

function neighbourhoodOf({ offsets, targets, middle, rowOf }: Degeneracy, node: number): Neighbourhood {
  const earlier = targets.subarray(offsets[node], middle[node]);
  const later = targets.subarray(middle[node], offsets[node + 1]);
  const width = (later.length + 31) >>> 5;
  const rowCount = later.length + earlier.length;
  const bits = new Uint32Array(rowCount * width);
  const link = (row: number, column: number) => {
    bits[row * width + (column >>> 5)] |= 1 << (column & 31);
  };
  later.forEach((other, row) => {
    rowOf[other] = row + 1;
  });
  // Of two linked nodes, the one that comes first has the other among its later neighbours.
  for (let row = 0; row < rowCount; row++) {
    const other = row < later.length ? later[row] : earlier[row - later.length];
    for (let k = middle[other]; k < offsets[other + 1]; k++) {
      const column = rowOf[targets[k]] - 1;
      if (column < 0) continue;
      link(row, column);
      if (row < later.length) link(column, row);
    }
  }
  for (const other of later) rowOf[other] = 0;
  return { later, rowCount, width, bits };
}

interface Listing extends CliqueLimits {
  readonly emit: (rows: readonly number[]) => void;
}

/** Lists the maximal cliques among later neighbours; returns how many branches are left, below 0 if it gave up. */
function listCliques({ later, rowCount, width, bits }: Neighbourhood, { least, branches, emit }: Listing): number {
  const clique: number[] = [];
  let left = branches;
  const has = (row: number, column: number) => (bits[row * width + (column >>> 5)] >>> (column & 31)) & 1;
  const commonWith = (candidates: Uint32Array, row: number) => {
    let count = 0;
    for (let word = 0; word < width; word++) count += bitCount(candidates[word] & bits[row * width + word]);
    return count;
  };
  const expand = (candidates: Uint32Array, candidateCount: number, excluded: number[]): void => {
    if (--left < 0) return;
    if (candidateCount === 0) {
      if (excluded.length === 0 && clique.length >= least) emit(clique);
      return;
    }
    if (clique.length + candidateCount < least) return;
    let pivot = -1;
    let most = -1;
    const consider = (row: number) => {
      const common = commonWith(candidates, row);
      if (common <= most) return;
      most = common;
      pivot = row;
    };
    for (const row of excluded) consider(row);
    if (most < candidateCount) forEachBit(candidates, consider);
    const rest = candidates.map((word, i) => word & ~bits[pivot * width + i]);
    forEachBit(rest, (row) => {
      const next = candidates.map((word, i) => word & bits[row * width + i]);
      clique.push(row);
      expand(
        next,
        commonWith(candidates, row),
        excluded.filter((other) => has(other, row) === 1),
      );
      clique.pop();
      candidates[row >>> 5] &= ~(1 << (row & 31));
      excluded.push(row);
    });
  };
  const all = new Uint32Array(width);
  for (let row = 0; row < later.length; row++) all[row >>> 5] |= 1 << (row & 31);
  expand(
    all,
    later.length,
    Array.from({ length: rowCount - later.length }, (_, i) => later.length + i),
  );
  return left;
}

function forEachBit(words: Uint32Array, visit: (bit: number) => void): void {
  for (let word = 0; word < words.length; word++) {
    for (let rest = words[word]; rest !== 0; rest &= rest - 1) visit(32 * word + 31 - Math.clz32(rest & -rest));
  }
}

function bitCount(word: number): number {
  let count = word - ((word >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
