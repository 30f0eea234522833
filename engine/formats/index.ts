import { IsthmusError } from '../base/errors.ts';
import { type RunOptions, throwIfAborted } from '../base/progress.ts';
import type { PackedGraph } from '../graph/packed-graph.ts';
import { createDotReader } from './dot-reader.ts';
import type {
  Format,
  FormatName,
  GraphReader,
  ReaderContext,
  ReadOptions,
  ReadResult,
  Source,
  WriteOptions,
} from './format.ts';
import { createGexfReader } from './gexf-reader.ts';
import { gexfText } from './gexf-writer.ts';
import { createGmlReader } from './gml-reader.ts';
import { GraphBuilder } from './graph-builder.ts';
import { createGraphmlReader } from './graphml-reader.ts';
import { graphmlText } from './graphml-writer.ts';
import { createJsonReader } from './json-reader.ts';
import { jsonGraphText } from './json-writer.ts';
import { createPajekReader } from './pajek-reader.ts';
import { counted, Report, were } from './report.ts';
import { sniffFormat, sniffLength } from './sniff.ts';
import { openSource, type TextSource } from './source.ts';
import { createNodeTableReader, createTableReader } from './table-reader.ts';
import { positionsText } from './table-writer.ts';
import { encodeText } from './write.ts';

export type { FormatName, ReadOptions, ReadResult, Source, WriteOptions } from './format.ts';
export type { Warning } from './report.ts';

/** A page must paint and an abort must be heard while a file is read: the reader pauses this often, in milliseconds. */
const pauseInterval = 30;

/** Every format: to add one, write its reader and give it a row. */
const formats: Readonly<Record<FormatName, Format>> = {
  gexf: { title: 'GEXF', extensions: ['gexf'], missingNodes: 'refuse', read: createGexfReader, write: gexfText },
  graphml: {
    title: 'GraphML',
    extensions: ['graphml'],
    missingNodes: 'refuse',
    read: createGraphmlReader,
    write: graphmlText,
  },
  gml: { title: 'GML', extensions: ['gml'], missingNodes: 'refuse', read: createGmlReader },
  pajek: { title: 'Pajek', extensions: ['net', 'paj'], missingNodes: 'create', read: createPajekReader },
  dot: { title: 'DOT', extensions: ['dot', 'gv'], missingNodes: 'create', read: createDotReader },
  csv: {
    title: 'CSV',
    extensions: ['csv', 'edges', 'edgelist', 'txt'],
    missingNodes: 'create',
    read: createTableReader,
    write: (graph) => positionsText(graph, ','),
  },
  tsv: {
    title: 'TSV',
    extensions: ['tsv', 'tab'],
    missingNodes: 'create',
    read: createTableReader,
    write: (graph) => positionsText(graph, '\t'),
  },
  json: { title: 'JSON', extensions: ['json'], missingNodes: 'refuse', read: createJsonReader, write: jsonGraphText },
};

/**
 * Reads a graph file of any of the formats, plain or gzipped, as it comes: nothing is kept but the graph.
 *
 * @throws InputError, one sentence that starts with the file's name and line, where the file is broken.
 */
export async function readGraph(source: Source, options: ReadOptions = {}): Promise<ReadResult> {
  const { name = 'input', signal } = options;
  throwIfAborted(signal);
  const report = new Report(name);
  const builder = new GraphBuilder(report);
  const context: ReaderContext = { builder, report };
  const text = openSource(source, report, signal);
  try {
    const head = (await text.pieces.peek(sniffLength)).join('');
    const format = options.format ?? sniffFormat(head, formatOfName(name)?.format, report);
    const nodeBytes = options.nodes === undefined ? 0 : await readNodes(context, options.nodes, format, options);
    const listed = builder.nodeCount;
    const { read, missingNodes } = formats[format];
    const version = await feed(read(context), text, options);
    const graph = builder.finish(missingNodes);
    const more = graph.nodeCount - listed;
    if (options.nodes !== undefined && more > 0) report.warn('unlisted', undefined, unlistedNodes, more);
    const declared = version === undefined ? {} : { version };
    return { graph, format, ...declared, warnings: report.warnings(), bytes: text.bytes() + nodeBytes };
  } finally {
    await text.pieces.close();
  }
}

/** Reads the nodes table of an edge list before the edges; returns its size in bytes. */
async function readNodes(
  context: ReaderContext,
  nodes: Source,
  format: FormatName,
  options: ReadOptions,
): Promise<number> {
  const { report } = context;
  const { name } = report;
  if (format !== 'csv' && format !== 'tsv') {
    const { title } = formats[format];
    throw new IsthmusError('UsageError', `A nodes table goes with a CSV or TSV edge list, but ${name} is ${title}.`);
  }
  report.name = options.nodesName ?? 'nodes';
  const table = openSource(nodes, report, options.signal);
  await feed(createNodeTableReader(context), table, options);
  report.name = name;
  return table.bytes();
}

function unlistedNodes(count: number): string {
  return `${counted(count, 'node')} of the edges ${were(count)} not in the nodes table and ${were(count)} added.`;
}

/** Gives a reader all of a source's text; returns the version that the file declares. */
async function feed(
  reader: GraphReader,
  text: TextSource,
  { signal, onProgress }: RunOptions,
): Promise<string | undefined> {
  let paused = performance.now();
  for await (const piece of text.pieces) {
    reader.write(piece);
    if (performance.now() - paused < pauseInterval) continue;
    onProgress?.({ stage: 'read', done: text.bytes(), total: text.total });
    await new Promise((resolve) => setTimeout(resolve, 0));
    throwIfAborted(signal);
    paused = performance.now();
  }
  onProgress?.({ stage: 'read', done: text.bytes(), total: text.bytes() });
  return reader.end();
}

/**
 * Writes a graph as it goes, in pieces of some 64 kB: the same graph gives the same bytes. Positions are the columns of
 * role x and y (see `withPositions`). GEXF, GraphML and JSON keep every column, CSV and TSV hold `id,x,y`.
 *
 * @throws UsageError where the format is only read.
 */
export function writeGraph(graph: PackedGraph, options: WriteOptions): AsyncIterable<Uint8Array> {
  const { title, write } = formats[options.format];
  if (write === undefined) {
    const written = Object.values(formats).filter((format) => format.write !== undefined);
    const names = written.map((format) => format.title).join(', ');
    throw new IsthmusError('UsageError', `${title} is read but not written; expected one of ${names}.`);
  }
  return encodeText(write(graph), graph.nodeCount + graph.edgeCount, options.gzip ?? false, options);
}

/** The format that a file name asks for by its ending, and whether it asks for gzip; undefined where the ending says nothing. */
export function formatOfName(name: string): { format: FormatName; gzip: boolean } | undefined {
  const [, stem, gz] = /^(.*?)(\.gz)?$/is.exec(name)!;
  const extension = /\.([^./\\]+)$/.exec(stem)?.[1].toLowerCase();
  for (const [format, { extensions }] of Object.entries(formats)) {
    if (extension !== undefined && extensions.includes(extension))
      return { format: format as FormatName, gzip: gz !== undefined };
  }
  return undefined;
}
