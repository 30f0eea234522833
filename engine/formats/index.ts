import { IsthmusError } from '../base/errors.ts';
import { throwIfAborted } from '../base/progress.ts';
import type { PackedGraph } from '../graph/packed-graph.ts';
import type { Format, FormatName, ReadOptions, ReadResult, Source, WriteOptions } from './format.ts';
import { createGexfReader } from './gexf-reader.ts';
import { gexfText } from './gexf-writer.ts';
import { GraphBuilder } from './graph-builder.ts';
import { Report } from './report.ts';
import { sniffFormat, sniffLength } from './sniff.ts';
import { openSource } from './source.ts';
import { encodeText } from './write.ts';

export type { FormatName, ReadOptions, ReadResult, Source, WriteOptions } from './format.ts';
export type { Warning } from './report.ts';

/** A page must paint and an abort must be heard while a file is read: the reader pauses this often, in milliseconds. */
const pauseInterval = 30;

/** Every format: to add one, write its reader and give it a row. */
const formats: Readonly<Partial<Record<FormatName, Format>>> = {
  gexf: { title: 'GEXF', extensions: ['gexf'], missingNodes: 'refuse', read: createGexfReader, write: gexfText },
};

/**
 * Reads a graph file of any of the formats, plain or gzipped, as it comes: nothing is kept but the graph.
 *
 * @throws InputError, one sentence that starts with the file's name and line, where the file is broken.
 */
export async function readGraph(source: Source, options: ReadOptions = {}): Promise<ReadResult> {
  const { name = 'input', signal, onProgress } = options;
  throwIfAborted(signal);
  const report = new Report(name);
  const text = openSource(source, report, signal);
  const builder = new GraphBuilder(report);
  try {
    const format =
      options.format ?? sniffFormat((await text.pieces.peek(sniffLength)).join(''), formatOfName(name)?.format, report);
    const { read, missingNodes } = formats[format]!;
    const reader = read({ builder, report });
    let paused = performance.now();
    for await (const piece of text.pieces) {
      reader.write(piece);
      if (performance.now() - paused < pauseInterval) continue;
      onProgress?.({ stage: 'read', done: text.bytes(), total: text.total });
      await new Promise((resolve) => setTimeout(resolve, 0));
      throwIfAborted(signal);
      paused = performance.now();
    }
    const version = reader.end();
    const graph = builder.finish(missingNodes);
    onProgress?.({ stage: 'read', done: text.bytes(), total: text.bytes() });
    const declared = version === undefined ? {} : { version };
    return { graph, format, ...declared, warnings: report.warnings(), bytes: text.bytes() };
  } finally {
    await text.pieces.close();
  }
}

/**
 * Writes a graph as it goes, in pieces of some 64 kB: the same graph gives the same bytes. Positions are the columns of
 * role x and y (see `withPositions`). GEXF, GraphML and JSON keep every column, CSV and TSV hold `id,x,y`.
 *
 * @throws UsageError where the format is only read.
 */
export function writeGraph(graph: PackedGraph, options: WriteOptions): AsyncIterable<Uint8Array> {
  const { title, write } = formats[options.format]!;
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
