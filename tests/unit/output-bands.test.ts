import { expect, test } from 'vitest';
import { drawBands } from '../../engine/output/bands.ts';
import type { Tile } from '../../engine/render/frame.ts';

/** A picture in which every pixel tells where it is. */
function drawTile({ x, y, width, height }: Tile): Uint8Array {
  return Uint8Array.from({ length: 4 * width * height }, (_, i) => {
    const pixel = i >> 2;
    return [x + (pixel % width), y + Math.floor(pixel / width), 7, 255][i % 4];
  });
}

async function drawn(bands: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const band of bands) parts.push(band);
  return Buffer.concat(parts);
}

test('bands of tiles of any size are the picture', async () => {
  const size = { width: 37, height: 23 };
  const whole = Buffer.from(drawTile({ x: 0, y: 0, ...size }));
  for (const [tileWidth, tileHeight] of [
    [37, 23],
    [10, 7],
    [64, 1],
    [1, 64],
  ]) {
    const calls: [number, number][] = [];
    const onTile = (done: number, total: number) => calls.push([done, total]);
    expect(await drawn(drawBands(size, drawTile, { tileWidth, tileHeight, onTile }))).toEqual(whole);
    const total = Math.ceil(37 / tileWidth) * Math.ceil(23 / tileHeight);
    expect(calls).toEqual(Array.from({ length: total }, (_, i) => [i + 1, total]));
  }
});

test('one tile is drawn ahead, and no more', async () => {
  let begun = 0;
  const draw = async (tile: Tile) => {
    begun++;
    return drawTile(tile);
  };
  const bands = drawBands({ width: 4, height: 100 }, draw, { tileWidth: 4, tileHeight: 10 });
  await bands.next();
  expect(begun).toBe(2);
  await bands.next();
  expect(begun).toBe(3);
  await bands.return(undefined);
});

test('a tile that fails is heard, wherever the reader is', async () => {
  const draw = async (tile: Tile) => {
    if (tile.y === 20) throw new Error('lost');
    return drawTile(tile);
  };
  const bands = drawBands({ width: 4, height: 100 }, draw, { tileWidth: 4, tileHeight: 10 });
  await bands.next();
  await bands.next();
  await expect(bands.next()).rejects.toThrow('lost');
});
