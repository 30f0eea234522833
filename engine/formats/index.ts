import { throwIfAborted } from '../base/progress.ts';
import type { Format, FormatName, ReadOptions, ReadResult, Source } from './format.ts';
import { createGexfReader } from './gexf-reader.ts';
import { GraphBuilder } from './graph-builder.ts';
import { Report } from './report.ts';
import { sniffFormat, sniffLength } from './sniff.ts';
import { openSource } from './source.ts';

export type { FormatName, ReadOptions, ReadResult, Source, WriteOptions } from './format.ts';
export type { Warning } from './report.ts';

/** A page must paint and an abort must be heard while a file is read: the reader pauses this often, in milliseconds. */
const pauseInterval = 30;

/** Every format: to add one, write its reader and give it a row. */
const formats: Readonly<Partial<Record<FormatName, Format>>> = {
  gexf: { title: 'GEXF', extensions: ['gexf'], missingNodes: 'refuse', read: createGexfReader },
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
