import type { Browser, ConsoleMessage, Page } from 'puppeteer';
import { expect } from 'vitest';
import { patience } from './chromium.ts';

/** Whether a page warns or has an error; what a driver remarks on its own speed comes or does not, as it happens to be. */
export function isComplaint(message: ConsoleMessage): boolean {
  const isRemark = /GL Driver Message \(OpenGL, Performance|performance warning/.test(message.text());
  return ['error', 'warn'].includes(message.type()) && !isRemark;
}

/** Opens an address and looks at the page, in which nothing may go wrong meanwhile. */
export async function visit<Seen>(
  browser: Browser,
  address: string,
  look: (page: Page) => Promise<Seen>,
): Promise<Seen> {
  const page = await browser.newPage();
  page.setDefaultTimeout(patience);
  const errors: string[] = [];
  const failed = new Promise<never>((_, reject) => page.on('pageerror', reject));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(address);
  const seen = await Promise.race([look(page), failed]);
  await page.close();
  expect(errors).toEqual([]);
  return seen;
}
