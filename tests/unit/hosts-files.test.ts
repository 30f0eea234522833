import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkOutput, readInput, writeOutput } from '../../engine/hosts/files.ts';
import { inFolder } from '../support/run-isthmus.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('writeOutput', () => {
  test('writes all chunks and says how many bytes', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'out.txt');
      expect(await writeOutput(path, [bytes('one '), bytes('two')])).toBe(7);
      expect(await readFile(path, 'utf8')).toBe('one two');
      expect(await readdir(folder)).toEqual(['out.txt']);
    });
  });

  test('leaves what was there when the chunks fail or the caller stops', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'out.txt');
      await writeFile(path, 'before');
      async function* failing(): AsyncGenerator<Uint8Array> {
        yield bytes('half');
        expect((await readdir(folder)).length).toBe(2);
        throw new Error('No more.');
      }
      await expect(writeOutput(path, failing())).rejects.toThrow('No more.');
      const controller = new AbortController();
      async function* stopped(): AsyncGenerator<Uint8Array> {
        yield bytes('half');
        controller.abort();
      }
      await expect(writeOutput(path, stopped(), controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
      expect(await readFile(path, 'utf8')).toBe('before');
      expect(await readdir(folder)).toEqual(['out.txt']);
    });
  });

  test('writes through a link and keeps the link', async () => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, 'real'));
      await writeFile(join(folder, 'real', 'file'), 'before');
      await symlink(join(folder, 'real', 'file'), join(folder, 'link'));
      await writeOutput(join(folder, 'link'), [bytes('after')]);
      expect(await readFile(join(folder, 'real', 'file'), 'utf8')).toBe('after');
      expect((await lstat(join(folder, 'link'))).isSymbolicLink()).toBe(true);
    });
  });

  test('names what is wrong with the target, also before anything is written', async () => {
    await inFolder(async (folder) => {
      const missing = join(folder, 'nowhere', 'out');
      const sentence = `${missing} can't be written: there is no such file or folder.`;
      await expect(checkOutput(missing)).rejects.toThrow(sentence);
      await expect(writeOutput(missing, [])).rejects.toMatchObject({ name: 'InputError', message: sentence });
      await expect(checkOutput(folder)).rejects.toThrow(`${folder} is a folder, but a file was expected.`);
      const long = join(folder, 'x'.repeat(300));
      await expect(writeOutput(long, [])).rejects.toThrow('its name is too long');
    });
  });
});

describe('readInput', () => {
  test('reads a file in pieces and names what is wrong with others', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'in');
      await writeFile(path, new Uint8Array(1_000_000).fill(7));
      let length = 0;
      let pieces = 0;
      for await (const piece of readInput(path)) {
        length += piece.length;
        pieces++;
      }
      expect(length).toBe(1_000_000);
      expect(pieces).toBeGreaterThan(1);
      await expect(readInput(folder).next()).rejects.toThrow('is a folder, but a file was expected.');
      await expect(readInput(join(path, 'in')).next()).rejects.toThrow('a part of its path is not a folder');
    });
  });
});
