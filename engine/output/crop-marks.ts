import type { Box } from '../base/box.ts';
import type { Color, Palette } from '../map/palettes.ts';
import { type PrintSheet, pixelsOf } from './paper.ts';

/** A filled box that tells where to cut: millimetres from the printed sheet's top left. */
export interface CropMark {
  readonly box: Box;
  readonly color: Color;
}

const lineWidth = 0.2;
const rimWidth = 0.6;
const gap = 1;
const longest = 10;

/**
 * Two lines beyond each corner of the paper, in the bleed, on a rim that shows them on any ground; none where the bleed is
 * under 2 mm.
 */
export function cropMarks({ paper, bleed }: PrintSheet, palette: Palette): CropMark[] {
  if (bleed < 2 * gap) return [];
  const reach = Math.min(longest, bleed - gap);
  const boxes = (width: number): Box[] => {
    const half = width / 2;
    const lines: Box[] = [];
    for (const x of [bleed, bleed + paper.width]) {
      for (const [from, to] of [
        [bleed - gap - reach, bleed - gap],
        [bleed + paper.height + gap, bleed + paper.height + gap + reach],
      ]) {
        lines.push({ minX: x - half, maxX: x + half, minY: from, maxY: to });
      }
    }
    for (const y of [bleed, bleed + paper.height]) {
      for (const [from, to] of [
        [bleed - gap - reach, bleed - gap],
        [bleed + paper.width + gap, bleed + paper.width + gap + reach],
      ]) {
        lines.push({ minX: from, maxX: to, minY: y - half, maxY: y + half });
      }
    }
    return lines;
  };
  return [
    ...boxes(rimWidth).map((box) => ({ box, color: palette.paper })),
    ...boxes(lineWidth).map((box) => ({ box, color: palette.label })),
  ];
}

/** Paints the marks into a picture that goes by in bands of rows. */
export async function* withCropMarks(
  bands: AsyncIterable<Uint8Array>,
  width: number,
  marks: readonly CropMark[],
  dpi: number,
): AsyncGenerator<Uint8Array> {
  let row = 0;
  for await (const band of bands) {
    for (const mark of marks) fillInto(band, width, row, mark, dpi);
    row += band.length / (4 * width);
    yield band;
  }
}

/** Writes into `band`, whose first row is `firstRow` of the picture. A line is a pixel wide at least. */
function fillInto(band: Uint8Array, width: number, firstRow: number, { box, color }: CropMark, dpi: number): void {
  const [left, top] = [pixelsOf(box.minX, dpi), pixelsOf(box.minY, dpi)];
  const right = Math.min(width, Math.max(left + 1, pixelsOf(box.maxX, dpi)));
  const bottom = Math.max(top + 1, pixelsOf(box.maxY, dpi));
  const end = Math.min(bottom, firstRow + band.length / (4 * width));
  for (let y = Math.max(top, firstRow); y < end; y++) {
    for (let x = left; x < right; x++) {
      const at = 4 * ((y - firstRow) * width + x);
      band[at] = color >> 16;
      band[at + 1] = (color >> 8) & 255;
      band[at + 2] = color & 255;
      band[at + 3] = 255;
    }
  }
}
