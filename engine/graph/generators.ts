import { createRandom } from '../base/random.ts';
import { type PackedGraph, pack } from './packed-graph.ts';

/** Nodes without edges, put behind the others. */
interface WithIsolates {
  readonly isolates?: number;
}

/**
 * `nodes` nodes in `blocks` equal groups (node i in group i mod blocks) and `edges` edges between random nodes; a share
 * `mixing` (default 0.1) of the edges takes both ends from anywhere, the rest from one group. Parallel edges may occur,
 * self-loops not.
 */
export function plantedPartition(
  options: WithIsolates & { nodes: number; edges: number; blocks: number; mixing?: number; seed: number },
): PackedGraph {
  const { nodes, edges, blocks, mixing = 0.1, seed, isolates } = options;
  const random = createRandom(seed);
  const pick = (from: number, count: number, stride: number) => from + stride * Math.floor(random() * count);
  return graphOf(nodes, isolates, (join) => {
    for (let made = nodes < 2 ? edges : 0; made < edges; ) {
      const block = pick(0, blocks, 1);
      const members = Math.ceil((nodes - block) / blocks);
      const isMixed = random() < mixing || members < 2;
      const source = isMixed ? pick(0, nodes, 1) : pick(block, members, blocks);
      const target = isMixed ? pick(0, nodes, 1) : pick(block, members, blocks);
      if (source === target) continue;
      join(source, target);
      made++;
    }
  });
}

/** `edges` edges between uniformly random nodes. Parallel edges may occur, self-loops not. */
export function randomGraph(options: WithIsolates & { nodes: number; edges: number; seed: number }): PackedGraph {
  return plantedPartition({ ...options, blocks: 1, mixing: 1 });
}

/** A grid of columns × rows nodes, row by row, each joined to its right and lower neighbour. */
export function mesh(options: WithIsolates & { columns: number; rows: number }): PackedGraph {
  const { columns, rows, isolates } = options;
  return graphOf(columns * rows, isolates, (join) => {
    for (let node = 0; node < columns * rows; node++) {
      if ((node + 1) % columns !== 0) join(node, node + 1);
      if (node + columns < columns * rows) join(node, node + columns);
    }
  });
}

/** Node 0 joined to each of `leaves` others. */
export function star(options: WithIsolates & { leaves: number }): PackedGraph {
  return graphOf(options.leaves + 1, options.isolates, (join) => {
    for (let leaf = 1; leaf <= options.leaves; leaf++) join(0, leaf);
  });
}

/** `cliques` complete graphs of `size` nodes each, the last node of one joined to the first of the next, around a ring. */
export function ringOfCliques(options: WithIsolates & { cliques: number; size: number }): PackedGraph {
  const { cliques, size, isolates } = options;
  const nodes = cliques * size;
  return graphOf(nodes, isolates, (join) => {
    for (let first = 0; first < nodes; first += size) {
      for (let i = first; i < first + size; i++) for (let j = i + 1; j < first + size; j++) join(i, j);
      if (cliques > 1) join(first + size - 1, (first + size) % nodes);
    }
  });
}

/**
 * Preferential attachment (Barabási and Albert 1999): each node joins `links` earlier ones, picked by their degree. A
 * node may pick the same one twice.
 */
export function powerLaw(options: WithIsolates & { nodes: number; links: number; seed: number }): PackedGraph {
  const { nodes, links, seed, isolates } = options;
  const random = createRandom(seed);
  const ends: number[] = [];
  return graphOf(nodes, isolates, (join) => {
    for (let node = 1; node < nodes; node++) {
      const known = ends.length;
      for (let link = 0; link < Math.min(links, node); link++) {
        const target = known === 0 ? 0 : ends[Math.floor(random() * known)];
        join(target, node);
        ends.push(target, node);
      }
    }
  });
}

/** A tree in which every node has `children` children, level by level from node 0; 1 makes a path. */
export function tree(options: WithIsolates & { nodes: number; children: number }): PackedGraph {
  const { nodes, children, isolates } = options;
  return graphOf(nodes, isolates, (join) => {
    for (let node = 1; node < nodes; node++) join(Math.floor((node - 1) / children), node);
  });
}

/**
 * A grid of columns × rows nodes of which a random spanning tree is kept and a share `kept` (default 0.3) of the other edges:
 * connected, of low degree, with dead ends and detours, as roads are.
 */
export function roads(
  options: WithIsolates & { columns: number; rows: number; kept?: number; seed: number },
): PackedGraph {
  const { columns, rows, kept = 0.3, seed, isolates } = options;
  const random = createRandom(seed);
  const { edges } = mesh({ columns, rows });
  const order = Uint32Array.from({ length: edges.length / 2 }, (_, e) => e);
  shuffle(order, random);
  const parents = Uint32Array.from({ length: columns * rows }, (_, i) => i);
  const rootOf = (node: number): number => {
    let at = node;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  };
  return graphOf(columns * rows, isolates, (join) => {
    for (const e of order) {
      const [source, target] = [rootOf(edges[2 * e]), rootOf(edges[2 * e + 1])];
      if (source === target && random() >= kept) continue;
      parents[source] = target;
      join(edges[2 * e], edges[2 * e + 1]);
    }
  });
}

/** `edges` edges, each between a random one of the first `left` nodes and a random one of the `right` nodes behind them. */
export function bipartite(
  options: WithIsolates & { left: number; right: number; edges: number; seed: number },
): PackedGraph {
  const { left, right, edges, seed, isolates } = options;
  const random = createRandom(seed);
  return graphOf(left + right, isolates, (join) => {
    for (let e = 0; e < edges; e++) join(Math.floor(random() * left), left + Math.floor(random() * right));
  });
}

/**
 * Watts and Strogatz 1998: a ring in which every node is joined to the `neighbours` next ones, and the far end of a share
 * `rewiring` (default 0.05) of the edges is a random other node instead.
 */
export function smallWorld(
  options: WithIsolates & { nodes: number; neighbours: number; rewiring?: number; seed: number },
): PackedGraph {
  const { nodes, neighbours, rewiring = 0.05, seed, isolates } = options;
  const random = createRandom(seed);
  return graphOf(nodes, isolates, (join) => {
    for (let node = 0; node < nodes; node++) {
      for (let step = 1; step <= neighbours; step++) {
        const away = random() < rewiring ? 1 + Math.floor(random() * (nodes - 1)) : step;
        join(node, (node + away) % nodes);
      }
    }
  });
}

function shuffle(values: Uint32Array, random: () => number): void {
  for (let i = values.length - 1; i > 0; i--) {
    const k = Math.floor(random() * (i + 1));
    [values[i], values[k]] = [values[k], values[i]];
  }
}

function graphOf(
  nodes: number,
  isolates = 0,
  joinAll: (join: (source: number, target: number) => void) => void,
): PackedGraph {
  const edges: number[] = [];
  joinAll((source, target) => edges.push(source, target));
  return pack({ ids: Array.from({ length: nodes + isolates }, (_, i) => `n${i}`), edges: Uint32Array.from(edges) });
}
