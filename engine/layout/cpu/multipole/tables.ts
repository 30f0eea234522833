import type { Table, Views } from '../arena.ts';

/**
 * Most bodies in a leaf, unless they all lie in one place or there is no room for more cells: what is fastest, since vectors
 * make pairs of bodies cheap.
 */
export const leafSize = { wasm: 32, plain: 20 } as const;

/** Numbers a cell in `spheres`: its centre of mass, the radius about it, to the rims of the bodies where sizes count, its mass. */
export const sphereStride = 4;

/** The fields of a sphere. */
export const sphere = { x: 0, y: 1, radius: 2, mass: 3 } as const;

/**
 * Numbers a cell in `series`, complex ones with z = x + iy:
 *
 * - 0 … 5: moments A₂, A₃, A₄ about the centre, A_k = Σ m (z − c)^k/k! (A₁ is 0);
 * - 6 … 15: the expansion Λ₀ … Λ₄ of the far field about the centre, f(z) = Σ Λ_n (z − c)ⁿ/n!.
 */
export const seriesStride = 16;

/** Where the expansion begins in a cell's series. */
export const expansion = 6;

/** Numbers a cell in `records`. */
const recordStride = 8;

/** Numbers a cell in `boxes`: minX, minY, maxX, maxY of the bodies or their rims. */
export const boxStride = 4;

/** Cells that wait until there are many. */
export const listLength = 512;

/** Bodies that wait until there are many; with the last of them come up to three more. */
export const sourceLength = 256;
export const sourceStride = sourceLength + 4;

/**
 * Numbers a cell in `insides`: the cells directly inside it, of which there are up to four, how many there are (none in a leaf),
 * how many bodies, and room up to half a cache line.
 */
export const insideStride = 8;

/** Fields of an entry of `insides` after the cells. */
export const inside = { cells: 4, bodies: 5 } as const;

/** Cells that those inside one are left with, on all levels: some hundreds a level where θ is not next to nothing. */
const pendingLength = 32_768;

/** Most tasks of one job. */
export const mostTasks = 4096;

/** Cells that there is room for, over so many bodies. */
function mostCells(count: number): number {
  return Math.max(64, count >> 1);
}

/**
 * All that the threads of a layout share, over so many bodies and links (two a spring). Cells are in preorder; the bodies of
 * a leaf fill slots, four of which make one vector, so that each leaf begins at a multiple of four and its last slots may be
 * empty: mass 0 in the centre.
 */
export function forceTables(count: number, links: number) {
  const cells = mostCells(count);
  const slots = count + 3 * cells + 4;
  return {
    /** The bodies themselves, in place of the arrays that they came with. */
    places: ['float64', 2 * count],
    forces: ['float64', 2 * count],
    oldForces: ['float64', 2 * count],
    velocities: ['float64', 2 * count],
    mass: ['float64', count],
    size: ['float64', count],
    stiffness: ['float64', count],
    /**
     * The links of body i are offsets[i] … offsets[i + 1] − 1, with where the place of their other end is and e = w^δ. They are a
     * multiple of four: the last ones may be to the body itself, with e = 0.
     */
    offsets: ['uint32', count + 1],
    ends: ['uint32', links],
    pulls: ['float32', links + 1],
    spheres: ['float64', cells * sphereStride],
    series: ['float64', cells * seriesStride],
    /** In WASM alone: mass, a length ρ and M₂, M₃, M₄ a cell, M_k = Σ m ((z − c)/ρ)^k, where no power can leave float32. */
    records: ['float32', cells * recordStride],
    boxes: ['float64', cells * boxStride],
    /** 0 where all bodies of a cell lie in one place, else above. */
    spread: ['float64', cells],
    /** Bodies first[c] … last[c] − 1 of the order. */
    first: ['uint32', cells],
    last: ['uint32', cells],
    /** The next cell that is not inside this one; a leaf's is c + 1. */
    next: ['uint32', cells],
    insides: ['uint32', cells * insideStride],
    /** The first slot of a leaf. */
    slot: ['uint32', cells],
    order: ['uint32', count],
    keys: ['uint32', count],
    spareOrder: ['uint32', count],
    spareKeys: ['uint32', count],
    counters: ['uint32', 4096],
    /** Places about the centre of mass of the leaf, mass and size of the body in each slot. */
    slotX: ['float32', slots],
    slotY: ['float32', slots],
    slotMass: ['float32', slots],
    slotSize: ['float32', slots],
    /** Σ m r/d² of the near field at each slot. */
    nearX: ['float32', slots],
    nearY: ['float32', slots],
    /** Cells whose subtrees are a task each. */
    subtrees: ['uint32', mostTasks],
    /** Bodies chunks[k] … chunks[k + 1] − 1 are a task each; the first is even. */
    chunks: ['uint32', mostTasks + 1],
    /** What each task sums up, two numbers. */
    sums: ['float64', 2 * mostTasks],
    /** What the jobs are done with (`parameter`). */
    parameters: ['float64', 16],
    /** What the threads agree by (`Team`). */
    control: ['int32', 16],
  } as const satisfies Readonly<Record<string, Table>>;
}

/** The places of `parameters`. */
export const parameter = {
  opening: 0,
  tolerance: 1,
  scalingRatio: 2,
  withSizes: 3,
  attractionMode: 4,
  gravity: 5,
  strongGravity: 6,
  speed: 7,
  inertia: 8,
  stride: 9,
  longest: 10,
} as const;

export type ForceTables = Views<ReturnType<typeof forceTables>>;

/** What one thread needs to walk a tree over so many bodies. */
export function walkTables(count: number) {
  return {
    /** Cells that act on one: those looked at, of which there are no more than in the tree; left to those inside it; far; near. */
    queue: ['uint32', mostCells(count) + 4],
    pending: ['uint32', pendingLength + 1],
    far: ['uint32', listLength + 3],
    near: ['uint32', listLength + 1],
    /** Bodies that act on those of a leaf: x and y from its centre, masses and sizes, a row each. In WASM it holds float32. */
    sources: ['float64', 4 * sourceStride],
  } as const satisfies Readonly<Record<string, Table>>;
}

/** The walk's own room of one thread. */
export type Walk = Views<ReturnType<typeof walkTables>>;
