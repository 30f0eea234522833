import puppeteer, { type Browser } from 'puppeteer';
import { findChromium } from '../../engine/hosts/chromium.ts';

/** A headless Chromium that draws with SwiftShader on any machine, and asks nothing of the network. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  return puppeteer.launch({
    ...(executablePath !== undefined && { executablePath }),
    protocolTimeout: 170_000,
    args: [
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
