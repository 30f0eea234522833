import fc from 'fast-check';
import { PMTiles, type Source, tileIdToZxy, zxyToTileId } from 'pmtiles';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { type ArchivedTile, planPmtiles } from '../../engine/output/pmtiles.ts';
import { deepestZoom, type TileAddress, tileIdOf } from '../../engine/output/tiles/tile-id.ts';

const address = fc.integer({ min: 0, max: deepestZoom }).chain((z) =>
  fc.record({
    z: fc.constant(z),
    x: fc.integer({ min: 0, max: 2 ** z - 1 }),
    y: fc.integer({ min: 0, max: 2 ** z - 1 }),
  }),
);

const header = {
  format: 'png',
  bounds: [-180, -85.0511288, 180, 85.0511288],
  metadata: { name: 'Łódź 地図' },
} as const;
const keyOf = ({ z, x, y }: TileAddress) => `${z}/${x}/${y}`;

/** The archive's bytes, and a reader of them that counts what is asked for. */
async function archiveOf(tiles: readonly ArchivedTile[], contents: readonly Uint8Array[]) {
  const { head, order } = await planPmtiles(
    header,
    tiles,
    contents.map(({ length }) => length),
  );
  const bytes = Buffer.concat([head, ...order.map((content) => contents[content])]);
  const asked: [offset: number, length: number][] = [];
  const source: Source = {
    getKey: () => 'memory',
    async getBytes(offset, length) {
      asked.push([offset, length]);
      return { data: Uint8Array.from(bytes.subarray(offset, offset + length)).buffer };
    },
  };
  return { bytes, archive: new PMTiles(source), asked };
}

/** Every tile of the zooms from 0. */
function pyramid(maxZoom: number, contentOf: (tile: TileAddress, index: number) => number): ArchivedTile[] {
  const addresses = Array.from({ length: maxZoom + 1 }, (_, z) =>
    Array.from({ length: 4 ** z }, (_, i) => ({ z, x: i % 2 ** z, y: Math.floor(i / 2 ** z) })),
  ).flat();
  return addresses.map((tile, index) => ({ ...tile, content: contentOf(tile, index) }));
}

describe('tileIdOf', () => {
  test('numbers tiles as the reference does', () => {
    fc.assert(
      fc.property(address, (tile) => {
        const id = tileIdOf(tile);
        expect(id).toBe(zxyToTileId(tile.z, tile.x, tile.y));
        expect(tileIdToZxy(id)).toEqual([tile.z, tile.x, tile.y]);
      }),
    );
  });

  test('refuses what lies outside the pyramid', () => {
    for (const [z, x, y] of [
      [0, 1, 0],
      [2, 0, 4],
      [-1, 0, 0],
      [27, 0, 0],
      [3, 0.5, 0],
    ]) {
      expect(() => tileIdOf({ z, x, y })).toThrow(`There is no tile ${z}/${x}/${y}`);
    }
  });
});

describe('planPmtiles', () => {
  test('gives an archive from which every tile is read back, and no other', async () => {
    const contents = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 6 });
    const tiles = fc.uniqueArray(address, { selector: keyOf, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(tiles, contents, address, fc.infiniteStream(fc.nat()), async (some, bytes, other, picks) => {
        const archived = some.map((tile) => ({ ...tile, content: Number(picks.next().value) % bytes.length }));
        const { archive } = await archiveOf(archived, bytes);
        for (const { z, x, y, content } of archived) {
          const tile = await archive.getZxy(z, x, y);
          expect(tile && new Uint8Array(tile.data)).toEqual(bytes[content]);
        }
        if (!some.some((tile) => keyOf(tile) === keyOf(other))) {
          expect(await archive.getZxy(other.z, other.x, other.y)).toBeUndefined();
        }
      }),
      { numRuns: 60 },
    );
  });

  test('says what it holds', async () => {
    const tiles = pyramid(3, ({ x }) => (x < 4 ? 0 : 1));
    const { archive, bytes } = await archiveOf(tiles, [new Uint8Array(10), new Uint8Array(20)]);
    expect(await archive.getHeader()).toMatchObject({
      specVersion: 3,
      numAddressedTiles: 85,
      numTileContents: 2,
      clustered: true,
      tileType: 2,
      minZoom: 0,
      maxZoom: 3,
      minLon: -180,
      maxLat: 85.0511288,
      tileDataLength: 30,
    });
    expect(await archive.getMetadata()).toEqual(header.metadata);
    expect(bytes.length).toBeLessThan(400);
  });

  test('keeps equal tiles in a row as one entry', async () => {
    const { archive } = await archiveOf(
      pyramid(6, () => 0),
      [new Uint8Array(10)],
    );
    expect(await archive.getHeader()).toMatchObject({ numAddressedTiles: 5461, numTileEntries: 1, numTileContents: 1 });
  });

  test('moves entries into leaves where the first 16 KiB would not hold them, with contents in Hilbert order', async () => {
    const tiles = pyramid(7, (_, index) => index);
    // Lengths without a pattern, so that directories do not compress to nothing.
    const random = createRandom(1);
    const contents = tiles.map((_, i) => new Uint8Array(1 + Math.floor(250 * random())).fill(i % 256));
    const { archive, asked } = await archiveOf(tiles, contents);
    const found = await archive.getHeader();
    expect(found.rootDirectoryOffset + found.rootDirectoryLength).toBeLessThanOrEqual(16_384);
    expect(found.leafDirectoryLength).toBeGreaterThan(16_384);
    const inOrder = tiles.filter((_, i) => i % 97 === 0).sort((a, b) => tileIdOf(a) - tileIdOf(b));
    for (const { z, x, y, content } of inOrder) {
      const tile = await archive.getZxy(z, x, y);
      expect(tile && new Uint8Array(tile.data)).toEqual(contents[content]);
    }
    const offsets = asked.map(([offset]) => offset).filter((offset) => offset >= found.tileDataOffset);
    expect(offsets.length).toBe(inOrder.length);
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
  });

  test('does not depend on the order in which tiles come', async () => {
    const tiles = pyramid(4, (_, index) => index % 5);
    const contents = Array.from({ length: 5 }, (_, i) => new Uint8Array(10 + i).fill(i));
    const [one, other] = [await archiveOf(tiles, contents), await archiveOf([...tiles].reverse(), contents)];
    expect(other.bytes.equals(one.bytes)).toBe(true);
  });
});
