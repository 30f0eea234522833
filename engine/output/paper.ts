import type { Box } from '../base/box.ts';
import { IsthmusError } from '../base/errors.ts';
import { fitView, type View } from '../map/view.ts';

/** A sheet of paper, millimetres. */
export interface Paper {
  readonly width: number;
  readonly height: number;
}

/** How a map is set on paper. All lengths are millimetres. */
export interface PrintSheet {
  /** The paper after it has been cut. */
  readonly paper: Paper;
  /** What is printed beyond each edge, to be cut off. */
  readonly bleed: number;
  /** What is left free of names and legend inside each edge; the relief goes on beneath. */
  readonly margin: number;
  readonly dpi: number;
}

const millimetresPerInch = 25.4;
const cssPixelsPerInch = 96;

/** ISO 216 and the usual American sizes, upright. */
const named: Readonly<Record<string, Paper>> = {
  A0: { width: 841, height: 1189 },
  A1: { width: 594, height: 841 },
  A2: { width: 420, height: 594 },
  A3: { width: 297, height: 420 },
  A4: { width: 210, height: 297 },
  A5: { width: 148, height: 210 },
  LETTER: { width: 215.9, height: 279.4 },
  TABLOID: { width: 279.4, height: 431.8 },
};

const smallest = 20;
const largest = 20_000;

/**
 * The paper of that name (A0 to A5, letter, tabloid; upright) or size (`WxHmm`, `WxHcm`, `WxHin`).
 *
 * @throws UsageError for anything else, or a side under 20 mm or over 20 m.
 */
export function paperOf(text: string): Paper {
  const known = named[text.trim().toUpperCase()];
  if (known !== undefined) return known;
  const size = /^([\d.]+)\s*[x×*]\s*([\d.]+)\s*(mm|cm|in)$/i.exec(text.trim());
  const unit = { mm: 1, cm: 10, in: millimetresPerInch }[size?.[3].toLowerCase() ?? 'mm'] ?? 1;
  const paper = { width: Number(size?.[1]) * unit, height: Number(size?.[2]) * unit };
  const isFine = Object.values(paper).every((side) => side >= smallest && side <= largest);
  if (isFine) return paper;
  throw new IsthmusError(
    'UsageError',
    `Paper is A0 to A5, letter, tabloid or a size such as 500x700mm with sides of ${smallest} mm to ${largest / 1000} m, but "${text}" came.`,
  );
}

/** Pixels of a length in millimetres. */
export function pixelsOf(millimetres: number, dpi: number): number {
  return Math.round((millimetres / millimetresPerInch) * dpi);
}

/** Points (1/72 inch) of a length in millimetres. */
export function pointsOf(millimetres: number): number {
  return (millimetres / millimetresPerInch) * 72;
}

/** The printed sheet, bleed included, in whole pixels. */
export function sheetPixels({ paper, bleed, dpi }: PrintSheet): { readonly width: number; readonly height: number } {
  return { width: pixelsOf(paper.width + 2 * bleed, dpi), height: pixelsOf(paper.height + 2 * bleed, dpi) };
}

/**
 * The view of a map on such a sheet: `box` fills what margin, bleed and what is `taken` leave. A CSS pixel is 1/96 inch, so
 * that sizes of text and lines are the same on paper whatever the resolution.
 */
export function viewOnPaper(box: Box, sheet: PrintSheet, taken: Taken = {}): View {
  const { above = 0, below = 0, left = 0 } = taken;
  const pixelRatio = sheet.dpi / cssPixelsPerInch;
  const pixels = sheetPixels(sheet);
  const [width, height] = [pixels.width / pixelRatio, pixels.height / pixelRatio];
  const size = { width: width - left, height: height - above - below, pixelRatio };
  const { x, y, unitsPerPixel } = fitView(box, size, insetOf(sheet));
  const [right, up] = [(-left / 2) * unitsPerPixel, ((above - below) / 2) * unitsPerPixel];
  return { x: x + right, y: y + up, unitsPerPixel, width, height, pixelRatio };
}

/** What of a sheet is kept from the map for its title and legend: CSS pixels inside its margin. */
export interface Taken {
  readonly above?: number;
  readonly below?: number;
  readonly left?: number;
}

/** How far margin and bleed reach into the printed sheet, CSS pixels. */
export function insetOf({ bleed, margin }: PrintSheet): number {
  return ((bleed + margin) / millimetresPerInch) * cssPixelsPerInch;
}
