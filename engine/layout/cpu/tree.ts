import type { Cells } from './split.ts';

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
export interface Tree extends Cells {
  readonly cells: Float64Array;
  /** Copies of the values of the body at each place of the order. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly mass: Float64Array;
  readonly size: Float64Array;
}

/** Room for a tree over that many bodies. */
export function createTree(count: number): Tree {
  const room = Math.max(64, count);
  return {
    cellCount: 0,
    first: new Uint32Array(room),
    last: new Uint32Array(room),
    next: new Uint32Array(room),
    cells: new Float64Array(room * cellStride),
    places: new Float64Array(2 * count),
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
