import { describe, expect, test } from 'vitest';
import { degreeOf, labelOf, pack, positionsOf, withPositions } from '../../engine/graph/packed-graph.ts';

const edges = Uint32Array.of(0, 1, 1, 2, 2, 2, 0, 1);
const weight = {
  name: 'weight',
  title: 'weight',
  type: 'double',
  role: 'weight' as const,
  kind: 'number' as const,
  values: Float64Array.of(2, 3, 5, 7),
};

describe('pack', () => {
  test('builds a symmetric adjacency that keeps parallel edges and leaves out self-loops', () => {
    const graph = pack({ ids: ['a', 'b', 'c'], edges, edgeColumns: [weight] });
    expect([...graph.offsets]).toEqual([0, 2, 5, 6]);
    expect([...graph.targets]).toEqual([1, 1, 0, 2, 0, 1]);
    expect([...graph.weights]).toEqual([2, 7, 2, 3, 7, 3]);
    expect(graph.edgeCount).toBe(4);
    expect(degreeOf(graph, 1)).toBe(3);
  });

  test('says which edge has no node', () => {
    expect(() => pack({ ids: ['a'], edges: Uint32Array.of(0, 4) })).toThrow(
      'Edge 0 joins nodes 0 and 4, but there are only 1 nodes.',
    );
  });

  test('refuses columns of the wrong length', () => {
    expect(() => pack({ ids: ['a', 'b'], edges: Uint32Array.of(0, 1), edgeColumns: [weight] })).toThrow(
      'The edge column "weight" has 4 values, but there are 1 edges.',
    );
  });
});

test('positions go in and come out, and a label falls back to the id', () => {
  const graph = withPositions(pack({ ids: ['a', 'b'], edges: Uint32Array.of(0, 1) }), Float32Array.of(1, 2, 3, 4));
  expect(positionsOf(graph)).toEqual(Float32Array.of(1, 2, 3, 4));
  expect(labelOf(graph, 1)).toBe('b');
});
