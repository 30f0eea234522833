import { createHash } from 'node:crypto';
import { gzip } from '../output/gzip.ts';
import { type ArchivedTile, planPmtiles, type TileFormat } from '../output/pmtiles.ts';
import { type Bounds, nameOf } from '../output/tiles/pyramid.ts';
import { openSpool, type Spool, writeOutput } from './files.ts';
import { jsonFile, type TileStore } from './tile-store.ts';

/** How an archive of tiles is kept. */
export interface TileArchiveOptions {
  readonly format: TileFormat;
  readonly bounds: Bounds;
  readonly signal?: AbortSignal | undefined;
}

/** Where a content lies in the spool. */
interface Span {
  readonly offset: number;
  readonly length: number;
}

/**
 * Tiles in one PMTiles archive. They wait in a spool beside it in the order in which they are made; the archive appears
 * when it is whole.
 *
 * @throws InputError that names the archive if it cannot be written.
 */
export async function openTileArchive(path: string, options: TileArchiveOptions): Promise<TileStore> {
  const spool = await openSpool(path);
  const contents: Span[] = [];
  const known = new Map<string, number>();
  const tiles: ArchivedTile[] = [];
  const filled = new Set<string>();
  const keep = async (bytes: Uint8Array): Promise<number> => {
    const digest = createHash('sha256').update(bytes).digest('base64');
    const before = known.get(digest);
    if (before !== undefined) return before;
    const kept = options.format === 'mvt' ? await gzip(bytes) : bytes;
    known.set(digest, contents.length);
    return contents.push({ offset: await spool.append(kept), length: kept.length }) - 1;
  };
  return {
    isDone: () => false,
    hasContent: (address) => filled.has(nameOf(address)),
    async add(made) {
      for (const tile of made.tiles) {
        const { z, x, y, bytes, isBlank = false } = tile;
        tiles.push({ z, x, y, content: await keep(bytes) });
        if (!isBlank) filled.add(nameOf(tile));
      }
    },
    async finish({ tileJson, style }) {
      const { format, bounds, signal } = options;
      const lengths = contents.map(({ length }) => length);
      const header = { format, bounds, metadata: tileJson as Record<string, unknown> };
      const { head, order } = await planPmtiles(header, tiles, lengths);
      const bytes = await writeOutput(path, archive(head, order, contents, spool), signal);
      const stem = path.replace(/\.pmtiles$/i, '');
      await writeOutput(`${stem}.json`, jsonFile(tileJson), signal);
      await writeOutput(`${stem}.style.json`, jsonFile(style), signal);
      return { tiles: tiles.length, bytes };
    },
    dispose: spool.dispose,
  };
}

async function* archive(
  head: Uint8Array,
  order: readonly number[],
  contents: readonly Span[],
  spool: Spool,
): AsyncGenerator<Uint8Array> {
  yield head;
  for (const content of order) yield await spool.read(contents[content].offset, contents[content].length);
}
