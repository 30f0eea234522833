/** A run of tiles, or, with `runLength` 0, a directory of further entries. */
export interface DirectoryEntry {
  /** The first tile's number. */
  readonly id: number;
  /** Bytes from the start of the tiles' section, or of the leaf directories'. */
  readonly offset: number;
  readonly length: number;
  readonly runLength: number;
}

/** A directory as PMTiles 3 keeps it, before compression: ids as differences, run lengths, lengths, offsets, all varints. */
export function directoryOf(entries: readonly DirectoryEntry[]): Uint8Array {
  const bytes: number[] = [];
  writeVarintInto(bytes, entries.length);
  let before = 0;
  for (const { id } of entries) {
    writeVarintInto(bytes, id - before);
    before = id;
  }
  for (const { runLength } of entries) writeVarintInto(bytes, runLength);
  for (const { length } of entries) writeVarintInto(bytes, length);
  entries.forEach(({ offset }, i) => {
    const last = entries[i - 1];
    const isNext = last !== undefined && offset === last.offset + last.length;
    writeVarintInto(bytes, isNext ? 0 : offset + 1);
  });
  return Uint8Array.from(bytes);
}

/** Seven bits a byte, the least first; the eighth says that more follow. By division, since ids exceed 32 bits. */
function writeVarintInto(bytes: number[], value: number): void {
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
}
