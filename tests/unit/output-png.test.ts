import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { encodePng, type PngHeader } from '../../engine/output/png.ts';

/** Smooth slopes with noise on them, RGBA. */
function picture(width: number, height: number): Uint8Array {
  const random = createRandom(3);
  const pixels = new Uint8Array(width * height * 4);
  for (let i = 0; i < pixels.length; i++) pixels[i] = i / 40 + (random() < 0.1 ? random() * 255 : 0);
  return pixels;
}

async function encode(header: PngHeader, blocks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of encodePng(header, blocks)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The picture in blocks of 1, 2, 3, … rows. */
function* inBlocks(pixels: Uint8Array, width: number): Generator<Uint8Array> {
  for (let row = 0, rows = 1; row < pixels.length / (width * 4); row += rows++) {
    yield pixels.subarray(row * width * 4, (row + rows) * width * 4);
  }
}

describe('encodePng', () => {
  test.each([
    [1, 1],
    [1, 7],
    [7, 1],
    [333, 257],
  ])('keeps every pixel of a picture of %i × %i, read by pngjs', async (width, height) => {
    const pixels = picture(width, height);
    const file = await encode({ width, height, hasAlpha: true }, inBlocks(pixels, width));
    const decoded = PNG.sync.read(file);
    expect([decoded.width, decoded.height]).toEqual([width, height]);
    expect(Buffer.compare(decoded.data, Buffer.from(pixels))).toBe(0);
  });

  test('leaves out alpha unless it is asked for', async () => {
    const pixels = picture(20, 30);
    const decoded = PNG.sync.read(await encode({ width: 20, height: 30 }, [pixels]));
    const opaque = pixels.map((value, i) => (i % 4 === 3 ? 255 : value));
    expect(decoded.alpha).toBe(false);
    expect(Buffer.compare(decoded.data, Buffer.from(opaque))).toBe(0);
  });

  test('is the same file however the rows come', async () => {
    const pixels = picture(64, 64);
    const header = { width: 64, height: 64 };
    async function* later(): AsyncGenerator<Uint8Array> {
      yield* inBlocks(pixels, 64);
    }
    expect(await encode(header, later())).toEqual(await encode(header, [pixels]));
  });

  test('writes the resolution where it is known', async () => {
    const pixels = picture(2, 2);
    const file = await encode({ width: 2, height: 2, pixelsPerMetre: 11811.02 }, [pixels]);
    const at = file.indexOf('pHYs');
    expect([file.readUInt32BE(at + 4), file.readUInt32BE(at + 8), file[at + 12]]).toEqual([11811, 11811, 1]);
    expect((await encode({ width: 2, height: 2 }, [pixels])).indexOf('pHYs')).toBe(-1);
  });

  test.each([
    ['rows are missing', 4, [new Uint8Array(4 * 4 * 3)], 'Only 3 rows came for a picture of 4.'],
    ['rows are too many', 4, [new Uint8Array(4 * 4 * 5)], 'More rows came than the 4 of the picture.'],
    [
      'a block is cut within a row',
      4,
      [new Uint8Array(17)],
      'A block of 17 bytes does not hold whole rows of 4 RGBA pixels.',
    ],
    ['there is no height', 0, [], 'A PNG has 1 to 2147483647 pixels a side, but 0 were asked for.'],
  ])('refuses when %s', async (_, height, blocks, message) => {
    await expect(encode({ width: 4, height }, blocks)).rejects.toThrow(message);
  });

  test('passes on the error of its source and ends a source that is no longer wanted', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(16);
      throw new Error('The lamp went out.');
    }
    await expect(encode({ width: 4, height: 4 }, failing())).rejects.toThrow('The lamp went out.');
    let isEnded = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield picture(64, 64);
      } finally {
        isEnded = true;
      }
    }
    for await (const piece of encodePng({ width: 64, height: 1_000_000 }, endless())) {
      if (piece.length > 100) break;
    }
    expect(isEnded).toBe(true);
  });
});
