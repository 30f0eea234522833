import { expect, test } from 'vitest';
import { toPixel } from '../../engine/map/view.ts';
import { paperOf, pixelsOf, sheetPixels, viewOnPaper } from '../../engine/output/paper.ts';

test.each([
  ['A0', 841, 1189],
  ['a4', 210, 297],
  ['500x700mm', 500, 700],
  ['60 × 90 cm', 600, 900],
  ['24x36in', 609.6, 914.4],
])('paper %s is %d × %d mm', (text, width, height) => {
  const paper = paperOf(text);
  expect(paper.width).toBeCloseTo(width, 6);
  expect(paper.height).toBeCloseTo(height, 6);
});

test.each(['A9', '', '10x700mm', '500x700', '1..2x3mm', '30000x400mm'])('paper "%s" is refused', (text) => {
  expect(() => paperOf(text)).toThrow(/Paper is A0 to A5/);
});

test('A0 at 300 dpi has the pixels that printers expect, and bleed adds to every edge', () => {
  const sheet = { paper: paperOf('A0'), bleed: 0, margin: 10, dpi: 300 };
  expect(sheetPixels(sheet)).toEqual({ width: 9933, height: 14043 });
  expect(sheetPixels({ ...sheet, bleed: 100 })).toEqual({ width: 12295, height: 16406 });
});

test('the map fills what margin and bleed leave, whatever the resolution', () => {
  const box = { minX: -10, maxX: 30, minY: 0, maxY: 20 };
  for (const dpi of [72, 300]) {
    const view = viewOnPaper(box, { paper: { width: 200, height: 300 }, bleed: 5, margin: 15, dpi });
    const [left] = toPixel(view, -10, 10);
    const [right] = toPixel(view, 30, 10);
    // A pixel of rounding on 72 dpi is a third of a millimetre.
    expect(Math.abs(left * view.pixelRatio - pixelsOf(20, dpi))).toBeLessThanOrEqual(1);
    expect(Math.abs(right * view.pixelRatio - pixelsOf(190, dpi))).toBeLessThanOrEqual(1);
  }
});

test('what a title takes stays free above the map, which lies in the middle of what is left', () => {
  const box = { minX: 0, maxX: 10, minY: 0, maxY: 30 };
  const sheet = { paper: { width: 200, height: 200 }, bleed: 0, margin: 10, dpi: 96 };
  const perMillimetre = 96 / 25.4;
  const view = viewOnPaper(box, sheet, { above: 60 });
  expect(toPixel(view, 5, 30)[1]).toBeCloseTo(10 * perMillimetre + 60, 3);
  expect(toPixel(view, 5, 0)[1]).toBeCloseTo(view.height - 10 * perMillimetre, 3);
  expect(toPixel(view, 5, 0)[0]).toBeCloseTo(view.width / 2, 6);
});
