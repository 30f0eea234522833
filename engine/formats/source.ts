import { IsthmusError } from '../base/errors.ts';
import { throwIfAborted } from '../base/progress.ts';
import { createDecoder, joinBytes } from './decode.ts';
import type { Source } from './format.ts';
import { Peekable } from './peekable.ts';
import type { Report } from './report.ts';

const pieceLength = 1 << 16;

/** What a source yields: its text in pieces of some 64 kB, decoded and unpacked. */
export interface TextSource {
  readonly pieces: Peekable<string>;
  /** Bytes taken from the source so far. */
  readonly bytes: () => number;
  /** Bytes in all; 0 where the source does not know. */
  readonly total: number;
}

/** Opens a source: unpacks gzip, known by its first two bytes, and decodes the text. */
export function openSource(source: Source, report: Report, signal: AbortSignal | undefined): TextSource {
  if (typeof source === 'string') return openText(source);
  let bytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of piecesOf(source as Exclude<Source, string>)) {
      throwIfAborted(signal);
      bytes += piece.length;
      yield piece;
    }
  }
  const total = source instanceof Blob ? source.size : 'byteLength' in source ? source.byteLength : 0;
  return { pieces: new Peekable(decoded(unpacked(counted(), report), report)), bytes: () => bytes, total };
}

function openText(text: string): TextSource {
  let bytes = 0;
  const encoder = new TextEncoder();
  async function* pieces(): AsyncGenerator<string> {
    for (let start = text.charCodeAt(0) === 0xfeff ? 1 : 0; start < text.length; start += pieceLength) {
      const piece = text.slice(start, start + pieceLength);
      bytes += encoder.encode(piece).length;
      yield piece;
    }
  }
  return { pieces: new Peekable(pieces()), bytes: () => bytes, total: 0 };
}

async function* piecesOf(source: Exclude<Source, string>): AsyncGenerator<Uint8Array> {
  if (source instanceof Blob) yield* piecesOf(source.stream() as ReadableStream<Uint8Array>);
  else if (source instanceof ArrayBuffer) yield* piecesOf(new Uint8Array(source));
  else if (source instanceof Uint8Array) {
    for (let start = 0; start < source.length; start += pieceLength) yield source.subarray(start, start + pieceLength);
  } else if (source instanceof ReadableStream) yield* readAll(source);
  else for await (const chunk of source) yield* piecesOf(chunk);
}

/** A stream piece by piece; by reader, since Safari's streams are not iterable. */
export async function* readAll(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

async function* unpacked(pieces: AsyncGenerator<Uint8Array>, report: Report): AsyncGenerator<Uint8Array> {
  const source = new Peekable(pieces);
  const head = joinBytes(await source.peek(2));
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* source;
    return;
  }
  const gunzip = new DecompressionStream('gzip');
  const writer = gunzip.writable.getWriter();
  let failure: unknown;
  const feeding = (async () => {
    try {
      for await (const piece of source) await writer.write(piece as Uint8Array<ArrayBuffer>);
      await writer.close();
    } catch (error) {
      failure ??= error;
      await writer.abort(error).catch(() => undefined);
    }
  })();
  try {
    yield* readAll(gunzip.readable as ReadableStream<Uint8Array>);
    await feeding;
  } catch (error) {
    failure ??= error;
  }
  if (failure instanceof IsthmusError) throw failure;
  if (failure !== undefined) {
    throw report.error(undefined, 'The gzipped data is cut off or damaged; expected a whole gzip file.');
  }
}

async function* decoded(pieces: AsyncGenerator<Uint8Array>, report: Report): AsyncGenerator<string> {
  const source = new Peekable(pieces);
  const decoder = createDecoder(joinBytes(await source.peek(512)), report);
  for await (const piece of source) {
    const text = decoder.decode(piece);
    if (text !== '') yield text;
  }
  const last = decoder.end();
  if (last !== '') yield last;
}
