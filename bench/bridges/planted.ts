import { createRandom, type PackedGraph, pack } from '../../engine/index.ts';

/** What joins two far blocks: several independent edges, edges that all hang on one node, or nothing. */
export type TieKind = 'bridge' | 'artifact' | 'none';

/** A far pair of blocks and the nodes that its edges join; for a pair without edges, those that they might have joined. */
export interface Tie {
  readonly kind: TieKind;
  readonly blocks: readonly [number, number];
  /** How many edges were planted, or would have been. */
  readonly size: number;
  /** Pairs of nodes, stride 2, the first in `blocks[0]`; strewn edges between the same blocks are among them. */
  readonly ends: Uint32Array;
}

/** A network whose bridges are known. Node i lies in block i mod `blocks`. */
export interface PlantedBridges {
  readonly graph: PackedGraph;
  readonly blocks: number;
  readonly ties: readonly Tie[];
}

/** 60 towns of 125 nodes: enough to crowd a map, few enough to lie apart. */
const nodes = 7500;
const edges = 85_000;
const blocks = 60;
const members = nodes / blocks;
const counts: readonly (readonly [TieKind, number])[] = [
  ['bridge', 50],
  ['artifact', 25],
  ['none', 100],
];
/** Each size equally often. */
export const tieSizes = [2, 4, 8, 16, 32];
/** Shares of the other edges: with one of the nearest blocks, and between any two nodes. */
const neighbourly = 0.1;
const strewn = 0.01;
const nearest = 5;
/** Blocks of a far pair lie so many times the plan's radius apart. */
const farness = 0.8;

/**
 * A planted partition after a plan of towns in a disc: most edges stay in a block, some go to the nearest blocks, which
 * gives a layout its shape, a few join any two nodes, and 50 bridges (2 to 32 edges, no node used twice) and 25 artifacts
 * (2 to 32 edges of a single node) join blocks that lie far apart in the plan. 100 far pairs without an edge come along.
 */
export function plantedBridges(seed: number): PlantedBridges {
  const random = createRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const memberOf = (block: number): number => block + blocks * below(members);
  const plan = planOf(random);
  const far = shuffled(farPairs(plan), random);
  const ends: number[] = [];
  const planted = counts.flatMap(([kind, count]) =>
    kind === 'none' ? [] : Array.from({ length: count }, (_, i) => ({ kind, size: tieSizes[i % tieSizes.length] })),
  );
  const linked = planted.map((tie, i) => ({ ...tie, blocks: far[i] }));
  for (const { kind, size, blocks: pair } of linked) ends.push(...tieEnds(kind, size, pair, below));
  const near = nearestBlocks(plan);
  while (ends.length < 2 * edges) {
    const draw = random();
    const from = below(blocks);
    const source = memberOf(from);
    const target = memberOf(
      draw < strewn ? below(blocks) : draw < strewn + neighbourly ? near[from][below(nearest)] : from,
    );
    if (source !== target) ends.push(source, target);
  }
  const graph = pack({ ids: Array.from({ length: nodes }, (_, i) => `n${i}`), edges: Uint32Array.from(ends) });
  const between = edgesBetween(graph);
  const free = far.slice(linked.length).filter((pair) => between(pair).length === 0);
  const unlinked = free.slice(0, counts[2][1]).map((pair, i): Tie => {
    const size = tieSizes[i % tieSizes.length];
    return { kind: 'none', blocks: pair, size, ends: tieEnds('bridge', size, pair, below) };
  });
  return { graph, blocks, ties: [...linked.map((tie) => ({ ...tie, ends: between(tie.blocks) })), ...unlinked] };
}

/** A sunflower of towns in the unit disc, shaken; x and y by turns. */
function planOf(random: () => number): Float64Array {
  return Float64Array.from({ length: 2 * blocks }, (_, k) => {
    const block = k >> 1;
    const radius = Math.sqrt((block + 0.5) / blocks);
    const angle = block * Math.PI * (3 - Math.sqrt(5));
    return radius * (k % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) + 0.1 * (random() - 0.5);
  });
}

function distance(plan: Float64Array, a: number, b: number): number {
  return Math.hypot(plan[2 * a] - plan[2 * b], plan[2 * a + 1] - plan[2 * b + 1]);
}

function farPairs(plan: Float64Array): [number, number][] {
  const pairs: [number, number][] = [];
  for (let a = 0; a < blocks; a++) {
    for (let b = a + 1; b < blocks; b++) if (distance(plan, a, b) > farness) pairs.push([a, b]);
  }
  return pairs;
}

function nearestBlocks(plan: Float64Array): number[][] {
  const all = Array.from({ length: blocks }, (_, block) => block);
  return all.map((block) =>
    all
      .filter((other) => other !== block)
      .sort((a, b) => distance(plan, block, a) - distance(plan, block, b))
      .slice(0, nearest),
  );
}

/** Pairs of nodes that join two blocks: all different, or the same first one where they are an artifact. */
function tieEnds(
  kind: TieKind,
  size: number,
  [a, b]: readonly [number, number],
  below: (limit: number) => number,
): Uint32Array {
  const sources = distinct(kind === 'artifact' ? 1 : size, below);
  const targets = distinct(size, below);
  return Uint32Array.from({ length: 2 * size }, (_, k) =>
    k % 2 === 0 ? a + blocks * sources[(k >> 1) % sources.length] : b + blocks * targets[k >> 1],
  );
}

/** So many different members of a block, by their rank in it. */
function distinct(count: number, below: (limit: number) => number): number[] {
  const ranks = new Set<number>();
  while (ranks.size < count) ranks.add(below(members));
  return [...ranks];
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const left = items.slice();
  for (let i = left.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [left[i], left[j]] = [left[j], left[i]];
  }
  return left;
}

/** All edges between two blocks, each turned to begin in the first. */
function edgesBetween({ edges: list }: PackedGraph): (pair: readonly [number, number]) => Uint32Array {
  const found = new Map<number, number[]>();
  for (let e = 0; e < list.length; e += 2) {
    const turned = list[e] % blocks > list[e + 1] % blocks;
    const [source, target] = turned ? [list[e + 1], list[e]] : [list[e], list[e + 1]];
    const key = (source % blocks) * blocks + (target % blocks);
    const ends = found.get(key);
    if (ends === undefined) found.set(key, [source, target]);
    else ends.push(source, target);
  }
  return ([a, b]) => Uint32Array.from(found.get(a * blocks + b) ?? []);
}
