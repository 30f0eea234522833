import { readFileSync } from 'node:fs';
import Graph, { MultiGraph } from 'graphology';
import gexf from 'graphology-gexf';
import graphml from 'graphology-graphml';
import { expect, test } from 'vitest';
import { readGraph, writeGraph } from '../../engine/formats/index.ts';
import { fromGraphology, toGraphology } from '../../engine/graph/graphology.ts';
import { positionsOf } from '../../engine/graph/packed-graph.ts';
import { bytesOf } from '../support/formats.ts';

const fixture = (name: string): string => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
const textOf = async (pieces: AsyncIterable<Uint8Array>): Promise<string> =>
  new TextDecoder().decode(await bytesOf(pieces));

/** A graph with all that both sides can hold. */
async function example() {
  const { graph } = await readGraph(fixture('json-graphology.json'));
  return graph;
}

test('graphology-gexf reads our GEXF: ids, ends, labels, positions, sizes, colours, weights, attributes', async () => {
  const graph = await example();
  const theirs = gexf.parse(MultiGraph, await textOf(writeGraph(graph, { format: 'gexf' })));
  expect(theirs.nodes()).toEqual(['a', 'b']);
  expect(theirs.getNodeAttributes('a')).toMatchObject({ label: 'A', x: 1.5, y: -2, size: 3, ok: true });
  expect(theirs.getNodeAttribute('a', 'color')).toBe('rgb(255,0,0)');
  expect(theirs.extremities('e1')).toEqual(['a', 'b']);
  expect(theirs.getEdgeAttribute('e1', 'weight')).toBe(2);
  expect([theirs.directedSize, theirs.undirectedSize]).toEqual([1, 1]);
});

test('graphology-graphml reads our GraphML', async () => {
  const graph = await example();
  const theirs = graphml.parse(MultiGraph, await textOf(writeGraph(graph, { format: 'graphml' })));
  expect(theirs.nodes()).toEqual(['a', 'b']);
  expect(theirs.getNodeAttributes('a')).toMatchObject({ label: 'A', x: 1.5, y: -2, size: 3, ok: true });
  expect(theirs.getEdgeAttribute(theirs.directedEdges('a', 'b')[0], 'weight')).toBe(2);
  expect([theirs.directedSize, theirs.undirectedSize]).toEqual([1, 1]);
});

test.each(['1.2', '1.3'] as const)('we read the GEXF %s that graphology-gexf writes', async (version) => {
  const theirs = toGraphology(await example());
  theirs.setNodeAttribute('b', 'note', 'two words');
  const { graph, warnings } = await readGraph(gexf.write(theirs, { version }));
  expect(warnings).toEqual([]);
  expect(graph.ids).toEqual(['a', 'b']);
  expect(graph.edgeType).toBe('mixed');
  expect(graph.weights).toEqual(Float32Array.of(2, 1, 2, 1));
  expect(graph.nodes.find(({ title }) => title === 'note')?.values).toEqual(['', 'two words']);
  expect(graph.nodes.find(({ role }) => role === 'color')?.values[0]).toBe(0xff0000ff);
});

test('graphology imports our JSON, and exports what we read', async () => {
  const graph = await example();
  const theirs = Graph.from(JSON.parse(await textOf(writeGraph(graph, { format: 'json' }))));
  expect(theirs.getNodeAttributes('a')).toMatchObject({ label: 'A', x: 1.5, color: '#ff0000', ok: true });
  const { graph: back } = await readGraph(JSON.stringify(theirs.export()));
  expect(back.ids).toEqual(graph.ids);
  expect(back.edges).toEqual(graph.edges);
  expect(back.edgeType).toBe(graph.edgeType);
});

test('a packed graph survives graphology', async () => {
  const graph = await example();
  const back = fromGraphology(toGraphology(graph));
  expect(back.ids).toEqual(graph.ids);
  expect(back.edges).toEqual(graph.edges);
  expect(back.edgeType).toBe(graph.edgeType);
  expect(back.weights).toEqual(graph.weights);
  const view = (columns: typeof graph.nodes) =>
    new Map(
      columns.map(({ role, title, kind, values, missing }) => [
        role ?? title,
        { kind, values: Array.from<unknown>(values), missing },
      ]),
    );
  expect(view(back.nodes)).toEqual(view(graph.nodes));
  expect(back.edgeColumns.find(({ role }) => role === 'weight')?.values).toEqual(Float64Array.of(2, Number.NaN));
});

test('graphology graphs with hostile names, loops, parallel and mixed edges come in', () => {
  const theirs = new MultiGraph();
  for (const id of ['constructor', '__proto__', 'b']) theirs.addNode(id, { x: 1, y: 2, nested: { a: [1] } });
  theirs.addDirectedEdge('constructor', '__proto__', { weight: 0.5 });
  theirs.addUndirectedEdge('b', 'b');
  theirs.addDirectedEdge('constructor', '__proto__');
  const graph = fromGraphology(theirs);
  expect(graph.ids).toEqual(['constructor', '__proto__', 'b']);
  expect(graph.edgeType).toBe('mixed');
  expect(graph.edges).toEqual(Uint32Array.of(0, 1, 2, 2, 0, 1));
  expect(graph.weights).toEqual(Float32Array.of(0.5, 1, 0.5, 1));
  expect(positionsOf(graph)).toEqual(Float32Array.of(1, 2, 1, 2, 1, 2));
  expect(graph.nodes.find(({ name }) => name === 'nested')?.values[0]).toBe('{"a":[1]}');
  expect(toGraphology(graph).nodes()).toEqual(graph.ids);
});

test('a graphology graph with a weight that is no number is refused', () => {
  const theirs = new MultiGraph();
  theirs.addNode('a');
  theirs.addEdgeWithKey('e', 'a', 'a', { weight: Number.NaN });
  expect(() => fromGraphology(theirs)).toThrow('The weight of edge "e" is NaN; expected a finite number.');
});
