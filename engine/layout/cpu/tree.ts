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
  readonly order: Uint32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly mass: Float64Array;
  readonly size: Float64Array;
  /** Morton keys at each place, and room to sort. */
  readonly keys: Uint32Array;
  readonly spareOrder: Uint32Array;
  readonly spareKeys: Uint32Array;
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

function cellRoom(cells: number) {
  return {
    first: new Uint32Array(cells),
    last: new Uint32Array(cells),
    next: new Uint32Array(cells),
    cells: new Float64Array(cells * cellStride),
  };
}

/** Doubles the room for cells. */
export function growCells(tree: Tree): void {
  const { first, last, next, cells } = tree;
  Object.assign(tree, cellRoom(first.length * 2));
  tree.first.set(first);
  tree.last.set(last);
  tree.next.set(next);
  tree.cells.set(cells);
}
