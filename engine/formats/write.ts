import { type RunOptions, throwIfAborted } from '../base/progress.ts';

import { readAll } from './source.ts';

const pieceLength = 1 << 16;

/** Joins text to pieces of some 64 kB and encodes them as UTF-8, gzipped on request. `total` counts the texts, for progress. */
export async function* encodeText(
  texts: Iterable<string>,
  total: number,
  isGzipped: boolean,
  { signal, onProgress }: RunOptions,
): AsyncGenerator<Uint8Array> {
  if (!isGzipped) {
    yield* encoded();
    return;
  }
  const pieces = encoded();
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: async (controller) => {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await pieces.return(undefined);
    },
  }).pipeThrough(new CompressionStream('gzip'));
  yield* readAll(packed);

  async function* encoded(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const encoder = new TextEncoder();
    let piece = '';
    let done = 0;
    for (const text of texts) {
      piece += text;
      done++;
      if (piece.length < pieceLength) continue;
      throwIfAborted(signal);
      onProgress?.({ stage: 'write', done: Math.min(done, total), total });
      yield encoder.encode(piece);
      piece = '';
    }
    throwIfAborted(signal);
    if (piece !== '') yield encoder.encode(piece);
    onProgress?.({ stage: 'write', done: total, total });
  }
}
