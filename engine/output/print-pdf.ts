import type { Box } from '../base/box.ts';
import type { GraphMap } from '../map/graph-map.ts';
import { drawBands } from './bands.ts';
import { cropMarks } from './crop-marks.ts';
import type { Drawing } from './drawing.ts';
import { type OverlayPage, overlayDocument, pageElement } from './overlay.ts';
import { type Paper, type PrintSheet, pixelsOf, pointsOf, sheetPixels } from './paper.ts';
import { type PageBox, type Underlay, underlayPdf } from './pdf.ts';
import { posterMarks, posterPages } from './poster.ts';
import { drawPrint, markGroup, type Print, type PrintOptions, printedPaper, scaledBox, setOnPaper } from './print.ts';

/** How a map is printed as a document. */
export interface PrintPdfOptions extends PrintOptions {
  /** A browser's print: makes a PDF of an HTML document whose CSS says how large its pages are. */
  readonly print: (html: string) => Promise<Uint8Array>;
  /** Pages that the sheet is put together from (default: one page). */
  readonly split?: Paper | undefined;
}

/**
 * A map on paper as the bytes of a PDF, in pieces: the base map as pictures at full resolution, lines and text over it as
 * vectors.
 *
 * @throws DeviceError where maps cannot be drawn.
 */
export function printPdf(made: GraphMap, sheet: PrintSheet, options: PrintPdfOptions): AsyncGenerator<Uint8Array> {
  const { split, onProgress } = options;
  const print = setOnPaper(made, sheet, options);
  const { page, pages } = split === undefined ? onePage(sheet) : posterPages(sheet, { paper: split });
  return drawPrint(print, 'base', options, async function* (drawing) {
    const overlay = await overlayPages(print, sheet, drawing, options);
    const document = await options.print(overlayDocument(print.map.title, overlay));
    const parts = pages.map(({ part }) => pixelBox(part, sheet));
    const underlays = pages.map(({ place }, k): Underlay => {
      const { minX: x, minY: y, maxX, maxY } = parts[k];
      const picture = { width: maxX - x, height: maxY - y };
      const rows = drawBands(picture, (tile) => drawing.tile({ ...tile, x: tile.x + x, y: tile.y + y }), {
        onTile: (done, total) => onProgress?.((k + done / total) / parts.length),
      });
      return split === undefined
        ? { picture, rows, trim: trimOf(sheet) }
        : { picture, rows, place: pageBox(place, page.height) };
    });
    yield* underlayPdf(document, underlays);
  });
}

/**
 * What stands over the picture of a sheet, for a browser's own print: one SVG element of the printed paper's size with
 * annotations, names, legend and crop marks as vectors, and beneath them `picture`, the address of what `printPng` makes
 * of the layers `base`. Runs where there is a canvas, unless `open` draws elsewhere.
 *
 * @throws DeviceError where maps cannot be drawn.
 */
export async function printOverlay(
  made: GraphMap,
  sheet: PrintSheet,
  { picture, ...options }: PrintOptions & { readonly picture: string },
): Promise<string> {
  const print = setOnPaper(made, sheet, options);
  const elements = drawPrint(print, 'base', options, async function* (drawing) {
    const [page] = await overlayPages(print, sheet, drawing, options);
    yield pageElement({ ...page, picture });
  });
  let element = '';
  for await (const piece of elements) element += piece;
  return element;
}

async function overlayPages(
  { map, view }: Print,
  sheet: PrintSheet,
  drawing: Drawing,
  { split, onMissing }: Pick<PrintPdfOptions, 'split' | 'onMissing'>,
): Promise<OverlayPage[]> {
  const { page, pages } = split === undefined ? onePage(sheet) : posterPages(sheet, { paper: split });
  const perMillimetre = view.width / printedPaper(sheet).width;
  const regions = pages.map(({ part }) => scaledBox(part, perMillimetre));
  const text = await drawing.text(regions);
  onMissing?.(text.missing);
  const marks = markGroup(cropMarks(sheet, map.palette), perMillimetre);
  return pages.map((one, k) => {
    const shown = { ...page, elements: text.pieces[k] + marks, region: regions[k], place: one.place };
    if (split === undefined) return { ...shown, marks: [] };
    const name = { text: `${one.name}  ${map.title}`, x: one.place.minX + 12, y: one.place.minY - 2 };
    return { ...shown, marks: posterMarks(one, map.palette), words: [name] };
  });
}

/** The whole sheet as the only page. */
function onePage(sheet: PrintSheet): ReturnType<typeof posterPages> {
  const page = printedPaper(sheet);
  const all = { minX: 0, minY: 0, maxX: page.width, maxY: page.height };
  return { page, pages: [{ name: '', part: all, place: all, cut: all }] };
}

/** A part of the sheet in whole pixels of it. */
function pixelBox(part: Box, sheet: PrintSheet): Box {
  const { width, height } = sheetPixels(sheet);
  return {
    minX: pixelsOf(part.minX, sheet.dpi),
    minY: pixelsOf(part.minY, sheet.dpi),
    maxX: Math.min(width, pixelsOf(part.maxX, sheet.dpi)),
    maxY: Math.min(height, pixelsOf(part.maxY, sheet.dpi)),
  };
}

/** A box on a page of that height, millimetres from its top left, as PDF counts. */
function pageBox({ minX, minY, maxX, maxY }: Box, height: number): PageBox {
  return [pointsOf(minX), pointsOf(height - maxY), pointsOf(maxX), pointsOf(height - minY)];
}

function trimOf({ paper, bleed }: PrintSheet): PageBox {
  return [pointsOf(bleed), pointsOf(bleed), pointsOf(bleed + paper.width), pointsOf(bleed + paper.height)];
}
