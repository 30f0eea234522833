import { describe, expect, it } from 'vitest';
import { pack } from '../../engine/graph/packed-graph.ts';
import type { Partition } from '../../engine/structure/communities.ts';
import { nonlocalEdges } from '../../engine/structure/nonlocal.ts';

/** Three groups of four nodes, 10 apart: nodes 0–3 about x = 0, 4–7 about 10, 8–11 about 20. */
const positions = new Float32Array(24).map((_, i) => (i % 2 === 0 ? 10 * Math.floor(i / 8) : (i / 2) % 4));
const groups: Partition = {
  of: new Uint32Array(12).map((_, i) => Math.floor(i / 4)),
  count: 3,
  sizes: Uint32Array.of(4, 4, 4),
};

/** What keeps each group together: a path along its nodes. */
const inside = [0, 1, 2, 4, 5, 6, 8, 9, 10].map((node) => [node, node + 1] as const);

/** Judges edges beside those that keep the groups together. */
function judge(edges: readonly (readonly [number, number])[], delta = 5, within = inside) {
  const ids = Array.from({ length: 12 }, (_, i) => `n${i}`);
  const graph = pack({ ids, edges: Uint32Array.from([...edges, ...within].flat()) });
  const { nonlocal, gain, axes } = nonlocalEdges(graph, positions, groups, delta);
  return {
    nonlocal: [...nonlocal.subarray(0, edges.length)],
    gain: [...gain.subarray(0, edges.length)].map((value) => Number(value.toFixed(2))),
    axes: edges.map((_, e) => [...axes.subarray(2 * e, 2 * e + 2)]),
  };
}

describe('nonlocalEdges', () => {
  it('calls an edge nonlocal if it is long and joins two communities', () => {
    const edges = [
      [0, 1],
      [0, 4],
      [4, 9],
      [2, 2],
    ] as const;
    expect(judge(edges).nonlocal).toEqual([0, 1, 1, 0]);
    expect(judge(edges, 10).nonlocal).toEqual([0, 0, 1, 0]);
    expect(judge(edges, 50).nonlocal).toEqual([0, 0, 0, 0]);
  });

  it('trusts a pair in full that keeps two links without its strongest node', () => {
    const bridge = [
      [0, 4],
      [1, 5],
      [2, 6],
    ] as const;
    expect(judge(bridge).gain).toEqual([1, 1, 1]);
    // 0 is in three of five links: two survive.
    const leaning = [
      [0, 4],
      [5, 0],
      [0, 6],
      [1, 4],
      [2, 7],
    ] as const;
    expect(judge(leaning).gain).toEqual(new Array(5).fill(0.89));
  });

  it('holds back a star around one node, and less so where one other link stands by', () => {
    const star = [
      [0, 4],
      [0, 5],
      [6, 0],
    ] as const;
    expect(judge(star).gain).toEqual([0.06, 0.06, 0.06]);
    expect(judge([...star, [1, 7]]).gain).toEqual([0.15, 0.15, 0.15, 0.15]);
    expect(judge([[3, 8]]).gain).toEqual([0.06]);
  });

  it('takes parallel edges, in whichever direction, for one witness', () => {
    const edges = [
      [0, 4],
      [4, 0],
      [0, 4],
      [1, 5],
      [5, 1],
    ] as const;
    expect(judge(edges).gain).toEqual([0.15, 0.15, 0.15, 0.15, 0.15]);
  });

  it('judges every pair of places on its own', () => {
    const edges = [
      [0, 4],
      [1, 5],
      [2, 6],
      [4, 8],
      [4, 9],
      [0, 1],
    ] as const;
    expect(judge(edges).gain).toEqual([1, 1, 1, 0.06, 0.06, 1]);
  });

  it('judges parts of a community that lie apart, each a place, on their own', () => {
    const bridge = [
      [0, 4],
      [1, 5],
      [2, 6],
    ] as const;
    const torn = inside.filter(([node]) => node !== 0);
    expect(judge(bridge, 5, torn).gain).toEqual([0.06, 0.15, 0.15]);
  });

  it('trusts less in what the degrees of the places make likely', () => {
    // Neighbouring groups are all joined by the same four links.
    const everywhere = [0, 1, 2, 3].flatMap((node) => [
      [node, 4 + node] as const,
      [4 + node, 8 + ((node + 1) % 4)] as const,
      [8 + node, (node + 2) % 4] as const,
    ]);
    const { gain } = judge(everywhere);
    expect(gain[0]).toBeLessThan(0.95);
    expect(judge(everywhere.filter(([source]) => source < 4)).gain).toEqual([1, 1, 1, 1]);
  });

  it('lets the ink of a bridge grow slower than its links', () => {
    const links = [0, 1, 2, 3].flatMap((a) => [4, 5, 6, 7].map((b) => [a, b] as const));
    const { gain } = judge(links);
    expect(gain).toEqual(new Array(16).fill(0.5));
  });

  it('gives all edges of a bridge one axis, turned as each edge runs, and leaves others their own ends', () => {
    const bridge = [
      [0, 4],
      [5, 1],
      [2, 6],
    ] as const;
    expect(judge(bridge).axes).toEqual([
      [1, 5],
      [5, 1],
      [1, 5],
    ]);
    expect(judge([[0, 4]]).axes).toEqual([[0, 4]]);
  });
});
