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

function judge(edges: readonly (readonly [number, number])[], delta = 5) {
  const ids = Array.from({ length: 12 }, (_, i) => `n${i}`);
  const { nonlocal, gain } = nonlocalEdges(
    pack({ ids, edges: Uint32Array.from(edges.flat()) }),
    positions,
    groups,
    delta,
  );
  return { nonlocal: [...nonlocal], gain: [...gain].map((value) => Number(value.toFixed(2))) };
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
    expect(judge(leaning).gain).toEqual([1, 1, 1, 1, 1]);
  });

  it('holds back a star around one node, and less so where one other link stands by', () => {
    const star = [
      [0, 4],
      [0, 5],
      [6, 0],
    ] as const;
    expect(judge(star).gain).toEqual([0.12, 0.12, 0.12]);
    expect(judge([...star, [1, 7]]).gain).toEqual([0.35, 0.35, 0.35, 0.35]);
    expect(judge([[3, 8]]).gain).toEqual([0.12]);
  });

  it('takes parallel edges, in whichever direction, for one witness', () => {
    const edges = [
      [0, 4],
      [4, 0],
      [0, 4],
      [1, 5],
      [5, 1],
    ] as const;
    expect(judge(edges).gain).toEqual([0.35, 0.35, 0.35, 0.35, 0.35]);
  });

  it('judges every pair of communities on its own', () => {
    const edges = [
      [0, 4],
      [1, 5],
      [2, 6],
      [4, 8],
      [4, 9],
      [0, 1],
    ] as const;
    expect(judge(edges).gain).toEqual([1, 1, 1, 0.12, 0.12, 1]);
  });
});
