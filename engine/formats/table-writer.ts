import { IsthmusError } from '../base/errors.ts';
import { numbersOfRole } from '../graph/columns.ts';
import type { PackedGraph } from '../graph/packed-graph.ts';
import { spellNumber } from './written-columns.ts';

/**
 * Writes `id,x,y`, a line a node, under a header.
 *
 * @throws InputError where the graph has no positions.
 */
export function* positionsText(graph: PackedGraph, delimiter: ',' | '\t'): Generator<string> {
  const x = numbersOfRole(graph.nodes, 'x');
  const y = numbersOfRole(graph.nodes, 'y');
  if (x === undefined || y === undefined) {
    throw new IsthmusError(
      'InputError',
      'A table of positions needs nodes with x and y, but these have none; lay the graph out first.',
    );
  }
  yield ['id', 'x', 'y'].join(delimiter) + '\n';
  const spell = (value: number): string => (Number.isNaN(value) ? '' : spellNumber(value));
  for (let row = 0; row < graph.nodeCount; row++) {
    yield [field(graph.ids[row], delimiter), spell(x.values[row]), spell(y.values[row])].join(delimiter) + '\n';
  }
}

/** Quoted (RFC 4180) where the text needs it. */
function field(text: string, delimiter: string): string {
  const isPlain = !/["\r\n#%]/.test(text) && !text.includes(delimiter) && text.trim() === text && text !== '';
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}
