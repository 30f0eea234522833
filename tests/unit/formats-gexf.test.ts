import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readGraph, writeGraph } from '../../engine/formats/index.ts';
import type { Columns } from '../../engine/graph/columns.ts';
import { type PackedGraph, withPositions } from '../../engine/graph/packed-graph.ts';
import { bytesOf } from '../support/formats.ts';

test('the bundled network, given positions, is written as GEXF and reads back the same', async () => {
  const { graph } = await readGraph(readFileSync('software-terms.gexf.gz'));
  const positions = Float32Array.from({ length: graph.nodeCount * 2 }, (_, i) => Math.sin(i) * 1000);
  const placed = withPositions(graph, positions);
  const bytes = await bytesOf(writeGraph(placed, { format: 'gexf', gzip: true }));
  const { graph: back, warnings } = await readGraph(bytes);
  expect(warnings).toEqual([]);
  expect(fingerprint(back)).toEqual(fingerprint(placed));
  const again = await bytesOf(writeGraph(placed, { format: 'gexf', gzip: true }));
  expect(Buffer.compare(again, bytes)).toBe(0);
});

/** All of a graph in short, since vitest takes ten seconds to compare these arrays one by one. */
function fingerprint({ ids, edges, weights, nodes, edgeColumns, edgeType, attributes }: PackedGraph): object {
  const ofTable = (columns: Columns) =>
    new Map(
      columns.map(({ values, missing, ...rest }) => [
        rest.name,
        { ...rest, values: hashOf(values), missing: hashOf(missing ?? []) },
      ]),
    );
  const arrays = [ids, edges, weights].map(hashOf);
  return { arrays, edgeType, attributes, nodes: ofTable(nodes), edgeColumns: ofTable(edgeColumns) };
}

function hashOf(values: readonly string[] | ArrayBufferView | readonly never[]): string {
  const data = ArrayBuffer.isView(values)
    ? new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    : JSON.stringify(values);
  return createHash('sha256').update(data).digest('hex');
}
