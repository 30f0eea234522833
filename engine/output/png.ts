import { IsthmusError } from '../base/errors.ts';

/** What a PNG file says before its pixels. */
export interface PngHeader {
  /** Pixels, 1 to 2³¹ − 1. */
  readonly width: number;
  readonly height: number;
  /** Print resolution: 300 dpi are 11,811 pixels a metre. Left out of the file where undefined. */
  readonly pixelsPerMetre?: number | undefined;
  /** Whether the alpha channel is kept (default false: the picture is opaque, which makes it a quarter smaller). */
  readonly hasAlpha?: boolean | undefined;
}

/**
 * Encodes sRGB pixels as a PNG file (ISO/IEC 15948), 8 bits a channel, in memory for a few rows only.
 *
 * @param rows RGBA, stride 4, straight alpha, top to bottom, in blocks of any number of whole rows.
 * @returns the bytes of the file, in pieces.
 * @throws UsageError if the size is not a PNG's, or the blocks do not add up to it.
 */
export async function* encodePng(
  header: PngHeader,
  rows: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  checkSize(header.width);
  checkSize(header.height);
  yield Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  yield chunk('IHDR', numbers([header.width, 4], [header.height, 4], [8, 1], [header.hasAlpha ? 6 : 2, 1], [0, 3]));
  yield chunk('sRGB', Uint8Array.of(0));
  if (header.pixelsPerMetre !== undefined) {
    const pixels = Math.round(header.pixelsPerMetre);
    yield chunk('pHYs', numbers([pixels, 4], [pixels, 4], [1, 1]));
  }
  for await (const piece of deflate(filterRows(header, rows))) yield chunk('IDAT', piece);
  yield chunk('IEND', new Uint8Array(0));
}

/**
 * Scanlines as PNG compresses them: a filter type, then differences from the pixel to the left. On bare relief that
 * filter is the smallest, two fifths smaller than none; on a full map all filters, and the choice among them row by row,
 * end within 4 % of each other.
 */
async function* filterRows(
  { width, height, hasAlpha = false }: PngHeader,
  blocks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let seen = 0;
  for await (const block of blocks) {
    const count = block.length / (width * 4);
    if (!Number.isInteger(count)) {
      const message = `A block of ${block.length} bytes does not hold whole rows of ${width} RGBA pixels.`;
      throw new IsthmusError('UsageError', message);
    }
    seen += count;
    if (seen > height) throw new IsthmusError('UsageError', `More rows came than the ${height} of the picture.`);
    yield subtractLeft(block, width, hasAlpha ? 4 : 3);
  }
  if (seen < height) throw new IsthmusError('UsageError', `Only ${seen} rows came for a picture of ${height}.`);
}

/** Rows of RGBA as scanlines with the filter Sub, without alpha where three channels are wanted. */
function subtractLeft(rgba: Uint8Array, width: number, channels: 3 | 4): Uint8Array<ArrayBuffer> {
  const rows = rgba.length / (width * 4);
  const lines = new Uint8Array(rows * (1 + width * channels));
  let to = 0;
  for (let row = 0; row < rows; row++) {
    const start = row * width * 4;
    lines[to++] = filterSub;
    for (let channel = 0; channel < channels; channel++) lines[to++] = rgba[start + channel];
    for (let from = start + 4; from < start + width * 4; from += 4) {
      for (let channel = 0; channel < channels; channel++) {
        lines[to++] = rgba[from + channel] - rgba[from + channel - 4];
      }
    }
  }
  return lines;
}

const filterSub = 1;

/**
 * Compresses pieces as a zlib stream. A piece is asked for only when the one before has gone through: `pipeThrough`
 * would not do, since Node's CompressionStream lets thousands of pieces pile up before it slows their source down.
 */
async function* deflate(pieces: AsyncIterable<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new CompressionStream('deflate');
  const writer = writable.getWriter();
  const reader = readable.getReader();
  const feed = async (): Promise<void> => {
    try {
      for await (const piece of pieces) await writer.write(piece);
      await writer.close();
    } catch (error) {
      await writer.abort(error);
      throw error;
    }
  };
  const fed = feed();
  const ignore = (): void => undefined;
  // An error of the source also fails the reading below; here it must not count as unhandled.
  fed.catch(ignore);
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
    await fed;
  } finally {
    // Where the reader has left early, stopping is all that matters.
    await reader.cancel().catch(ignore);
    await fed.catch(ignore);
  }
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
