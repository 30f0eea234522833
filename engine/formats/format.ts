import type { RunOptions } from '../base/progress.ts';
import type { PackedGraph } from '../graph/packed-graph.ts';
import type { GraphBuilder, MissingNodes } from './graph-builder.ts';
import type { Report, Warning } from './report.ts';

/** The formats that are read; `json` is graphology's serialisation or node-link data. */
export type FormatName = 'gexf' | 'graphml' | 'gml' | 'pajek' | 'dot' | 'csv' | 'tsv' | 'json';

/** Where a file's content comes from: a string is its text, never a path or an address. */
export type Source = string | Uint8Array | ArrayBuffer | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** How a graph file is read. */
export interface ReadOptions extends RunOptions {
  /** The file's name, for messages and to settle what the content leaves open. Default `input`. */
  readonly name?: string | undefined;
  /** The format, where it is known; by default the content says. */
  readonly format?: FormatName | undefined;
  /** A table of nodes (columns id, label, …) that goes with a CSV or TSV edge list. */
  readonly nodes?: Source | undefined;
  /** The name of the nodes table, for messages. Default `nodes`. */
  readonly nodesName?: string | undefined;
}

/** What was read. */
export interface ReadResult {
  readonly graph: PackedGraph;
  readonly format: FormatName;
  /** The version that the file declares (GEXF), or the kind of JSON: `graphology` or `node-link`. */
  readonly version?: string | undefined;
  /** What was repaired or ignored, in the order of first occurrence. */
  readonly warnings: readonly Warning[];
  /** Bytes read, before unpacking; UTF-8 bytes where the source is a string. */
  readonly bytes: number;
}

/** How a graph is written. */
export interface WriteOptions extends RunOptions {
  /** `gexf`, `graphml`, `csv`, `tsv` or `json`. */
  readonly format: FormatName;
  /** Whether the bytes are gzipped. Default false. */
  readonly gzip?: boolean | undefined;
}

/** What a reader works with: where its nodes and edges go, and whom it tells of trouble. */
export interface ReaderContext {
  readonly builder: GraphBuilder;
  readonly report: Report;
}

/** Takes a file's text piece by piece, cut anywhere. */
export interface GraphReader {
  write(text: string): void;
  /** Checks that the file is whole; returns the version that it declares, if any. */
  end(): string | undefined;
}

/** One row of the table of formats. */
export interface Format {
  /** As a person writes it. */
  readonly title: string;
  /** File name endings, lower case, without the dot. */
  readonly extensions: readonly string[];
  /** What becomes of edges to nodes that the file never declares. */
  readonly missingNodes: MissingNodes;
  read(context: ReaderContext): GraphReader;
  /** The file's text in pieces; undefined where the format is only read. */
  readonly write?: (graph: PackedGraph) => Iterable<string>;
}
