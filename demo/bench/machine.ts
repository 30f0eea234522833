import type { Machine } from '../../engine/index.ts';

interface Battery {
  readonly charging: boolean;
}

/** This machine as far as the browser tells. */
export async function machineOfPage(): Promise<Machine> {
  const { userAgent, hardwareConcurrency } = navigator;
  const { getBattery } = navigator as { getBattery?: () => Promise<Battery> };
  const battery = await getBattery?.call(navigator).catch(() => undefined);
  return {
    platform: /\(([^;)]+)/.exec(userAgent)?.[1] ?? 'unknown',
    cpu: 'a CPU that the browser does not name',
    cores: hardwareConcurrency || null,
    memoryBytes: null,
    runtime: runtimeOf(userAgent),
    power: battery === undefined ? null : battery.charging ? 'mains' : 'battery',
  };
}

/** Browsers name their forerunners too: the most special name counts. */
function runtimeOf(userAgent: string): string {
  const found = /(Firefox|Edg|HeadlessChrome|Chrome)\/([\d.]+)/.exec(userAgent);
  if (found !== null) return `${found[1]} ${found[2]}`;
  return `Safari ${/Version\/([\d.]+)/.exec(userAgent)?.[1] ?? ''}`.trim();
}
