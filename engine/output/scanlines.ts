import { IsthmusError } from '../base/errors.ts';

/** A picture of 8 bits a channel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Whether the alpha channel is kept (default false: the picture is opaque, which makes it a quarter smaller). */
  readonly hasAlpha?: boolean | undefined;
}

/** RGBA pixels, stride 4, straight alpha, top to bottom, in blocks of any number of whole rows. */
export type PixelRows = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Compresses pieces as one zlib stream. */
export type Compress = (pieces: AsyncIterable<Uint8Array<ArrayBuffer>>) => AsyncIterable<Uint8Array>;

/**
 * A picture's rows as PNG and PDF both keep them: filtered scanlines in one zlib stream (ISO/IEC 15948, sections 9 and
 * 10), in pieces, with a few rows in memory only.
 *
 * @throws UsageError if the blocks do not add up to the picture.
 */
export function compressRows(
  picture: Picture,
  rows: PixelRows,
  compress: Compress = deflate,
): AsyncIterable<Uint8Array> {
  return compress(filterRows(picture, rows));
}

/**
 * Scanlines as PNG compresses them: a filter type, then differences from the pixel to the left. On bare relief that
 * filter is the smallest, two fifths smaller than none; on a full map all filters, and the choice among them row by row,
 * end within 4 % of each other.
 */
async function* filterRows(
  { width, height, hasAlpha = false }: Picture,
  blocks: PixelRows,
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
    for (let at = 0; at < block.length; at += 4 * width * rowsAtOnce) {
      yield subtractLeft(block.subarray(at, at + 4 * width * rowsAtOnce), width, hasAlpha ? 4 : 3);
    }
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

/** So that beside a band of rows its scanlines are not in memory all at once. */
const rowsAtOnce = 32;

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
