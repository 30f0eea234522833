import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IsthmusError } from '../base/errors.ts';
import type { TileFormat } from '../output/pmtiles.ts';
import { type BlockOfTiles, nameOf } from '../output/tiles/pyramid.ts';
import { explained, removeUnfinished, writeOutput } from './files.ts';
import { jsonFile, type TileStore } from './tile-store.ts';

/** How a folder of tiles is kept. */
export interface TileFolderOptions {
  readonly format: TileFormat;
  /** What the tiles are of, as a digest: tiles of another map are not mixed with them. */
  readonly digest: string;
  readonly signal?: AbortSignal | undefined;
}

/** What a folder says of itself, so that a run that was stopped can go on. */
interface Journal {
  readonly digest: string;
  readonly bytes: number;
  /** Names of the blocks that are there, and of the tiles, those of bare paper apart. */
  readonly blocks: readonly string[];
  readonly filled: readonly string[];
  readonly blank: readonly string[];
}

/** The ending of a tile's file. */
export function endingOf(format: TileFormat): string {
  return format === 'mvt' ? 'pbf' : format;
}

const journalName = '.isthmus-tiles.json';

/**
 * Tiles as files `z/x/y.webp` (or `.png`, `.pbf`) in a folder. A block counts as kept once all its tiles are whole, so that the same
 * command, typed again, goes on where it was stopped.
 *
 * @throws InputError if the folder cannot be written, or holds anything but tiles of the same map with the same settings.
 */
export async function openTileFolder(folder: string, options: TileFolderOptions): Promise<TileStore> {
  const { digest, signal } = options;
  const ending = endingOf(options.format);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw explained(error, folder, 'written');
  });
  const journal = await readJournal(folder, digest);
  await removeUnfinished(folder);
  let bytes = journal.bytes;
  const [blocks, filled, blank] = [new Set(journal.blocks), new Set(journal.filled), new Set(journal.blank)];
  const note = (): Promise<number> => {
    const now: Journal = { digest, bytes, blocks: [...blocks], filled: [...filled], blank: [...blank] };
    return writeOutput(join(folder, journalName), [new TextEncoder().encode(JSON.stringify(now))]);
  };
  const write = async ({ z, x, y, bytes: content }: BlockOfTiles['tiles'][number]): Promise<void> => {
    await mkdir(join(folder, String(z), String(x)), { recursive: true });
    await writeOutput(join(folder, String(z), String(x), `${y}.${ending}`), [content], signal);
    bytes += content.length;
  };
  await note();
  return {
    isDone: (block) => blocks.has(nameOf(block)),
    hasContent: (address) => filled.has(nameOf(address)),
    async add({ block, tiles }) {
      const written = await Promise.allSettled(tiles.map(write));
      for (const result of written) if (result.status === 'rejected') throw result.reason;
      for (const tile of tiles) (tile.isBlank ? blank : filled).add(nameOf(tile));
      blocks.add(nameOf(block));
      await note();
    },
    async finish({ tileJson, style }) {
      await writeOutput(join(folder, 'tiles.json'), jsonFile(tileJson), signal);
      await writeOutput(join(folder, 'style.json'), jsonFile(style), signal);
      return { tiles: filled.size + blank.size, bytes };
    },
    dispose: async () => undefined,
  };
}

async function readJournal(folder: string, digest: string): Promise<Journal> {
  const nothing: Journal = { digest, bytes: 0, blocks: [], filled: [], blank: [] };
  const text = await readFile(join(folder, journalName), 'utf8').catch(() => undefined);
  if (text === undefined) {
    if ((await readdir(folder)).length === 0) return nothing;
    throw new IsthmusError('InputError', `${folder} holds other files: name a folder that is empty or not there yet.`);
  }
  const journal = JSON.parse(text) as Journal;
  if (journal.digest === digest) return journal;
  const message = `${folder} holds tiles of another map or of other settings: remove it or name another folder.`;
  throw new IsthmusError('InputError', message);
}
