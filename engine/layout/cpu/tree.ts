import type { Bodies } from './bodies.ts';

/** Most bodies in a leaf, unless they all lie in one place. */
export const bucket = 16;

/** Numbers a cell in `Tree.cells`. */
export const cellStride = 8;

/**
 * A linear quadtree: the bodies in Morton order, the cells in preorder, each with the index of the cell that follows its
 * subtree, so that a walk needs no stack. A cell is a range of bodies; only cells in which bodies part are kept.
 *
 * `cells` has, a cell (stride 8): centre of mass x, y, radius about it, mass a₀, and the moments a₂, a₃ as complex
 * numbers, a_k = Σ m (z − c)^k with z = x + iy. About the centre of mass a₁ is 0.
 */
export interface Tree {
  cellCount: number;
  /** Bodies first[c] … last[c] − 1 in Morton order. */
  first: Uint32Array;
  last: Uint32Array;
  /** The next cell that is not inside this one; a leaf's is c + 1. */
  next: Uint32Array;
  cells: Float64Array;
  /** The body at each place of the order, and copies of its values. */
  order: Uint32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly mass: Float64Array;
  readonly size: Float64Array;
  keys: Uint32Array;
  spareOrder: Uint32Array;
  spareKeys: Uint32Array;
}

/** Room for a tree over that many bodies. */
export function createTree(count: number): Tree {
  return {
    cellCount: 0,
    ...cellRoom(Math.max(16, count >> 1)),
    order: Uint32Array.from({ length: count }, (_, i) => i),
    x: new Float64Array(count),
    y: new Float64Array(count),
    mass: new Float64Array(count),
    size: new Float64Array(count),
    keys: new Uint32Array(count),
    spareOrder: new Uint32Array(count),
    spareKeys: new Uint32Array(count),
  };
}

/** Builds the tree over the bodies where they are now. With `withSizes` a cell's radius reaches to its bodies' rims. */
export function buildTree(tree: Tree, bodies: Bodies, withSizes: boolean): void {
  tree.cellCount = 0;
  if (bodies.count === 0) return;
  sortRange(tree, bodies, 0, bodies.count);
  split(tree, bodies, 0, bodies.count);
  for (let place = 0; place < bodies.count; place++) {
    const i = tree.order[place];
    tree.x[place] = bodies.x[i];
    tree.y[place] = bodies.y[i];
    tree.mass[place] = bodies.mass[i];
    tree.size[place] = withSizes ? bodies.size[i] : 0;
  }
  for (let cell = tree.cellCount - 1; cell >= 0; cell--) sumCell(tree, cell);
}

function cellRoom(cells: number) {
  return {
    first: new Uint32Array(cells),
    last: new Uint32Array(cells),
    next: new Uint32Array(cells),
    cells: new Float64Array(cells * cellStride),
  };
}

function growCells(tree: Tree): void {
  const { first, last, next, cells } = tree;
  Object.assign(tree, cellRoom(first.length * 2));
  tree.first.set(first);
  tree.last.set(last);
  tree.next.set(next);
  tree.cells.set(cells);
}

/** Makes the cell of a sorted range and the cells inside it. */
function split(tree: Tree, bodies: Bodies, start: number, end: number): void {
  if (tree.cellCount === tree.first.length) growCells(tree);
  const cell = tree.cellCount++;
  tree.first[cell] = start;
  tree.last[cell] = end;
  if (end - start > bucket && (tree.keys[start] !== tree.keys[end - 1] || sortRange(tree, bodies, start, end))) {
    const { keys } = tree;
    const shift = (31 - Math.clz32(keys[start] ^ keys[end - 1])) & ~1;
    let from = start;
    while (from < end) {
      const quarter = keys[from] >>> shift;
      let low = from + 1;
      let high = end;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (keys[middle] >>> shift === quarter) low = middle + 1;
        else high = middle;
      }
      split(tree, bodies, from, low);
      from = low;
    }
  }
  tree.next[cell] = tree.cellCount;
}

/**
 * Sorts a range of the order by Morton keys of 2 × 16 bits over the range's own box; a cell whose bodies share a key is
 * so keyed anew, however dense it is. False if the bodies all lie in one place.
 */
function sortRange(tree: Tree, bodies: Bodies, start: number, end: number): boolean {
  const { x, y } = bodies;
  const { order, keys } = tree;
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let place = start; place < end; place++) {
    const i = order[place];
    if (x[i] < minX) minX = x[i];
    if (x[i] > maxX) maxX = x[i];
    if (y[i] < minY) minY = y[i];
    if (y[i] > maxY) maxY = y[i];
  }
  const extent = Math.max(maxX - minX, maxY - minY);
  // Below this the square of a distance underflows, and such bodies exert no force on each other anyway.
  if (!(extent > 1e-150)) return false;
  const scale = 65535 / extent;
  for (let place = start; place < end; place++) {
    const i = order[place];
    keys[place] = spreadBits((x[i] - minX) * scale) | (spreadBits((y[i] - minY) * scale) << 1);
  }
  for (let shift = 0; shift < 32; shift += 8) sortByByte(tree, start, end, shift);
  return true;
}

/** The low 16 bits of a number at the even places of 32. */
function spreadBits(value: number): number {
  let bits = value & 0xffff;
  bits = (bits | (bits << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
}

const places = new Uint32Array(257);

/** One stable pass of a radix sort; an even number of passes leaves the result in `order` and `keys`. */
function sortByByte(tree: Tree, start: number, end: number, shift: number): void {
  const fromKeys = (shift & 8) === 0 ? tree.keys : tree.spareKeys;
  const fromOrder = (shift & 8) === 0 ? tree.order : tree.spareOrder;
  const toKeys = (shift & 8) === 0 ? tree.spareKeys : tree.keys;
  const toOrder = (shift & 8) === 0 ? tree.spareOrder : tree.order;
  places.fill(0);
  for (let place = start; place < end; place++) places[((fromKeys[place] >>> shift) & 255) + 1]++;
  places[0] = start;
  for (let byte = 0; byte < 256; byte++) places[byte + 1] += places[byte];
  for (let place = start; place < end; place++) {
    const to = places[(fromKeys[place] >>> shift) & 255]++;
    toKeys[to] = fromKeys[place];
    toOrder[to] = fromOrder[place];
  }
}

/** Mass, centre, radius and moments of a cell: a leaf's from its bodies, the others' from the cells inside. */
function sumCell(tree: Tree, cell: number): void {
  const { first, last, next, cells, x, y, mass, size } = tree;
  const at = cell * cellStride;
  const isLeaf = next[cell] === cell + 1;
  let total = 0;
  let cx = 0;
  let cy = 0;
  if (isLeaf) {
    for (let j = first[cell]; j < last[cell]; j++) {
      total += mass[j];
      cx += mass[j] * x[j];
      cy += mass[j] * y[j];
    }
  } else {
    for (let child = cell + 1; child < next[cell]; child = next[child]) {
      const from = child * cellStride;
      total += cells[from + 3];
      cx += cells[from + 3] * cells[from];
      cy += cells[from + 3] * cells[from + 1];
    }
  }
  cx /= total;
  cy /= total;
  let radius = 0;
  for (let j = first[cell]; j < last[cell]; j++) {
    const zx = x[j] - cx;
    const zy = y[j] - cy;
    radius = Math.max(radius, Math.sqrt(zx * zx + zy * zy) + size[j]);
  }
  let a2x = 0;
  let a2y = 0;
  let a3x = 0;
  let a3y = 0;
  if (isLeaf) {
    for (let j = first[cell]; j < last[cell]; j++) {
      const zx = x[j] - cx;
      const zy = y[j] - cy;
      const z2x = zx * zx - zy * zy;
      const z2y = 2 * zx * zy;
      a2x += mass[j] * z2x;
      a2y += mass[j] * z2y;
      a3x += mass[j] * (z2x * zx - z2y * zy);
      a3y += mass[j] * (z2x * zy + z2y * zx);
    }
  } else {
    // Moments about the parent's centre: a′_l = Σ_k C(l, k) a_k s^(l − k), s from the parent's centre to the child's.
    for (let child = cell + 1; child < next[cell]; child = next[child]) {
      const from = child * cellStride;
      const sx = cells[from] - cx;
      const sy = cells[from + 1] - cy;
      const m = cells[from + 3];
      const b2x = cells[from + 4];
      const b2y = cells[from + 5];
      const s2x = sx * sx - sy * sy;
      const s2y = 2 * sx * sy;
      a2x += b2x + m * s2x;
      a2y += b2y + m * s2y;
      a3x += cells[from + 6] + 3 * (b2x * sx - b2y * sy) + m * (s2x * sx - s2y * sy);
      a3y += cells[from + 7] + 3 * (b2x * sy + b2y * sx) + m * (s2x * sy + s2y * sx);
    }
  }
  cells[at] = cx;
  cells[at + 1] = cy;
  cells[at + 2] = radius;
  cells[at + 3] = total;
  cells[at + 4] = a2x;
  cells[at + 5] = a2y;
  cells[at + 6] = a3x;
  cells[at + 7] = a3y;
}
