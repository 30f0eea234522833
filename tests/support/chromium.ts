import puppeteer, { type Browser } from 'puppeteer';
import { findChromium } from '../../engine/hosts/chromium.ts';

/** Milliseconds after which a wait that should have ended long ago fails, just before the test does. */
export const patience = 290_000;

/** How a headless Chromium draws and computes. */
export interface ChromiumOptions {
  /** With WebGPU, and whatever GPU there is; without it, WebGL on SwiftShader on any machine. Default false. */
  readonly webgpu?: boolean;
}

const webgpuFlags = ['--enable-unsafe-webgpu', '--enable-features=Vulkan'];

/** A headless Chromium that runs without a GPU too, and asks nothing of the network. */
export function launchChromium({ webgpu = false }: ChromiumOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  return puppeteer.launch({
    ...(executablePath !== undefined && { executablePath }),
    timeout: patience,
    protocolTimeout: patience,
    args: [
      '--no-sandbox',
      ...(webgpu ? webgpuFlags : ['--use-angle=swiftshader']),
      '--enable-unsafe-swiftshader',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
