import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findChromium } from '../../engine/hosts/chromium.ts';
import { inFolder } from '../support/run-isthmus.ts';

/** Programs of these paths under a folder. */
async function install(folder: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), '');
    await chmod(join(folder, path), 0o755);
  }
}

describe('findChromium', () => {
  test('prefers the argument, then CHROME_PATH, then PUPPETEER_EXECUTABLE_PATH, then PATH', async () => {
    await inFolder(async (folder) => {
      await install(folder, ['given', 'chrome-path', 'puppeteer-path', 'bin/google-chrome', 'later/chromium']);
      const at = (name: string): string => join(folder, name);
      const path = { PATH: [at('none'), at('bin'), at('later')].join(delimiter) };
      const puppeteer = { ...path, PUPPETEER_EXECUTABLE_PATH: at('puppeteer-path') };
      const chrome = { ...puppeteer, CHROME_PATH: at('chrome-path') };
      expect(findChromium(at('given'), chrome)).toBe(at('given'));
      expect(findChromium(undefined, chrome)).toBe(at('chrome-path'));
      expect(findChromium(undefined, puppeteer)).toBe(at('puppeteer-path'));
      expect(findChromium(undefined, path)).toBe(at('later/chromium'));
      expect(findChromium(undefined, { PATH: at('bin') })).toBe(at('bin/google-chrome'));
      expect(findChromium(undefined, { PATH: at('none') })).toBeUndefined();
    });
  });

  test('refuses a named path that is no program', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'text'), '');
      for (const path of ['text', 'missing']) {
        expect(() => findChromium(join(folder, path), {})).toThrow(`There is no Chromium at ${join(folder, path)}`);
      }
    });
  });
});
