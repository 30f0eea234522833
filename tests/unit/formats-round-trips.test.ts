import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FormatName, readGraph, writeGraph } from '../../engine/formats/index.ts';
import type { Column, Columns } from '../../engine/graph/columns.ts';
import { type PackedGraph, pack, withPositions } from '../../engine/graph/packed-graph.ts';
import { bytesOf } from '../support/formats.ts';
import { anyText, graphWith, xmlText } from '../support/formats-arbitrary.ts';

const settings = { seed: 20261121, numRuns: 150 };

async function roundTrip(graph: PackedGraph, format: FormatName, gzip = false): Promise<PackedGraph> {
  const { graph: back, warnings } = await readGraph(await bytesOf(writeGraph(graph, { format, gzip })), { format });
  expect(warnings.filter(({ message }) => !/negative|without edges/.test(message))).toEqual([]);
  return back;
}

/** Compared by name, whatever the order; `titles` where a format has one name for both. */
function table(columns: Columns, view: (column: Column) => unknown): Map<string, unknown> {
  return new Map(columns.map((column) => [column.name, view(column)]));
}

function expectSame(back: PackedGraph, graph: PackedGraph, view: (column: Column) => unknown): void {
  expect(back.ids).toEqual(graph.ids);
  expect(back.edges).toEqual(graph.edges);
  expect(back.edgeType).toBe(graph.edgeType);
  expect(back.weights).toEqual(graph.weights);
  expect({ ...back.attributes }).toEqual({ ...graph.attributes });
  expect(table(back.nodes, view)).toEqual(table(graph.nodes, view));
  expect(table(back.edgeColumns, view)).toEqual(table(graph.edgeColumns, view));
}

describe('what is written reads back the same', () => {
  test('GEXF: every column with its kind, type, title and gaps', async () => {
    await fc.assert(
      fc.asyncProperty(graphWith(xmlText), fc.boolean(), async (graph, gzip) => {
        expectSame(await roundTrip(graph, 'gexf', gzip), graph, (column) => column);
      }),
      settings,
    );
  });

  test('GraphML: every column with its kind and gaps', async () => {
    await fc.assert(
      fc.asyncProperty(graphWith(xmlText), async (graph) => {
        const back = await roundTrip(graph, 'graphml');
        const view = ({ kind, values, missing, role, title }: Column) => ({ kind, values, missing, role, title });
        // An id belongs to a table in our graphs and to the whole file in GraphML.
        const edgeColumns = back.edgeColumns.map((column) => ({
          ...column,
          name: column.title === 'thickness' ? 'viz:thickness' : column.role === 'color' ? 'viz:color' : column.title,
        }));
        expectSame({ ...back, edgeColumns }, graph, view);
      }),
      settings,
    );
  });

  // @streamparser/json 0.0.26 drops U+FEFF from strings: its TextDecoder takes each for a byte-order mark.
  const jsonText = anyText.map((text) => text.replaceAll('\ufeff', ''));

  test('JSON: every column with its values and gaps', async () => {
    await fc.assert(
      fc.asyncProperty(graphWith(jsonText), async (graph) => {
        const view = ({ kind, values, missing, role }: Column) => ({ kind, values, missing, role });
        expectSame(await roundTrip(graph, 'json'), graph, view);
      }),
      settings,
    );
  });

  test.each(['csv', 'tsv'] as const)('%s: ids and positions', async (format) => {
    const id = anyText
      .map((text) => text.replaceAll('\0', '').replace(/\r\n?/g, '\n').trim())
      .filter((text) => text !== '');
    const placed = fc.uniqueArray(id, { minLength: 1, maxLength: 8 }).chain((ids) =>
      fc
        .array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
          minLength: 2 * ids.length,
          maxLength: 2 * ids.length,
        })
        .map((xy) => withPositions(pack({ ids, edges: new Uint32Array(0) }), Float32Array.from(xy))),
    );
    await fc.assert(
      fc.asyncProperty(placed, async (graph) => {
        const back = await roundTrip(graph, format);
        expect(back.ids).toEqual(graph.ids);
        expect(back.nodes.map(({ role, values }) => [role, values])).toEqual(
          graph.nodes.map(({ role, values }) => [role, values]),
        );
      }),
      settings,
    );
  });
});
