import { IsthmusError } from '../base/errors.ts';

/** Usage of a buffer that shaders read and write, and that can be read back. */
const storage = 0x80 | 0x8 | 0x4; // GPUBufferUsage.STORAGE | COPY_DST | COPY_SRC: Node has no global of that name.
const uniform = 0x40 | 0x8; // UNIFORM | COPY_DST
const staging = 0x1 | 0x8; // MAP_READ | COPY_DST
const mapForReading = 0x1; // GPUMapMode.READ

/**
 * A storage buffer of at least 16 bytes, zeroed.
 *
 * @throws DeviceError that names the size and the limit where the device has no room for it.
 */
export function storageBuffer(device: GPUDevice, label: string, bytes: number): GPUBuffer {
  const limit = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize);
  if (bytes > limit) {
    throw new IsthmusError(
      'DeviceError',
      `The buffer "${label}" needs ${sizeOf(bytes)}, but this GPU binds at most ${sizeOf(limit)}.`,
    );
  }
  return device.createBuffer({ label, size: Math.max(16, Math.ceil(bytes / 4) * 4), usage: storage });
}

/** A storage buffer with these contents. @throws as `storageBuffer` does. */
export function filledBuffer(device: GPUDevice, label: string, data: ArrayBufferView<ArrayBuffer>): GPUBuffer {
  const buffer = storageBuffer(device, label, data.byteLength);
  device.queue.writeBuffer(buffer, 0, data);
  return buffer;
}

/** A uniform buffer with these contents. */
export function uniformBuffer(device: GPUDevice, label: string, data: ArrayBufferView<ArrayBuffer>): GPUBuffer {
  const buffer = device.createBuffer({ label, size: Math.ceil(data.byteLength / 16) * 16, usage: uniform });
  device.queue.writeBuffer(buffer, 0, data);
  return buffer;
}

/** The first bytes of each of these buffers, after all work that was submitted. */
export async function readBuffers(
  device: GPUDevice,
  parts: readonly { readonly buffer: GPUBuffer; readonly bytes: number }[],
): Promise<ArrayBuffer[]> {
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total === 0) return parts.map(() => new ArrayBuffer(0));
  const copy = device.createBuffer({ label: 'read back', size: total, usage: staging });
  const encoder = device.createCommandEncoder({ label: 'read back' });
  let at = 0;
  for (const { buffer, bytes } of parts) {
    if (bytes > 0) encoder.copyBufferToBuffer(buffer, 0, copy, at, bytes);
    at += bytes;
  }
  device.queue.submit([encoder.finish()]);
  try {
    await copy.mapAsync(mapForReading);
    const all = copy.getMappedRange();
    let from = 0;
    return parts.map(({ bytes }) => {
      from += bytes;
      return all.slice(from - bytes, from);
    });
  } finally {
    copy.destroy();
  }
}

function sizeOf(bytes: number): string {
  const [unit, name] = bytes < 2 ** 20 ? [2 ** 10, 'KiB'] : [2 ** 20, 'MiB'];
  return `${(bytes / unit).toLocaleString('en', { maximumFractionDigits: 1 })} ${name}`;
}

/**
 * Runs what makes buffers.
 *
 * @throws DeviceError if the device ran out of memory or found a mistake in it.
 */
export async function allocate<T>(device: GPUDevice, work: () => T): Promise<T> {
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  let errors: readonly Promise<GPUError | null>[] = [];
  let made: T;
  try {
    made = work();
  } finally {
    // Scopes are a stack of the whole device, so they must close before anyone else's work.
    errors = [device.popErrorScope(), device.popErrorScope()];
  }
  const [memory, mistake] = await Promise.all(errors);
  if (memory !== null) {
    throw new IsthmusError('DeviceError', 'The GPU has not enough memory for this graph.', { cause: memory });
  }
  if (mistake !== null) {
    const reason = mistake.message.split('\n')[0];
    throw new IsthmusError('DeviceError', `The GPU refused to make a buffer: ${reason}`, { cause: mistake });
  }
  return made;
}
