import { gzip } from './gzip.ts';
import { type DirectoryEntry, directoryOf } from './pmtiles-directory.ts';
import { type TileAddress, tileIdOf } from './tiles/tile-id.ts';

/** What the tiles of an archive are; vector tiles (`mvt`) are kept gzipped. */
export type TileFormat = 'mvt' | 'png' | 'webp';

/** What an archive says of its tiles. */
export interface PmtilesHeader {
  readonly format: TileFormat;
  /** Degrees: west, south, east, north. */
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  /** What a TileJSON says, such as name, attribution and vector_layers. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A tile, and which of the archive's contents it shows: tiles that look the same share one. */
export interface ArchivedTile extends TileAddress {
  readonly content: number;
}

/** An archive but for the tiles' bytes, which follow `head` in this order. */
export interface PmtilesPlan {
  readonly head: Uint8Array;
  /** Indices of contents; each once. */
  readonly order: readonly number[];
}

/** A tile's place on the way into an entry of a directory. */
interface Numbered {
  readonly id: number;
  readonly content: number;
}

const headerBytes = 127;
/** Readers ask for the first 16 KiB and expect header and root directory in them. */
const mostRootBytes = 16_384 - headerBytes;

/**
 * Lays out a PMTiles archive of version 3 (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md): tiles in
 * Hilbert order, each content once, runs of equal tiles as one entry, directories and metadata gzipped.
 *
 * @param tiles in any order, each address once
 * @param lengths bytes of each content, as kept in the archive
 * @throws UsageError if an address lies outside the pyramid.
 */
export async function planPmtiles(
  header: PmtilesHeader,
  tiles: readonly ArchivedTile[],
  lengths: readonly number[],
): Promise<PmtilesPlan> {
  const numbered = tiles.map((tile) => ({ id: tileIdOf(tile), content: tile.content })).sort((a, b) => a.id - b.id);
  const order = [...new Set(numbered.map(({ content }) => content))];
  const entries = entriesOf(numbered, order, lengths);
  const { root, leaves } = await directoriesOf(entries);
  const metadata = await gzip(new TextEncoder().encode(JSON.stringify(header.metadata)));
  const sections = sectionsAfter(headerBytes, [root, metadata, leaves]);
  const head = new Uint8Array(sections.end);
  const dataBytes = order.reduce((sum, content) => sum + lengths[content], 0);
  const counts = [numbered.length, entries.length, order.length];
  head.set(headerOf(header, tiles, [...sections.spans, [sections.end, dataBytes]], counts));
  for (const [i, part] of [root, metadata, leaves].entries()) head.set(part, sections.spans[i][0]);
  return { head, order };
}

/** One entry for each run of consecutive tiles with the same content. */
function entriesOf(tiles: readonly Numbered[], order: readonly number[], lengths: readonly number[]): DirectoryEntry[] {
  const offsets = new Map<number, number>();
  let offset = 0;
  for (const content of order) {
    offsets.set(content, offset);
    offset += lengths[content];
  }
  const entries: DirectoryEntry[] = [];
  let [last, next]: [number | undefined, number] = [undefined, 0];
  for (const { id, content } of tiles) {
    const run = entries.at(-1);
    if (run !== undefined && content === last && id === next) {
      entries[entries.length - 1] = { ...run, runLength: run.runLength + 1 };
    } else entries.push({ id, offset: offsets.get(content) ?? 0, length: lengths[content], runLength: 1 });
    [last, next] = [content, id + 1];
  }
  return entries;
}

/** All entries in the root where they fit; else in leaves of as many entries each as make the root's own list fit. */
async function directoriesOf(
  entries: readonly DirectoryEntry[],
): Promise<{ readonly root: Uint8Array; readonly leaves: Uint8Array }> {
  const whole = await gzip(directoryOf(entries));
  if (whole.length <= mostRootBytes) return { root: whole, leaves: new Uint8Array(0) };
  for (let size = 4096; ; size *= 2) {
    const leaves: Uint8Array[] = [];
    const pointers: DirectoryEntry[] = [];
    let offset = 0;
    for (let start = 0; start < entries.length; start += size) {
      const leaf = await gzip(directoryOf(entries.slice(start, start + size)));
      leaves.push(leaf);
      pointers.push({ id: entries[start].id, offset, length: leaf.length, runLength: 0 });
      offset += leaf.length;
    }
    const root = await gzip(directoryOf(pointers));
    if (root.length <= mostRootBytes) return { root, leaves: joined(leaves, offset) };
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

type Span = readonly [offset: number, length: number];

function sectionsAfter(start: number, parts: readonly Uint8Array[]): { readonly spans: Span[]; readonly end: number } {
  const spans: Span[] = [];
  let end = start;
  for (const { length } of parts) {
    spans.push([end, length]);
    end += length;
  }
  return { spans, end };
}

const [uncompressed, gzipped] = [1, 2];
const formatNumbers: Readonly<Record<TileFormat, number>> = { mvt: 1, png: 2, webp: 4 };

/** The 127 bytes at the start; `spans` are root, metadata, leaves and tiles, `counts` tiles, entries and contents. */
function headerOf(
  { format, bounds }: PmtilesHeader,
  tiles: readonly TileAddress[],
  spans: readonly Span[],
  counts: readonly number[],
): Uint8Array {
  const bytes = new Uint8Array(headerBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('PMTiles'));
  bytes[7] = 3;
  for (const [i, value] of [...spans.flat(), ...counts].entries()) view.setBigUint64(8 + 8 * i, BigInt(value), true);
  const isClustered = 1;
  bytes.set([isClustered, gzipped, format === 'mvt' ? gzipped : uncompressed, formatNumbers[format]], 96);
  const zooms = tiles.map(({ z }) => z);
  const [minZoom, maxZoom] = zooms.reduce(
    ([low, high], z) => [Math.min(low, z), Math.max(high, z)],
    [zooms[0] ?? 0, 0],
  );
  bytes.set([minZoom, maxZoom], 100);
  const [west, south, east, north] = bounds;
  const setDegrees = (at: number, degrees: number) => view.setInt32(at, Math.round(degrees * 1e7), true);
  for (const [i, degrees] of [west, south, east, north].entries()) setDegrees(102 + 4 * i, degrees);
  bytes[118] = minZoom;
  setDegrees(119, (west + east) / 2);
  setDegrees(123, (south + north) / 2);
  return bytes;
}
