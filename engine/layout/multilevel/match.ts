import type { Level } from './level.ts';

/** Nodes that hang on the same node without a partner of their own go together up to so many. */
const largestBunch = 4;

/** Groups of nodes that a coarser level takes for one. */
export interface Groups {
  /** One group a node, 0 … count − 1. */
  readonly of: Uint32Array;
  readonly count: number;
}

/**
 * Heavy-edge matching, light nodes first: each takes the free neighbour to which its pull is the strongest for the
 * neighbour's mass. What finds all its neighbours taken (the leaves of a star, most nodes of a power law) is bunched with
 * others that are left at the same neighbour, so that such graphs shrink as fast as a mesh does. Ties are broken at random.
 */
export function matchNodes(level: Level, random: () => number): Groups {
  const { count, mass, offsets, targets, pulls } = level;
  const of = new Uint32Array(count).fill(none);
  let groupCount = 0;
  const order = byMass(mass, random);
  const left: number[] = [];
  for (const i of order) {
    if (of[i] !== none) continue;
    let partner = -1;
    let best = -1;
    for (let k = offsets[i]; k < offsets[i + 1]; k++) {
      const j = targets[k];
      if (j === i || of[j] !== none) continue;
      const score = pulls[k] / mass[j];
      if (score > best) {
        best = score;
        partner = j;
      }
    }
    if (partner === -1) {
      left.push(i);
      continue;
    }
    of[i] = groupCount;
    of[partner] = groupCount++;
  }
  // The last bunch at each node, and how many it has; nodes without a neighbour are bunched with each other.
  const bunch = new Uint32Array(count + 1).fill(none);
  const size = new Uint32Array(count + 1);
  for (const i of left) {
    const at = strongestNeighbour(level, i);
    if (size[at] % largestBunch === 0) bunch[at] = groupCount++;
    of[i] = bunch[at];
    size[at]++;
  }
  return { of, count: groupCount };
}

const none = 0xffffffff;

function strongestNeighbour({ count, offsets, targets, pulls }: Level, i: number): number {
  let best = -1;
  let neighbour = count;
  for (let k = offsets[i]; k < offsets[i + 1]; k++) {
    if (pulls[k] <= best) continue;
    best = pulls[k];
    neighbour = targets[k];
  }
  return neighbour;
}

/** The nodes from light to heavy, those of equal mass in random order. */
function byMass(mass: Float64Array, random: () => number): Uint32Array {
  const rank = mass.map(() => random());
  return Uint32Array.from(mass, (_, i) => i).sort((a, b) => mass[a] - mass[b] || rank[a] - rank[b]);
}
