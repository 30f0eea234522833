import { createReadStream } from 'node:fs';
import { expect, test } from 'vitest';
import { readGraph } from '../../engine/formats/index.ts';
import { columnNamed, numbersOfRole } from '../../engine/graph/columns.ts';
import { labelOf } from '../../engine/graph/packed-graph.ts';

test('the bundled network reads whole, from a stream of gzipped bytes', async () => {
  const { graph, format, version, warnings, bytes } = await readGraph(createReadStream('software-terms.gexf.gz'), {
    name: 'software-terms.gexf.gz',
  });
  expect([format, version, warnings, bytes]).toEqual(['gexf', '1.3', [], 981144]);
  expect([graph.nodeCount, graph.edgeCount, graph.edgeType]).toEqual([7908, 85000, 'undirected']);
  expect(labelOf(graph, 0)).toBe('convert');
  const count = columnNamed(graph.nodes, 'count');
  expect(count).toMatchObject({ kind: 'number', type: 'integer' });
  expect(count?.values[0]).toBe(7416);
  const weights = numbersOfRole(graph.edgeColumns, 'weight');
  expect(weights?.values[0]).toBe(0.6853);
  expect(graph.edges.slice(0, 4)).toEqual(Uint32Array.of(0, 16, 0, 26));
  expect(graph.attributes).toMatchObject({ lastmodifieddate: '2026-11-21' });
});
