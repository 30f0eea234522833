import { describe, expect, it } from 'vitest';
import { plantedPartition, powerLaw, randomGraph, ringOfCliques } from '../../engine/graph/generators.ts';
import { type PackedGraph, pack } from '../../engine/graph/packed-graph.ts';
import { describeCommunities } from '../../engine/structure/communities/found.ts';
import { type CommunitiesOptions, communities as find } from '../../engine/structure/communities.ts';

function weighted(ids: readonly string[], edges: readonly (readonly [number, number, number])[]): PackedGraph {
  const values = Float64Array.from(edges, ([, , weight]) => weight);
  const weight = {
    kind: 'number' as const,
    name: 'weight',
    title: 'Weight',
    type: 'double',
    role: 'weight' as const,
    values,
  };
  return pack({ ids, edges: Uint32Array.from(edges.flatMap((edge) => edge.slice(0, 2))), edgeColumns: [weight] });
}

/** Newman's modularity straight from its definition, over parallel edges and weights. */
function modularityOf({ nodeCount, offsets, targets, weights }: PackedGraph, of: Uint32Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const inside = new Float64Array(nodeCount);
  const ends = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    for (let k = offsets[node]; k < offsets[node + 1]; k++) {
      ends[of[node]] += weights[k];
      if (of[targets[k]] === of[node]) inside[of[node]] += weights[k];
    }
  }
  return inside.reduce((sum, within, c) => sum + within / total - (ends[c] / total) ** 2, 0);
}

describe.each(['leiden', 'louvain'] as const)('communities by %s', (method) => {
  const communities = (graph: PackedGraph, options: CommunitiesOptions = {}) => find(graph, { method, ...options });

  it('finds planted groups, the largest first', () => {
    const graph = plantedPartition({ nodes: 600, edges: 6000, blocks: 6, mixing: 0.1, seed: 4 });
    const { of, count, sizes, modularity, score } = communities(graph, { seed: 3 });
    expect(count).toBe(6);
    expect([...sizes]).toEqual([100, 100, 100, 100, 100, 100]);
    for (let node = 0; node < 600; node++) expect(of[node]).toBe(of[node % 6]);
    expect(modularity).toBeCloseTo(modularityOf(graph, of), 9);
    expect(score).toEqual({ name: 'modularity', value: modularity, unit: '', baseline: 0 });
  });

  it('numbers communities by size and leaves lone nodes alone', () => {
    const ids = ['constructor', '__proto__', 'toString', 'a', 'b', 'lone'];
    const graph = weighted(ids, [
      [3, 4, 1],
      [0, 1, 1],
      [1, 2, 1],
      [2, 0, 1],
      [5, 5, 9],
    ]);
    const { of, sizes } = communities(graph);
    expect([...of]).toEqual([0, 0, 0, 1, 1, 2]);
    expect([...sizes]).toEqual([3, 2, 1]);
  });

  it('counts weights, parallel edges and both directions, but no weight of 0 or less', () => {
    const square = (heavy: number) => [
      [0, 1, heavy] as const,
      [2, 3, heavy] as const,
      [1, 2, 1] as const,
      [3, 0, 1] as const,
    ];
    const ids = ['0', '1', '2', '3'];
    expect([...communities(weighted(ids, square(9))).of]).toEqual([0, 0, 1, 1]);
    expect([...communities(weighted(ids, square(0.1))).of]).toEqual([0, 1, 1, 0]);
    const parallel = [...square(1), [1, 0, 1] as const, [1, 0, 1] as const, [3, 2, 2] as const];
    expect([...communities(weighted(ids, parallel)).of]).toEqual([0, 0, 1, 1]);
    expect(communities(weighted(ids, square(-1))).count).toBe(2);
  });

  it('gives the same for the same seed, and more communities at a higher resolution', () => {
    const graph = plantedPartition({ nodes: 500, edges: 3000, blocks: 20, mixing: 0.4, seed: 9 });
    expect(communities(graph, { seed: 5 })).toEqual(communities(graph, { seed: 5 }));
    expect(communities(graph, { resolution: 4 }).count).toBeGreaterThan(communities(graph).count);
  });

  it('stands without edges or nodes and refuses a resolution of 0', () => {
    expect(communities(pack({ ids: [], edges: new Uint32Array(0) }))).toMatchObject({ count: 0, modularity: 0 });
    const bare = communities(pack({ ids: ['a', 'b'], edges: new Uint32Array(0) }));
    expect(bare).toMatchObject({ count: 2, modularity: 0 });
    expect(() => communities(pack({ ids: [], edges: new Uint32Array(0) }), { resolution: 0 })).toThrow('but 0 came.');
  });
});

/** Whether the nodes of each community hang together by edges inside it. */
function isEachConnected(
  { nodeCount, edges }: PackedGraph,
  { of, count }: { of: Uint32Array; count: number },
): boolean {
  const root = Uint32Array.from({ length: nodeCount }, (_, node) => node);
  const rootOf = (node: number) => {
    let at = node;
    while (root[at] !== at) at = root[at];
    return at;
  };
  let parts = nodeCount;
  for (let e = 0; e < edges.length; e += 2) {
    const [a, b] = [rootOf(edges[e]), rootOf(edges[e + 1])];
    if (a === b || of[edges[e]] !== of[edges[e + 1]]) continue;
    root[a] = b;
    parts--;
  }
  return parts === count;
}

describe('communities', () => {
  it('goes by Leiden unless told otherwise, and knows no other names', () => {
    const graph = ringOfCliques({ cliques: 5, size: 5 });
    expect(find(graph)).toEqual(find(graph, { method: 'leiden', seed: 1, resolution: 1, quality: 'modularity' }));
    expect(() => find(graph, { method: 'spectral' as 'leiden' })).toThrow('There is no method "spectral"');
    expect(() => find(graph, { method: 'louvain', quality: 'cpm' })).toThrow('the quality cpm was asked for.');
  });

  it('takes each node to the clique community that most of its links go to', () => {
    const cliques = [0, 1, 2, 3].flatMap((a) => [0, 1, 2, 3].filter((b) => b > a).map((b) => [a, b] as const));
    // Two cliques of four share node 3; node 7 has a third link into neither.
    const edges = [...cliques, ...cliques.map(([a, b]) => [a + 3, b + 3] as const), [3, 7], [7, 8]];
    const ids = Array.from({ length: 9 }, (_, i) => String(i));
    const found = find(pack({ ids, edges: Uint32Array.from(edges.flat()) }), { method: 'clique-percolation' });
    expect([...found.of]).toEqual([0, 0, 0, 0, 1, 1, 1, 2, 3]);
    expect(found).toMatchObject({ unplaced: 2, settings: { k: 4 }, weights: 'none' });
  });

  it('takes communities from a column, names and all, and leaves nodes without a value alone', () => {
    const missing = Uint8Array.of(0, 0, 0, 0, 1, 1, 0);
    const values = ['b', 'a', 'a', 'b', '', '', 'a'];
    const field = { kind: 'string', name: 'f', title: 'Field', type: 'string', values, missing } as const;
    const ids = ['0', '1', '2', '3', '4', '5', '6'];
    const graph = pack({ ids, edges: Uint32Array.of(0, 3, 1, 2, 4, 5), nodes: [field] });
    const found = find(graph, { method: { column: 'Field' } });
    expect([...found.of]).toEqual([1, 0, 0, 1, 2, 3, 0]);
    expect(found).toMatchObject({ names: ['a', 'b', '', ''], unplaced: 2, method: { column: 'Field' } });
    expect(found.modularity).toBeCloseTo(modularityOf(graph, found.of), 12);
    expect(() => find(graph, { method: { column: 'x' } })).toThrow('column "x", but the columns are: Field.');
  });

  it('describes itself in a line', () => {
    const graph = ringOfCliques({ cliques: 30, size: 5 });
    expect(describeCommunities(find(graph, { method: 'inference' }))).toMatch(
      /^30 by statistical inference: description length [\d.]+ nats per edge, [\d.]+ for a single community$/,
    );
    const edges = [[0, 1, 2] as const, [1, 2, 1] as const, [2, 0, 1] as const];
    const lone = describeCommunities(
      find(weighted(['a', 'b', 'c', 'd'], edges), { method: 'clique-percolation', k: 3 }),
    );
    expect(lone).toBe(
      '2 by clique percolation: modularity 0, edge weights ignored, 1 of the nodes in none and left alone',
    );
  });
});

describe('Leiden', () => {
  const graphs = {
    'a random graph': randomGraph({ nodes: 600, edges: 1040, seed: 2 }),
    'preferential attachment': powerLaw({ nodes: 600, links: 2, seed: 3 }),
    'loose blocks': plantedPartition({ nodes: 600, edges: 1800, blocks: 12, mixing: 0.5, seed: 5 }),
  };

  it.each(Object.entries(graphs))('keeps every community of %s connected', (_, graph) => {
    for (let seed = 1; seed <= 3; seed++) {
      expect(isEachConnected(graph, find(graph, { seed }))).toBe(true);
      expect(isEachConnected(graph, find(graph, { seed, resolution: 0.1 }))).toBe(true);
    }
  });

  it.each(Object.entries(graphs))('reaches at least the modularity of Louvain on %s', (_, graph) => {
    expect(find(graph).modularity).toBeGreaterThan(find(graph, { method: 'louvain' }).modularity);
  });

  it('leaves no node that would gain by moving alone', () => {
    const graph = graphs['loose blocks'];
    const { of, modularity } = find(graph);
    for (let node = 0; node < 40; node++) {
      for (const other of graph.targets.subarray(graph.offsets[node], graph.offsets[node + 1])) {
        const moved = of.map((community, i) => (i === node ? of[other] : community));
        expect(modularityOf(graph, moved)).toBeLessThanOrEqual(modularity + 1e-9);
      }
    }
  });

  it('merges small cliques by modularity, which has a resolution limit, and not by the constant Potts model', () => {
    const graph = ringOfCliques({ cliques: 60, size: 4 });
    expect(find(graph).count).toBeLessThan(60);
    const { count, score } = find(graph, { quality: 'cpm', resolution: 0.5 });
    expect(count).toBe(60);
    // Each clique has 6 edges where 3 were the rate.
    expect(score).toMatchObject({ name: 'Potts quality', value: 180 });
    expect(score.baseline).toBeCloseTo(60 * 7 - 0.5 * 240 * 239 * 0.5, 6);
  });

  it('does not mind in which unit weights are', () => {
    const edges = Array.from({ length: 900 }, (_, i) => [i % 90, (i * 7 + (i % 11)) % 90, 1 + (i % 5)] as const);
    const ids = Array.from({ length: 90 }, (_, i) => String(i));
    const small = edges.map(([a, b, weight]) => [a, b, weight / 1024] as const);
    expect(find(weighted(ids, small)).of).toEqual(find(weighted(ids, edges)).of);
    expect(find(weighted(ids, edges)).weights).toBe('used');
    expect(find(graphs['loose blocks']).weights).toBe('none');
  });
});
