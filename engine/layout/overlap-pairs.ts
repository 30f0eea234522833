/** Discs in the plane: one entry a disc in every array, in the same units. */
export interface Discs {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly radius: Float64Array;
}

/** Size classes differ by a factor of two; whatever is smaller than the largest disc by more doublings shares the last. */
const doublings = 12;

/**
 * All pairs of discs whose rims are nearer than `slack`, as i0, j0, i1, j1, … Discs lie in one grid a size class, so that a
 * few large ones don't make the cells coarse for all: about O(discs · classes + pairs).
 */
export function pairsNearer(discs: Discs, slack: number): Uint32Array {
  const { radius } = discs;
  const largest = radius.reduce((most, r) => Math.max(most, r), 0);
  if (largest + slack <= 0) return new Uint32Array(0);
  // So that columns and rows are whole numbers of 32 bits, however small the discs.
  const finest = 2 ** -30 * Math.max(reachOf(discs.x), reachOf(discs.y));
  const classes = sizeClasses(radius, largest);
  let pairs: PairList = { values: new Uint32Array(8 * radius.length + 16), count: 0 };
  classes.forEach((members, smaller) => {
    if (members.length === 0) return;
    const most = largest * 2 ** -smaller;
    const grid = createGrid(discs, members, Math.max(2 * most + slack, finest));
    // The larger look for the smaller: they are fewer, and look through no more cells than they cover.
    for (const others of classes.slice(0, smaller)) pairs = addPairs(pairs, discs, slack, grid, others, most, false);
    pairs = addPairs(pairs, discs, slack, grid, members, most, true);
  });
  return pairs.values.subarray(0, pairs.count);
}

function reachOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** The discs by doublings from the largest, each class in ascending order. */
function sizeClasses(radius: Float64Array, largest: number): Uint32Array[] {
  const classes: number[][] = Array.from({ length: doublings + 1 }, () => []);
  for (let i = 0; i < radius.length; i++) {
    const times = largest / radius[i];
    classes[times < 2 ** doublings ? Math.floor(Math.log2(times)) : doublings].push(i);
  }
  return classes.map((discs) => Uint32Array.from(discs));
}

interface PairList {
  readonly values: Uint32Array;
  readonly count: number;
}

/** Discs by square cells of a side, in a table of buckets without bounds in which the cells of a row lie side by side. */
interface Grid {
  readonly side: number;
  readonly mask: number;
  /** The members of bucket b are starts[b] … starts[b + 1] − 1. */
  readonly starts: Uint32Array;
  /** Disc, column and row of each member. */
  readonly members: Uint32Array;
  readonly columns: Int32Array;
  readonly rows: Int32Array;
}

function createGrid({ x, y }: Discs, discs: Uint32Array, side: number): Grid {
  const mask = 2 ** Math.ceil(Math.log2(2 * discs.length + 1)) - 1;
  const starts = new Uint32Array(mask + 2);
  const buckets = new Uint32Array(discs.length);
  for (let k = 0; k < discs.length; k++) {
    buckets[k] = bucketOf(Math.floor(x[discs[k]] / side), Math.floor(y[discs[k]] / side), mask);
    starts[buckets[k] + 1]++;
  }
  for (let bucket = 0; bucket <= mask; bucket++) starts[bucket + 1] += starts[bucket];
  const cursor = starts.slice();
  const members = new Uint32Array(discs.length);
  const columns = new Int32Array(discs.length);
  const rows = new Int32Array(discs.length);
  for (let k = 0; k < discs.length; k++) {
    const slot = cursor[buckets[k]]++;
    members[slot] = discs[k];
    columns[slot] = Math.floor(x[discs[k]] / side);
    rows[slot] = Math.floor(y[discs[k]] / side);
  }
  return { side, mask, starts, members, columns, rows };
}

function bucketOf(column: number, row: number, mask: number): number {
  return (column + Math.imul(row, 0x9e3779b1)) & mask;
}

/** Adds the pairs of these discs with those in the grid, of radii up to `most`, in which they are themselves where `areInside`. */
function addPairs(
  list: PairList,
  { x, y, radius }: Discs,
  slack: number,
  grid: Grid,
  discs: Uint32Array,
  most: number,
  areInside: boolean,
): PairList {
  const { side, mask, starts, members, columns, rows } = grid;
  let { values, count } = list;
  for (const i of discs) {
    const range = radius[i] + most + slack;
    const firstColumn = Math.floor((x[i] - range) / side);
    const lastColumn = Math.floor((x[i] + range) / side);
    const lastRow = Math.floor((y[i] + range) / side);
    for (let row = Math.floor((y[i] - range) / side); row <= lastRow; row++) {
      const first = bucketOf(firstColumn, row, mask);
      const last = first + lastColumn - firstColumn;
      // At the end of the table a row goes on at its beginning: then all of it is looked through.
      const end = last > mask ? members.length : starts[last + 1];
      for (let slot = last > mask ? 0 : starts[first]; slot < end; slot++) {
        const j = members[slot];
        if (areInside && j <= i) continue;
        if (rows[slot] !== row || columns[slot] < firstColumn || columns[slot] > lastColumn) continue;
        const reach = radius[i] + radius[j] + slack;
        const dx = x[i] - x[j];
        const dy = y[i] - y[j];
        if (dx * dx + dy * dy >= reach * reach) continue;
        if (count === values.length) {
          const grown = new Uint32Array(2 * count);
          grown.set(values);
          values = grown;
        }
        values[count++] = i;
        values[count++] = j;
      }
    }
  }
  return { values, count };
}
