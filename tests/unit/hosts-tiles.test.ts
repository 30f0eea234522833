import { spawnSync } from 'node:child_process';
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PMTiles, type Source } from 'pmtiles';
import { describe, expect, test, vi } from 'vitest';
import { openTileArchive } from '../../engine/hosts/tile-archive.ts';
import { openTileFolder } from '../../engine/hosts/tile-folder.ts';
import type { Block, Tile } from '../../engine/output/tiles/pyramid.ts';
import { inFolder } from '../support/run-isthmus.ts';

const root: Block = { z: 0, x: 0, y: 0, side: 1 };
const below: Block = { z: 1, x: 0, y: 0, side: 2 };
const texts = { tileJson: { tilejson: '3.0.0', name: 'Map' }, style: { version: 8 } };
const tile = (z: number, x: number, y: number, text: string, isBlank = false): Tile => ({
  ...{ z, x, y, isBlank },
  bytes: new TextEncoder().encode(text),
});

describe('openTileFolder', () => {
  const options = { format: 'png', digest: 'one' } as const;

  test('goes on where a run was stopped, and ends with tiles, TileJSON and style', async () => {
    await inFolder(async (parent) => {
      const folder = join(parent, 'tiles');
      const first = await openTileFolder(folder, options);
      await first.add({ block: root, tiles: [tile(0, 0, 0, 'whole')] });
      await first.dispose();
      const second = await openTileFolder(folder, options);
      expect([second.isDone(root), second.isDone(below)]).toEqual([true, false]);
      expect(second.hasContent({ z: 0, x: 0, y: 0 })).toBe(true);
      await second.add({ block: below, tiles: [tile(1, 0, 0, 'part'), tile(1, 1, 0, 'paper', true)] });
      expect(second.hasContent({ z: 1, x: 1, y: 0 })).toBe(false);
      expect(await second.finish(texts)).toEqual({ tiles: 3, bytes: 14 });
      const files = (await readdir(folder, { recursive: true })).filter((name) => name.includes('.')).sort();
      expect(files).toEqual(['.isthmus-tiles.json', '0/0/0.png', '1/0/0.png', '1/1/0.png', 'style.json', 'tiles.json']);
      expect(await readFile(join(folder, '1/1/0.png'), 'utf8')).toBe('paper');
      expect(JSON.parse(await readFile(join(folder, 'tiles.json'), 'utf8'))).toEqual(texts.tileJson);
    });
  });

  test('mixes its tiles with nothing else', async () => {
    await inFolder(async (parent) => {
      await openTileFolder(join(parent, 'tiles'), options);
      const other = openTileFolder(join(parent, 'tiles'), { ...options, digest: 'other' });
      await expect(other).rejects.toThrow('holds tiles of another map or of other settings');
      await mkdir(join(parent, 'photos'));
      await writeFile(join(parent, 'photos', 'me.png'), 'me');
      await expect(openTileFolder(join(parent, 'photos'), options)).rejects.toThrow('photos holds other files');
      expect(await readdir(join(parent, 'photos'))).toEqual(['me.png']);
    });
  });
});

describe('openTileArchive', () => {
  const bounds = [-180, -85, 180, 85] as const;
  const readerOf = async (path: string): Promise<PMTiles> => {
    const bytes = await readFile(path);
    const source: Source = {
      getKey: () => path,
      getBytes: async (at, length) => ({ data: Uint8Array.from(bytes.subarray(at, at + length)).buffer }),
    };
    return new PMTiles(source);
  };

  test.each(['png', 'mvt'] as const)(
    'keeps %s tiles, equal ones once, with TileJSON and style beside',
    async (format) => {
      await inFolder(async (folder) => {
        const path = join(folder, 'map.pmtiles');
        const store = await openTileArchive(path, { format, bounds });
        await store.add({
          block: below,
          tiles: [tile(1, 0, 1, 'same'), tile(1, 1, 1, 'other'), tile(1, 1, 0, 'same')],
        });
        await store.add({ block: root, tiles: [tile(0, 0, 0, 'root')] });
        expect(await store.finish(texts)).toMatchObject({ tiles: 4 });
        await store.dispose();
        expect((await readdir(folder)).sort()).toEqual(['map.json', 'map.pmtiles', 'map.style.json']);
        const archive = await readerOf(path);
        expect(await archive.getHeader()).toMatchObject({ numAddressedTiles: 4, numTileContents: 3, maxZoom: 1 });
        expect(await archive.getMetadata()).toEqual(texts.tileJson);
        const read = async (z: number, x: number, y: number) => {
          const found = await archive.getZxy(z, x, y);
          return found && new TextDecoder().decode(found.data);
        };
        expect([await read(0, 0, 0), await read(1, 0, 1), await read(1, 1, 0)]).toEqual(['root', 'same', 'same']);
        expect(await read(1, 0, 0)).toBeUndefined();
      });
    },
  );

  test('leaves nothing where it is given up, and what was there before', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'map.pmtiles');
      await writeFile(path, 'before');
      const store = await openTileArchive(path, { format: 'png', bounds });
      await store.add({ block: root, tiles: [tile(0, 0, 0, 'root')] });
      expect((await readdir(folder)).length).toBe(2);
      await store.dispose();
      expect(await readdir(folder)).toEqual(['map.pmtiles']);
      expect(await readFile(path, 'utf8')).toBe('before');
      await expect(openTileArchive(join(folder, 'nowhere', 'map.pmtiles'), { format: 'png', bounds })).rejects.toThrow(
        "map.pmtiles can't be written: there is no such file or folder.",
      );
    });
  });

  test('says that the disk is full where tiles wait for it, and leaves nothing', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'map.pmtiles');
      const store = await openTileArchive(path, { format: 'png', bounds });
      await store.add({ block: root, tiles: [tile(0, 0, 0, 'root')] });
      const file = await open(join(folder, 'any'), 'w');
      const full = Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' });
      vi.spyOn(Object.getPrototypeOf(file), 'appendFile').mockRejectedValueOnce(full);
      await expect(store.add({ block: below, tiles: [tile(1, 0, 0, 'part')] })).rejects.toThrow(
        "map.pmtiles can't be written: the disk is full.",
      );
      vi.restoreAllMocks();
      await Promise.all([file.close(), store.dispose()]);
      expect(await readdir(folder)).toEqual(['any']);
    });
  });

  test('takes away what a run that was killed has left of the same archive, and nothing else', async () => {
    await inFolder(async (folder) => {
      const ended = spawnSync(process.execPath, ['-e', '']).pid;
      const names = [
        `.map.pmtiles.${ended}.spool`,
        `.other.pmtiles.${ended}.spool`,
        `.map.pmtiles.${process.ppid}.part`,
      ];
      for (const name of names) await writeFile(join(folder, name), 'half');
      const store = await openTileArchive(join(folder, 'map.pmtiles'), { format: 'png', bounds });
      await store.dispose();
      expect((await readdir(folder)).sort()).toEqual(names.slice(1).sort());
    });
  });
});
