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
  /** Where a blade goes on the page: in the middle of what it shares with a neighbour, else along the sheet's own edge. */
  readonly cut: Box;
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
    const place = { minX: margin, minY: margin, maxX: margin + partWidth, maxY: margin + partHeight };
    const shared = (hasNeighbour: boolean): number => (hasNeighbour ? overlap / 2 : 0);
    const cut = {
      minX: place.minX + shared(column > 0),
      minY: place.minY + shared(row > 0),
      maxX: place.maxX - shared(column + 1 < columns),
      maxY: place.maxY - shared(row + 1 < rows),
    };
    return { name: `${rowName(row)}${column + 1}`, part, place, cut };
  });
  return { page, pages };
}

/** A to Z, then AA, AB, … */
function rowName(row: number): string {
  return (row >= 26 ? rowName(Math.floor(row / 26) - 1) : '') + String.fromCharCode(65 + (row % 26));
}

/** Ticks in a page's white margin where a blade goes. */
export function posterMarks({ place, cut }: PosterPage, palette: Palette): CropMark[] {
  const [half, length, gap] = [0.1, 5, 1];
  const boxes: Box[] = [
    ...[cut.minX, cut.maxX].flatMap((x) => [
      { minX: x - half, maxX: x + half, minY: place.minY - gap - length, maxY: place.minY - gap },
      { minX: x - half, maxX: x + half, minY: place.maxY + gap, maxY: place.maxY + gap + length },
    ]),
    ...[cut.minY, cut.maxY].flatMap((y) => [
      { minX: place.minX - gap - length, maxX: place.minX - gap, minY: y - half, maxY: y + half },
      { minX: place.maxX + gap, maxX: place.maxX + gap + length, minY: y - half, maxY: y + half },
    ]),
  ];
  return boxes.map((box) => ({ box, color: palette.name === 'dark' ? 0x333333 : palette.label }));
}
