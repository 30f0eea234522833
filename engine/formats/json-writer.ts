import type { Column } from '../graph/columns.ts';
import { attributeNames } from '../graph/graphology.ts';
import type { PackedGraph } from '../graph/packed-graph.ts';
import { formatColor } from './values.ts';
import { hasValue, spellNumber } from './written-columns.ts';

/**
 * Writes graphology's serialisation, an element a line. Attributes go by their titles; colours are `#rrggbb`, and
 * `#rrggbbaa` where not opaque. JSON has no NaN, which is left out, and no infinity, for which 1e999 stands.
 */
export function* jsonGraphText(graph: PackedGraph): Generator<string> {
  const type = graph.edgeType;
  yield `{"options":{"type":"${type}","multi":true,"allowSelfLoops":true},\n`;
  yield `"attributes":${JSON.stringify(graph.attributes)},\n"nodes":[`;
  const nodeNames = attributeNames(graph.nodes);
  const ids = graph.ids.map((id) => JSON.stringify(id));
  for (let row = 0; row < graph.nodeCount; row++) {
    yield `${row === 0 ? '\n' : ',\n'}{"key":${ids[row]}${attributesText(graph.nodes, nodeNames, row)}}`;
  }
  yield '\n],\n"edges":[';
  const id = graph.edgeColumns.find(({ role, kind }) => role === 'id' && kind === 'string');
  const directed = graph.edgeColumns.find(({ role }) => role === 'directed');
  const columns = graph.edgeColumns.filter((column) => column !== id && column !== directed);
  const edgeNames = attributeNames(columns);
  for (let row = 0; row < graph.edgeCount; row++) {
    const key = hasValue(id, row) ? `"key":${JSON.stringify(id.values[row])},` : '';
    const ends = `"source":${ids[graph.edges[2 * row]]},"target":${ids[graph.edges[2 * row + 1]]}`;
    const direction = type === 'mixed' && directed?.values[row] !== 1 ? ',"undirected":true' : '';
    yield `${row === 0 ? '\n' : ',\n'}{${key}${ends}${direction}${attributesText(columns, edgeNames, row)}}`;
  }
  yield '\n]}\n';
}

function attributesText(columns: readonly Column[], names: readonly string[], row: number): string {
  const members = columns.flatMap((column, i) => {
    const value = hasValue(column, row) ? valueText(column, row) : undefined;
    return value === undefined ? [] : [`${JSON.stringify(names[i])}:${value}`];
  });
  return members.length === 0 ? '' : `,"attributes":{${members.join(',')}}`;
}

function valueText(column: Column, row: number): string | undefined {
  switch (column.kind) {
    case 'number': {
      const value = column.values[row];
      if (Number.isNaN(value)) return undefined;
      if (Number.isFinite(value)) return spellNumber(value);
      return value > 0 ? '1e999' : '-1e999';
    }
    case 'string':
      return JSON.stringify(column.values[row]);
    case 'boolean':
      return String(column.values[row] === 1);
    case 'color':
      return JSON.stringify(formatColor(column.values[row]));
  }
}
