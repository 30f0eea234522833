import { type ReadOptions, readGraph, type Source } from '../../engine/formats/index.ts';
import { type Columns, textOf } from '../../engine/graph/columns.ts';

/** What became of a file, as JSON can hold it: the error's sentence, or all that was read. */
export async function outcomeOf(source: Source, options: ReadOptions): Promise<object> {
  try {
    const { graph, format, version, warnings } = await readGraph(source, options);
    const pairs = Array.from(
      { length: graph.edgeCount },
      (_, e) => `${graph.ids[graph.edges[2 * e]]} → ${graph.ids[graph.edges[2 * e + 1]]}`,
    );
    return {
      format,
      ...(version === undefined ? {} : { version }),
      edgeType: graph.edgeType,
      ids: graph.ids,
      nodes: columnsOf(graph.nodes),
      edges: pairs,
      edgeColumns: columnsOf(graph.edgeColumns),
      attributes: graph.attributes,
      warnings: warnings.map(({ message, line }) => (line === undefined ? message : `line ${line}: ${message}`)),
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { [error.name]: error.message };
  }
}

function columnsOf(columns: Columns): Record<string, unknown> {
  return Object.fromEntries(
    columns.map((column) => {
      const values = Array.from({ length: column.values.length }, (_, row) =>
        column.missing?.[row] ? null : textOf(column, row),
      );
      const role = column.role === undefined ? '' : ` as ${column.role}`;
      return [`${column.name} (${column.title}): ${column.kind} ${column.type}${role}`, values];
    }),
  );
}
