import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readGraph, writeGraph } from '../../engine/formats/index.ts';
import { withPositions } from '../../engine/graph/packed-graph.ts';
import { bytesOf } from '../support/formats.ts';

test('the bundled network, given positions, is written as GEXF and reads back the same', async () => {
  const { graph } = await readGraph(readFileSync('software-terms.gexf.gz'));
  const positions = Float32Array.from({ length: graph.nodeCount * 2 }, (_, i) => Math.sin(i) * 1000);
  const placed = withPositions(graph, positions);
  const bytes = await bytesOf(writeGraph(placed, { format: 'gexf', gzip: true }));
  const { graph: back, warnings } = await readGraph(bytes);
  expect(warnings).toEqual([]);
  expect(back.ids).toEqual(graph.ids);
  expect(back.edges).toEqual(graph.edges);
  expect(back.weights).toEqual(graph.weights);
  expect(back.attributes).toEqual(graph.attributes);
  const byName = (columns: typeof placed.nodes) => Object.fromEntries(columns.map((column) => [column.name, column]));
  expect(byName(back.nodes)).toEqual(byName(placed.nodes));
  expect(byName(back.edgeColumns)).toEqual(byName(placed.edgeColumns));
  expect(await bytesOf(writeGraph(placed, { format: 'gexf', gzip: true }))).toEqual(bytes);
});
