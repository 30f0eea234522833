import { createAssigner } from './assign.ts';
import { DelimitedReader, type StartTable, type TakeRecord } from './delimited.ts';
import type { GraphReader, ReaderContext } from './format.ts';
import { counted, quoted, were } from './report.ts';
import { freeName } from './table-builder.ts';
import { parseNumber } from './values.ts';

const sourceNames = new Set([
  'source',
  'from',
  'src',
  'sourceid',
  'sourcenode',
  'fromnode',
  'fromnodeid',
  'fromid',
  'node1',
  'id1',
  'sender',
]);
const targetNames = new Set([
  'target',
  'to',
  'dst',
  'dest',
  'destination',
  'targetid',
  'targetnode',
  'tonode',
  'tonodeid',
  'toid',
  'node2',
  'id2',
  'receiver',
]);
const idNames = new Set(['id', 'nodeid', 'node', 'key']);

/**
 * Reads an edge list with a header (source, target or the like, in any case and order) or without (source, target,
 * weight by position). A table with an id column and no source or target is a table of nodes. Nodes need not be listed:
 * an edge makes its ends. Ids lose white space at their ends.
 */
export function createTableReader(context: ReaderContext): GraphReader {
  return readerOf(context, (sample) => {
    const header = sample[0].map(simplified);
    const source = header.findIndex((name) => sourceNames.has(name));
    const target = header.findIndex((name) => targetNames.has(name));
    if (source >= 0 && target >= 0) return skipFirst(takeEdges(context, sample[0], source, target));
    const isNodeTable = source < 0 && target < 0 && header.some((name) => name === 'id' || name === 'nodeid');
    if (isNodeTable) {
      context.report.warn(
        'no-edges',
        undefined,
        (count) =>
          `${counted(count, 'table')} of nodes without edges ${were(count)} read; expected an edge list with columns source and target.`,
      );
      return skipFirst(takeNodes(context, sample[0]));
    }
    const widest = Math.max(...sample.map((record) => record.length));
    if (widest < 2) {
      throw context.report.error(
        1,
        `Expected an edge list with at least two columns, source and target, but line 1 is ${quoted(sample[0].join(','))}.`,
      );
    }
    const hasHeader = isHeader(sample);
    const names = Array.from(
      { length: widest },
      (_, i) => (hasHeader ? sample[0][i] : undefined) ?? (i === 2 ? 'weight' : `column ${i + 1}`),
    );
    const take = takeEdges(
      context,
      hasHeader || isNumeric(sample[0][2]) ? names : names.map((name, i) => (i === 2 ? 'column 3' : name)),
      0,
      1,
    );
    return hasHeader ? skipFirst(take) : take;
  });
}

/** Reads a table of nodes that goes with an edge list: a header with id (or its first column) and any attributes. */
export function createNodeTableReader(context: ReaderContext): GraphReader {
  return readerOf(context, (sample) => skipFirst(takeNodes(context, sample[0])));
}

function readerOf({ report }: ReaderContext, start: StartTable): GraphReader {
  const reader = new DelimitedReader(report, start);
  return {
    write: (text) => reader.write(text),
    end: () => {
      reader.end();
      return undefined;
    },
  };
}

function takeEdges(context: ReaderContext, header: readonly string[], source: number, target: number): TakeRecord {
  const { builder, report } = context;
  const assign = createAssigner(builder, 'edge');
  const names = namesOf(header);
  const type = header.findIndex((name) => name.trim().toLowerCase() === 'type');
  return (fields, line) => {
    const from = fields[source]?.trim() ?? '';
    const to = fields[target]?.trim() ?? '';
    if (from === '' || to === '') {
      throw report.error(
        line,
        `An edge has no ${from === '' ? 'source' : 'target'}; expected one in column ${(from === '' ? source : target) + 1}.`,
      );
    }
    const direction = /^(?:(un)?directed)$/i.exec(fields[type]?.trim() ?? '');
    const row = builder.addEdge(from, to, line, direction === null ? undefined : direction[1] === undefined);
    fields.forEach((text, i) => {
      if (i === source || i === target || (i === type && direction !== null)) return;
      setField(context, assign, row, names, i, text, line);
    });
  };
}

function takeNodes(context: ReaderContext, header: readonly string[]): TakeRecord {
  const { builder, report } = context;
  const assign = createAssigner(builder, 'node');
  const names = namesOf(header);
  const id = Math.max(
    0,
    header.findIndex((name) => idNames.has(simplified(name))),
  );
  return (fields, line) => {
    const own = fields[id]?.trim() ?? '';
    if (own === '') throw report.error(line, `A node has no id; expected one in column ${id + 1}.`);
    const row = builder.addNode(own, line);
    fields.forEach((text, i) => {
      if (i !== id) setField(context, assign, row, names, i, text, line);
    });
  };
}

function setField(
  { report }: ReaderContext,
  assign: ReturnType<typeof createAssigner>,
  row: number,
  names: readonly string[],
  i: number,
  text: string,
  line: number,
): void {
  if (text.trim() === '') return;
  if (i < names.length) assign(row, names[i], { text }, line);
  else
    report.warn(
      'long-record',
      line,
      (count) => `${counted(count, 'field')} beyond the last column ${were(count)} ignored.`,
    );
}

function namesOf(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((name, i) => freeName(name.trim() === '' ? `column ${i + 1}` : name.trim(), taken));
}

/** Without names that we know, the first record is a header if a column of numbers starts with a word. */
function isHeader([first, ...others]: readonly (readonly string[])[]): boolean {
  if (others.length === 0) return false;
  return first.some(
    (text, i) => text.trim() !== '' && !isNumeric(text) && others.every((record) => isNumeric(record[i])),
  );
}

function isNumeric(text: string | undefined): boolean {
  return text !== undefined && (parseNumber(text) !== undefined || /^\s*[+-]?\d+,\d+\s*$/.test(text));
}

function simplified(name: string): string {
  return name.toLowerCase().replace(/[^\da-z]/g, '');
}

function skipFirst(take: TakeRecord): TakeRecord {
  let isFirst = true;
  return (fields, line) => {
    if (isFirst) isFirst = false;
    else take(fields, line);
  };
}
