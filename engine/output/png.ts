import { IsthmusError } from '../base/errors.ts';
import { type Compress, compressRows, type Picture, type PixelRows } from './scanlines.ts';

/** What a PNG file says before its pixels. */
export interface PngHeader extends Picture {
  /** Print resolution: 300 dpi are 11,811 pixels a metre. Left out of the file where undefined. */
  readonly pixelsPerMetre?: number | undefined;
}

/**
 * Encodes sRGB pixels as a PNG file (ISO/IEC 15948), 8 bits a channel, in memory for a few rows only.
 *
 * @param compress by default zlib's usual level, a few rows at a time
 * @returns the bytes of the file, in pieces.
 * @throws UsageError if the size is not a PNG's, or the blocks do not add up to it.
 */
export async function* encodePng(header: PngHeader, rows: PixelRows, compress?: Compress): AsyncGenerator<Uint8Array> {
  checkSize(header.width);
  checkSize(header.height);
  yield Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  yield chunk('IHDR', numbers([header.width, 4], [header.height, 4], [8, 1], [header.hasAlpha ? 6 : 2, 1], [0, 3]));
  yield chunk('sRGB', Uint8Array.of(0));
  if (header.pixelsPerMetre !== undefined) {
    const pixels = Math.round(header.pixelsPerMetre);
    yield chunk('pHYs', numbers([pixels, 4], [pixels, 4], [1, 1]));
  }
  for await (const piece of compressRows(header, rows, compress)) yield chunk('IDAT', piece);
  yield chunk('IEND', new Uint8Array(0));
}

function checkSize(pixels: number): void {
  if (!Number.isInteger(pixels) || pixels < 1 || pixels > 0x7fffffff) {
    throw new IsthmusError('UsageError', `A PNG has 1 to 2147483647 pixels a side, but ${pixels} were asked for.`);
  }
}

/** Length, name, data, and the checksum of name and data. */
function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = name.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

/** Big-endian numbers, each of so many bytes. */
function numbers(...values: readonly (readonly [value: number, bytes: number])[]): Uint8Array {
  return Uint8Array.from(
    values.flatMap(([value, bytes]) => Array.from({ length: bytes }, (_, i) => value >>> (8 * (bytes - 1 - i)))),
  );
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

/** CRC-32 as PNG and zlib compute it (ISO 3309, reversed polynomial 0xEDB88320). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}
