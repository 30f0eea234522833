import { IsthmusError } from '../../base/errors.ts';
import { columnNamed, textOf } from '../../graph/columns.ts';
import type { PackedGraph } from '../../graph/packed-graph.ts';
import { type Communities, foundCommunities } from './found.ts';

/**
 * Communities as a node column says: nodes with the same value. Nodes without a value are alone.
 *
 * @throws UsageError if there is no such column.
 */
export function columnCommunities(graph: PackedGraph, name: string): Communities {
  const column = columnNamed(graph.nodes, name);
  if (column === undefined) {
    const known = graph.nodes.map((each) => each.title).join(', ');
    const message = `Communities were asked for by the node column ${JSON.stringify(name)}, but the columns are: ${known || 'none'}.`;
    throw new IsthmusError('UsageError', message);
  }
  const names = Array.from({ length: graph.nodeCount }, (_, node) => textOf(column, node));
  const numbers = new Map([...new Set(names)].map((text, i) => [text, graph.nodeCount + i]));
  const labels = Uint32Array.from(names, (text, node) => (text === '' ? node : numbers.get(text)!));
  const unplaced = names.reduce((sum, text) => sum + (text === '' ? 1 : 0), 0);
  return foundCommunities(graph, labels, {
    method: { column: name },
    isWeighted: false,
    settings: {},
    names,
    unplaced,
  });
}
