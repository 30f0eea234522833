import { joinBytes } from '../../engine/formats/decode.ts';

/** All bytes of a stream in one array. */
export async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return joinBytes(all);
}
