import { describe, expect, it } from 'vitest';
import { plantedPartition, randomGraph, ringOfCliques } from '../../engine/graph/generators.ts';
import { type PackedGraph, pack } from '../../engine/graph/packed-graph.ts';
import {
  cliquePercolation,
  type OverlappingCommunities,
} from '../../engine/structure/communities/clique-percolation.ts';
import { maximalCliques } from '../../engine/structure/communities/maximal-cliques.ts';

function graphOf(nodes: number, pairs: readonly (readonly number[])[]): PackedGraph {
  const ids = Array.from({ length: nodes }, (_, i) => `n${i}`);
  return pack({ ids, edges: Uint32Array.from(pairs.flat()) });
}

/** The edges of complete graphs on these sets of nodes. */
function complete(...sets: readonly (readonly number[])[]): [number, number][] {
  return sets.flatMap((set) => set.flatMap((a, i) => set.slice(i + 1).map((b): [number, number] => [a, b])));
}

function setsOf({ count, offsets, members }: Pick<OverlappingCommunities, 'count' | 'offsets' | 'members'>): string[] {
  return Array.from({ length: count }, (_, c) =>
    members
      .slice(offsets[c], offsets[c + 1])
      .sort()
      .join(' '),
  );
}

/** All cliques of k nodes by trying, as rising lists. */
function cliquesByTrying({ nodeCount, edges }: PackedGraph, k: number): number[][] {
  const linked = new Set<number>();
  for (let e = 0; e < edges.length; e += 2) {
    linked.add(edges[e] * nodeCount + edges[e + 1]).add(edges[e + 1] * nodeCount + edges[e]);
  }
  let found: number[][] = [[]];
  for (let size = 0; size < k; size++) {
    found = found.flatMap((clique) => {
      const longer: number[][] = [];
      for (let node = (clique.at(-1) ?? -1) + 1; node < nodeCount; node++) {
        if (clique.every((other) => linked.has(other * nodeCount + node))) longer.push([...clique, node]);
      }
      return longer;
    });
  }
  return found;
}

/** Palla's definition word for word: k-cliques that share k − 1 nodes belong together. */
function percolateByTrying(graph: PackedGraph, k: number): string[] {
  const cliques = cliquesByTrying(graph, k);
  const group = cliques.map((_, i) => i);
  cliques.forEach((a, i) => {
    for (let j = 0; j < i; j++) {
      if (group[i] === group[j] || a.filter((node) => cliques[j].includes(node)).length < k - 1) continue;
      const [from, to] = [group[i], group[j]];
      group.forEach((each, at) => {
        if (each === from) group[at] = to;
      });
    }
  });
  const nodes = [...new Set(group)].map((each) => new Set(cliques.filter((_, i) => group[i] === each).flat()));
  return nodes.map((set) => [...set].sort((a, b) => a - b).join(' ')).sort();
}

const dense = randomGraph({ nodes: 26, edges: 150, seed: 8 });
const blocks = plantedPartition({ nodes: 60, edges: 420, blocks: 5, mixing: 0.25, seed: 4 });

describe('maximalCliques', () => {
  it.each([dense, blocks])('lists every maximal clique once', (graph) => {
    const isInside = (clique: readonly number[], larger: readonly number[][]) =>
      larger.some((other) => clique.every((node) => other.includes(node)));
    const expected = [3, 4, 5, 6, 7, 8, 9].flatMap((size) => {
      const larger = cliquesByTrying(graph, size + 1);
      return cliquesByTrying(graph, size).filter((clique) => !isInside(clique, larger));
    });
    const listed = setsOf(maximalCliques(graph, { least: 3, branches: 1e6 }));
    expect(listed.length).toBeGreaterThan(40);
    expect(listed.sort()).toEqual(expected.map((clique) => Uint32Array.from(clique).join(' ')).sort());
  });

  it('counts a node alone, and parallel edges and self-loops not', () => {
    const graph = graphOf(4, [[0, 1], [1, 0], [0, 1], [2, 2], ...complete([0, 1, 2])]);
    expect(setsOf(maximalCliques(graph, { least: 1, branches: 100 })).sort()).toEqual(['0 1 2', '3']);
  });
});

describe('cliquePercolation', () => {
  it.each([2, 3, 4, 5])('finds what the definition says for k = %i', (k) => {
    for (const graph of [dense, blocks]) {
      expect(setsOf(cliquePercolation(graph, { k })).sort()).toEqual(percolateByTrying(graph, k));
    }
  });

  it('lets communities overlap where cliques share fewer than k − 1 nodes, and joins them where they share k − 1', () => {
    const apart = cliquePercolation(graphOf(7, complete([0, 1, 2, 3], [2, 3, 4, 5])), { k: 4 });
    expect(setsOf(apart)).toEqual(['0 1 2 3', '2 3 4 5']);
    const joined = cliquePercolation(graphOf(7, complete([0, 1, 2, 3], [1, 2, 3, 4])), { k: 4 });
    expect(setsOf(joined)).toEqual(['0 1 2 3 4']);
    expect(joined).toMatchObject({ k: 4, count: 1, cliques: 2 });
  });

  it('puts the largest community first and every clique of a ring on its own', () => {
    const { count, offsets } = cliquePercolation(blocks, { k: 3 });
    const sizes = Array.from({ length: count }, (_, c) => offsets[c + 1] - offsets[c]);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(cliquePercolation(ringOfCliques({ cliques: 30, size: 5 })).count).toBe(30);
  });

  it('says what happened on a graph that is too dense, and refuses a k below 2', () => {
    const crowd = randomGraph({ nodes: 200, edges: 12_000, seed: 1 });
    expect(() => cliquePercolation(crowd, { branches: 5000 })).toThrow('given up after 5000 branches');
    expect(() => cliquePercolation(dense, { k: 1 })).toThrow('a whole k of 2 or more, but 1 came.');
    expect(cliquePercolation(graphOf(0, []))).toMatchObject({ count: 0, cliques: 0 });
  });
});
