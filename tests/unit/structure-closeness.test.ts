import { describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { pack } from '../../engine/graph/packed-graph.ts';
import { connectedCloseness } from '../../engine/structure/closeness.ts';

function graphOf(nodeCount: number, edges: readonly (readonly [number, number])[]) {
  const ids = Array.from({ length: nodeCount }, (_, i) => String(i));
  return pack({ ids, edges: Uint32Array.from(edges.flat()) });
}

describe('connectedCloseness', () => {
  it('is 1 − 6/15 for two triangles far from each other', () => {
    const graph = graphOf(6, [
      [0, 1],
      [1, 2],
      [2, 0],
      [3, 4],
      [4, 5],
      [5, 3],
    ]);
    const positions = Float32Array.of(0, 0, 3, 0, 3, 4, 100, 0, 103, 0, 103, 4);
    expect(connectedCloseness(graph, positions)).toEqual({
      deltaMax: 5,
      cMax: 1 - 6 / 15,
      applicable: true,
      edgesWithin: 1,
      pairsWithin: 6 / 15,
      samples: 15,
      exact: true,
    });
  });

  it('is 1 − 2/n for a path drawn straight, whose edges are the shortest distances', () => {
    const nodeCount = 50;
    const graph = graphOf(
      nodeCount,
      Array.from({ length: nodeCount - 1 }, (_, i) => [i, i + 1]),
    );
    const positions = new Float32Array(2 * nodeCount).map((_, i) => (i % 2 === 0 ? i : 0));
    const closeness = connectedCloseness(graph, positions);
    expect(closeness.deltaMax).toBe(2);
    expect(closeness.cMax).toBeCloseTo(1 - 2 / nodeCount, 12);
  });

  it('takes the least distance within ε of the best', () => {
    // On a line at 0, 1, 3, 100: edges of lengths 1, 2 and 97 against pair distances 1, 2, 3, 97, 99, 100.
    const graph = graphOf(4, [
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    const positions = Float32Array.of(0, 0, 1, 0, 3, 0, 100, 0);
    const exactly = connectedCloseness(graph, positions, { epsilon: 0 });
    expect(exactly).toMatchObject({ deltaMax: 2, edgesWithin: 2 / 3, pairsWithin: 2 / 6 });
    expect(exactly.cMax).toBeCloseTo(1 / 3, 12);
    expect(connectedCloseness(graph, positions, { epsilon: 0.6 }).deltaMax).toBe(1);
  });

  it('does not apply where nearness says nothing', () => {
    const all = [0, 1, 2, 3, 4].flatMap((a) => [0, 1, 2, 3, 4].filter((b) => b > a).map((b) => [a, b] as const));
    const positions = new Float32Array(10).map((_, i) => i * i);
    expect(connectedCloseness(graphOf(5, all), positions)).toMatchObject({ cMax: 0, applicable: false });
    expect(connectedCloseness(graphOf(3, []), positions.subarray(0, 6))).toMatchObject({
      deltaMax: 0,
      applicable: false,
    });
    expect(connectedCloseness(graphOf(1, [[0, 0]]), positions.subarray(0, 2))).toMatchObject({ applicable: false });
  });

  it('agrees with trying every distance, and sampling comes close', () => {
    const random = createRandom(5);
    const nodeCount = 300;
    const positions = new Float32Array(2 * nodeCount).map(() => random());
    const distance = (a: number, b: number) =>
      Math.sqrt((positions[2 * a] - positions[2 * b]) ** 2 + (positions[2 * a + 1] - positions[2 * b + 1]) ** 2);
    const edges: [number, number][] = [];
    const distances: number[] = [];
    for (let a = 0; a < nodeCount; a++) {
      for (let b = a + 1; b < nodeCount; b++) {
        distances.push(distance(a, b));
        if (random() < 0.3 * Math.exp(-10 * distance(a, b))) edges.push([a, b]);
      }
    }
    const lengths = edges.map(([a, b]) => distance(a, b));
    const within = (values: readonly number[], delta: number) =>
      values.filter((value) => value <= delta).length / values.length;
    const tried = lengths.map((delta) => ({ delta, c: within(lengths, delta) - within(distances, delta) }));
    const cMax = Math.max(...tried.map(({ c }) => c));
    const deltaMax = Math.min(...tried.filter(({ c }) => c >= 0.97 * cMax).map(({ delta }) => delta));
    const exact = connectedCloseness(graphOf(nodeCount, edges), positions);
    expect(exact.cMax).toBeCloseTo(cMax, 12);
    expect(exact.deltaMax).toBe(deltaMax);
    const sampled = connectedCloseness(graphOf(nodeCount, edges), positions, { samples: 20_000, seed: 2 });
    expect(sampled).toMatchObject({ samples: 20_000, exact: false });
    expect(Math.abs(sampled.cMax - cMax)).toBeLessThan(0.02);
    expect(connectedCloseness(graphOf(nodeCount, edges), positions, { samples: 20_000, seed: 2 })).toEqual(sampled);
  });

  it('refuses what makes no sense', () => {
    const graph = graphOf(2, [[0, 1]]);
    expect(() => connectedCloseness(graph, new Float32Array(2))).toThrow('Expected 4 coordinates for 2 nodes, but 2');
    expect(() => connectedCloseness(graph, new Float32Array(4), { epsilon: 1 })).toThrow('but 1 came.');
    expect(() => connectedCloseness(graph, new Float32Array(4), { samples: 0 })).toThrow('but 0 came.');
  });
});
