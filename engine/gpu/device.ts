import { IsthmusError } from '../base/errors.ts';

/** What a GPU adapter says of itself; empty strings where it keeps silent. */
export interface AdapterReport {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** True if it computes on the CPU (SwiftShader, llvmpipe, WARP): no timing of it is a GPU's. */
  readonly isSoftware: boolean;
}

/** A device that was opened, and how it fares. */
export interface OpenDevice {
  readonly device: GPUDevice;
  readonly adapter: AdapterReport;
  readonly limits: GPUSupportedLimits;
  /** Throws a DeviceError if the device was lost or reported an error since it was opened. */
  check(): void;
  dispose(): void;
}

const wantedLimits = ['maxBufferSize', 'maxStorageBufferBindingSize'] as const;
const wantedFeatures = ['timestamp-query'] as const satisfies readonly GPUFeatureName[];

/**
 * Opens a device with the adapter's own limits for buffers, and timestamp queries where it has them.
 *
 * @throws DeviceError if there is no adapter or it gives no device.
 */
export async function openDevice(gpu: GPU | undefined): Promise<OpenDevice> {
  if (gpu === undefined) throw new IsthmusError('DeviceError', 'There is no WebGPU here.');
  const adapter = await failing('A WebGPU adapter could not be asked for', () =>
    gpu.requestAdapter({ powerPreference: 'high-performance' }),
  );
  if (adapter === null) throw new IsthmusError('DeviceError', 'WebGPU has no adapter here.');
  const device = await failing('The adapter gave no device', () =>
    adapter.requestDevice({
      label: 'isthmus',
      requiredFeatures: wantedFeatures.filter((feature) => adapter.features.has(feature)),
      requiredLimits: Object.fromEntries(wantedLimits.map((limit) => [limit, adapter.limits[limit]])),
    }),
  );
  let failure: string | undefined;
  const note = (event: GPUUncapturedErrorEvent) => {
    event.preventDefault();
    failure ??= `The GPU reported an error: ${sentence(event.error.message)}`;
  };
  device.addEventListener('uncapturederror', note);
  device.lost.then(({ message }) => {
    failure ??= `The GPU device was lost: ${sentence(message || 'no reason was given')}`;
  });
  return {
    device,
    adapter: reportOf(adapter.info),
    limits: device.limits,
    check() {
      if (failure !== undefined) throw new IsthmusError('DeviceError', failure);
    },
    dispose() {
      device.removeEventListener('uncapturederror', note);
      device.destroy();
    },
  };
}

/** The adapter's name as a reader knows it. */
export function nameOf({ vendor, architecture, description, isSoftware }: AdapterReport): string {
  const name = description || [vendor, architecture].filter((part) => part !== '').join(' ') || 'an unnamed adapter';
  return isSoftware ? `${name} (software)` : name;
}

/** Runs what needs a device; whatever it throws becomes a DeviceError that begins with `what`. */
export async function failing<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof IsthmusError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new IsthmusError('DeviceError', `${what}: ${sentence(reason)}`, { cause });
  }
}

function reportOf({ vendor, architecture, description, isFallbackAdapter }: GPUAdapterInfo): AdapterReport {
  const isSoftware = isFallbackAdapter || /swiftshader|llvmpipe|basic render/i.test(`${architecture} ${description}`);
  return { vendor, architecture, description, isSoftware };
}

/** The first line of a driver's message, with a full stop. */
function sentence(message: string): string {
  return `${message.split('\n')[0].trim().replace(/\.+$/, '')}.`;
}
