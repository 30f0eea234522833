import { expect, test } from 'vitest';
import { lightPalette } from '../../engine/map/palettes.ts';
import { cropMarks, withCropMarks } from '../../engine/output/crop-marks.ts';

const sheet = { paper: { width: 100, height: 60 }, bleed: 8, margin: 5, dpi: 254 };

test('crop marks lie in the bleed, on the lines of the cut, and never on the paper', () => {
  const marks = cropMarks(sheet, lightPalette);
  expect(marks).toHaveLength(16);
  for (const { box } of marks) {
    expect(box.minX).toBeGreaterThanOrEqual(0);
    expect(box.maxX).toBeLessThanOrEqual(116);
    expect(box.minY).toBeGreaterThanOrEqual(0);
    expect(box.maxY).toBeLessThanOrEqual(76);
    const isBeyond = box.maxX < 8 || box.minX > 108 || box.maxY < 8 || box.minY > 68;
    expect(isBeyond).toBe(true);
  }
  const middles = new Set(marks.map(({ box }) => (box.minX + box.maxX) / 2));
  for (const edge of [8, 108]) expect(middles).toContain(edge);
  expect(cropMarks({ ...sheet, bleed: 1 }, lightPalette)).toEqual([]);
});

test('painted into bands they are the same whatever the bands', async () => {
  const [width, height] = [1160, 760];
  const paint = async (rows: number) => {
    async function* bands() {
      for (let y = 0; y < height; y += rows) yield new Uint8Array(4 * width * Math.min(rows, height - y)).fill(200);
    }
    const parts: Uint8Array[] = [];
    for await (const band of withCropMarks(bands(), width, cropMarks(sheet, lightPalette), 254)) parts.push(band);
    return Buffer.concat(parts);
  };
  const whole = await paint(height);
  expect((await paint(33)).equals(whole)).toBe(true);
  const at = (x: number, y: number) => whole[4 * (y * width + x)];
  // At 254 dpi a tenth of a millimetre is a pixel: the cut is at 80, its mark from 0 to 70 away from the corner.
  expect(at(80, 30)).toBe(lightPalette.label >> 16);
  expect(at(30, 80)).toBe(lightPalette.label >> 16);
  expect(at(80, 75)).toBe(200);
  expect(at(80, 100)).toBe(200);
});
