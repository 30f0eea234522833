import type { Table, Views } from '../arena.ts';

/**
 * Most bodies in a leaf, unless they all lie in one place or there is no room for more cells: what is fastest, since vectors
 * make pairs of bodies cheap.
 */
export const leafSize = { wasm: 32, plain: 20 } as const;

/**
 * Numbers a cell in `cells`:
 *
 * - 0, 1: centre of mass; 2: radius about it, to the rims of the bodies where sizes count; 3: mass;
 * - 4 … 9: moments A₂, A₃, A₄ as complex numbers, A_k = Σ m (z − c)^k/k! with z = x + iy (A₁ is 0);
 * - 10 … 19: the expansion Λ₀ … Λ₄ of the far field about the centre, f(z) = Σ Λ_n (z − c)ⁿ/n!;
 * - 20: 0 where all bodies lie in one place, else above; 21: unused;
 * - 22 … 25: the box minX, minY, maxX, maxY of the bodies or their rims.
 */
export const cellStride = 26;

/** The fields of a cell. */
export const field = { x: 0, y: 1, radius: 2, mass: 3, moments: 4, expansion: 10, spread: 20, box: 22 } as const;

/** Pairs of cells that wait until there are many. */
export const listLength = 2048;

/** A stack of pairs holds three a level of the tree and side; keys of 16 bits and the range of float64 bound the levels. */
const stackLength = 32_768;

/** Most tasks of one job. */
export const mostTasks = 4096;

/**
 * All that the threads of a layout share, over so many bodies and links (two a spring). Cells are in preorder; the bodies of
 * a leaf fill slots, four of which make one vector, so that each leaf begins at a multiple of four and its last slots may be
 * empty: mass 0 in the centre.
 */
export function forceTables(count: number, links: number) {
  const cells = Math.max(64, count >> 1);
  const slots = count + 3 * cells + 4;
  return {
    /** Where the bodies are and the forces on them, x0, y0, x1, y1, …: one cache line a body. */
    places: ['float64', 2 * count],
    forces: ['float64', 2 * count],
    mass: ['float64', count],
    size: ['float64', count],
    stiffness: ['float64', count],
    /** The links of body i are offsets[i] … offsets[i + 1] − 1, with their other ends and e = w^δ. */
    offsets: ['uint32', count + 1],
    ends: ['uint32', links],
    pulls: ['float32', links + 4],
    cells: ['float64', cells * cellStride],
    /** Bodies first[c] … last[c] − 1 of the order. */
    first: ['uint32', cells],
    last: ['uint32', cells],
    /** The next cell that is not inside this one; a leaf's is c + 1. */
    next: ['uint32', cells],
    /** The first slot of a leaf. */
    slot: ['uint32', cells],
    order: ['uint32', count],
    keys: ['uint32', count],
    spareOrder: ['uint32', count],
    spareKeys: ['uint32', count],
    /** Places about the centre of mass of the leaf, mass and size of the body in each slot. */
    slotX: ['float32', slots],
    slotY: ['float32', slots],
    slotMass: ['float32', slots],
    slotSize: ['float32', slots],
    /** Σ m r/d² of the near field at each slot. */
    nearX: ['float64', slots],
    nearY: ['float64', slots],
    /** Cells whose subtrees are a task each. */
    subtrees: ['uint32', mostTasks],
    /** Nodes chunks[k] … chunks[k + 1] − 1 are a task each. */
    chunks: ['uint32', mostTasks + 1],
    /** What the jobs are done with (`parameter`). */
    parameters: ['float64', 8],
    /** What the threads agree by (`Team`). */
    control: ['int32', 16],
  } as const satisfies Readonly<Record<string, Table>>;
}

/** The places of `parameters`. */
export const parameter = { opening: 0, tolerance: 1, scalingRatio: 2, withSizes: 3, attractionMode: 4 } as const;

export type ForceTables = Views<ReturnType<typeof forceTables>>;

/** What one thread needs to walk the tree: pairs target, source. */
export function walkTables() {
  return {
    stack: ['uint32', stackLength],
    far: ['uint32', 2 * listLength],
    near: ['uint32', 2 * listLength],
  } as const satisfies Readonly<Record<string, Table>>;
}

/** The walk's own room of one thread. */
export type Walk = Views<ReturnType<typeof walkTables>>;
