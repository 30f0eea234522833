import { expect, test } from 'vitest';
import { extendGraph, keptNodes, removeNodes } from '../../engine/graph/edit.ts';
import { type PackedGraph, pack, positionsOf } from '../../engine/graph/packed-graph.ts';

/** a – b – c with a column of every kind. */
const graph: PackedGraph = pack({
  ids: ['a', 'b', 'c'],
  edges: Uint32Array.of(0, 1, 1, 2),
  nodes: [
    { name: 'x', title: 'x', type: 'float', role: 'x', kind: 'number', values: Float64Array.of(1, 2, 3) },
    { name: 'y', title: 'y', type: 'float', role: 'y', kind: 'number', values: Float64Array.of(4, 5, 6) },
    { name: 'label', title: 'label', type: 'string', role: 'label', kind: 'string', values: ['A', 'B', 'C'] },
    { name: 'old', title: 'old', type: 'boolean', kind: 'boolean', values: Uint8Array.of(1, 0, 1) },
    { name: 'color', title: 'color', type: 'string', role: 'color', kind: 'color', values: Uint32Array.of(7, 8, 9) },
  ],
  edgeColumns: [
    { name: 'w', title: 'w', type: 'float', role: 'weight', kind: 'number', values: Float64Array.of(2, 3) },
  ],
});

test('a graph gets nodes and edges behind its own, whose values are missing', () => {
  const more = extendGraph(graph, {
    nodes: ['d', 'constructor'],
    edges: [
      ['d', 'a'],
      ['c', 'constructor'],
    ],
  });
  expect(more.ids).toEqual(['a', 'b', 'c', 'd', 'constructor']);
  expect([...more.edges]).toEqual([0, 1, 1, 2, 3, 0, 2, 4]);
  expect([...more.weights.subarray(more.offsets[0], more.offsets[1])]).toEqual([2, 1]);
  expect(more.nodes.map(({ values }) => values.length)).toEqual([5, 5, 5, 5, 5]);
  for (const { missing } of more.nodes) expect([...(missing ?? [])]).toEqual([0, 0, 0, 1, 1]);
  expect(positionsOf(more)).toBeUndefined();
  expect([...keptNodes(graph, more)]).toEqual([0, 1, 2, -1, -1]);
});

test('a graph loses nodes with their edges, and the rest keeps its values', () => {
  const less = removeNodes(graph, [0]);
  expect(less.ids).toEqual(['b', 'c']);
  expect([...less.edges]).toEqual([0, 1]);
  expect([...less.weights]).toEqual([3, 3]);
  expect(less.nodes.map(({ values }) => [...values])).toEqual([
    [2, 3],
    [5, 6],
    ['B', 'C'],
    [0, 1],
    [8, 9],
  ]);
  expect(positionsOf(less)).toEqual(Float32Array.of(2, 5, 3, 6));
  expect([...keptNodes(graph, less)]).toEqual([1, 2]);
  expect(removeNodes(extendGraph(graph, { nodes: ['d'], edges: [['d', 'b']] }), [3])).toEqual(graph);
});

test('an id that is there twice, or not at all, is refused', () => {
  expect(() => extendGraph(graph, { nodes: ['b'] })).toThrow('A node "b" was to be added, but there is one already.');
  expect(() => extendGraph(graph, { edges: [['a', 'z']] })).toThrow(
    'An edge was to be added to "z", but there is no such node.',
  );
});
