import type { Box } from '../base/box.ts';
import type { Palette } from '../map/palettes.ts';
import type { CropMark } from './crop-marks.ts';
import type { Paper, PrintSheet } from './paper.ts';

/** One page of a poster that is put together from pages. */
export interface PosterPage {
  /** Row and column as a letter and a number, from the top left: A1, A2, …, B1, … */
  readonly name: string;
  /** What of the printed sheet it shows, and where that lies on the page: millimetres. */
  readonly part: Box;
  readonly place: Box;
}

/** How a sheet is cut into pages. Millimetres. */
export interface PosterOptions {
  readonly paper: Paper;
  /** What printers leave white at a page's edges (default 8). */
  readonly margin?: number | undefined;
  /** What neighbours have in common, to be glued on each other (default 10). */
  readonly overlap?: number | undefined;
}

/** A sheet's pages, row by row, upright or across, whichever takes fewer; and the page that they all have. */
export function posterPages(
  sheet: PrintSheet,
  { paper, margin = 8, overlap = 10 }: PosterOptions,
): { readonly page: Paper; readonly pages: readonly PosterPage[] } {
  const width = sheet.paper.width + 2 * sheet.bleed;
  const height = sheet.paper.height + 2 * sheet.bleed;
  const countOf = (length: number, side: number): number =>
    Math.max(1, Math.ceil((length - overlap) / (side - 2 * margin - overlap)));
  const across = { width: paper.height, height: paper.width };
  const pagesOn = (page: Paper): number => countOf(width, page.width) * countOf(height, page.height);
  const page = pagesOn(across) < pagesOn(paper) ? across : paper;
  const columns = countOf(width, page.width);
  const rows = countOf(height, page.height);
  const inner = { width: page.width - 2 * margin, height: page.height - 2 * margin };
  const pages = Array.from({ length: rows * columns }, (_, k): PosterPage => {
    const [row, column] = [Math.floor(k / columns), k % columns];
    const [minX, minY] = [column * (inner.width - overlap), row * (inner.height - overlap)];
    const part = { minX, minY, maxX: Math.min(width, minX + inner.width), maxY: Math.min(height, minY + inner.height) };
    const [partWidth, partHeight] = [part.maxX - minX, part.maxY - minY];
    return {
      name: `${rowName(row)}${column + 1}`,
      part,
      place: { minX: margin, minY: margin, maxX: margin + partWidth, maxY: margin + partHeight },
    };
  });
  return { page, pages };
}

/** A to Z, then AA, AB, … */
function rowName(row: number): string {
  return (row >= 26 ? rowName(Math.floor(row / 26) - 1) : '') + String.fromCharCode(65 + (row % 26));
}

/** Ticks in a page's white margin where its neighbours begin: the middle of the overlap, where a blade goes. */
export function posterMarks({ place }: PosterPage, palette: Palette, overlap = 10): CropMark[] {
  const [half, length, gap] = [0.1, 5, 1];
  const xs = [place.minX + overlap / 2, place.maxX - overlap / 2];
  const ys = [place.minY + overlap / 2, place.maxY - overlap / 2];
  const boxes: Box[] = [
    ...xs.flatMap((x) => [
      { minX: x - half, maxX: x + half, minY: place.minY - gap - length, maxY: place.minY - gap },
      { minX: x - half, maxX: x + half, minY: place.maxY + gap, maxY: place.maxY + gap + length },
    ]),
    ...ys.flatMap((y) => [
      { minX: place.minX - gap - length, maxX: place.minX - gap, minY: y - half, maxY: y + half },
      { minX: place.maxX + gap, maxX: place.maxX + gap + length, minY: y - half, maxY: y + half },
    ]),
  ];
  return boxes.map((box) => ({ box, color: palette.name === 'dark' ? 0x333333 : palette.label }));
}
