import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { IsthmusError } from '../base/errors.ts';

/** What the browser is called by the systems that package it, in the order of preference. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Finds the browser that draws: the path given (`--chrome`), CHROME_PATH, PUPPETEER_EXECUTABLE_PATH, or one of the usual
 * names on PATH; undefined where there is none of these, which leaves puppeteer to look in its own places.
 *
 * @throws DeviceError if the path that was given is no program.
 */
export function findChromium(
  chrome?: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const named = chrome ?? environment['CHROME_PATH'] ?? environment['PUPPETEER_EXECUTABLE_PATH'];
  if (named !== undefined) {
    if (isProgram(named)) return named;
    throw new IsthmusError(
      'DeviceError',
      `There is no Chromium at ${named}: name another with --chrome or CHROME_PATH.`,
    );
  }
  const folders = (environment['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
