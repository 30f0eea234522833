import type { Box } from '../../base/box.ts';
import type { GraphMap } from '../../map/graph-map.ts';
import type { View } from '../../map/view.ts';
import { drawBands } from '../../output/bands.ts';
import { cropMarks, withCropMarks } from '../../output/crop-marks.ts';
import { markElements, type OverlayPage, overlayDocument } from '../../output/overlay.ts';
import { insetOf, type Paper, type PrintSheet, pixelsOf, pointsOf, sheetPixels } from '../../output/paper.ts';
import { type PageBox, type Underlay, underlayPdf } from '../../output/pdf.ts';
import { encodePng } from '../../output/png.ts';
import { posterMarks, posterPages } from '../../output/poster.ts';
import { writeSvg } from '../../output/svg.ts';
import type { Drawing, Headless } from '../headless.ts';
import type { VectorText } from '../headless-page.ts';
import type { Run } from '../run.ts';
import { count } from '../terminal.ts';

/** What is printed: a map in its paper's type, where it lies on the sheet. */
export interface Print {
  readonly map: GraphMap;
  readonly view: View;
  readonly sheet: PrintSheet;
  readonly hasLegend: boolean;
  /** The pages that the sheet is put together from; undefined for one. */
  readonly split?: Paper | undefined;
  readonly headless: Headless;
}

/** Writes a print as a file, in pieces. */
export type PrintWriter = (run: Run, print: Print) => AsyncIterable<Uint8Array>;

/** A picture: everything in pixels. */
export async function* printPng(run: Run, print: Print): AsyncGenerator<Uint8Array> {
  const { map, sheet } = print;
  const drawing = await open(print, 'all');
  tellMissing(run, await drawing.text([]));
  const rows = drawBands(drawing, drawing.tile, { onTile: telling(run) });
  const marked = withCropMarks(rows, drawing.width, cropMarks(sheet, map.palette), sheet.dpi);
  yield* encodePng({ ...drawing, pixelsPerMetre: sheet.dpi / 0.0254 }, marked);
}

/** A document: the base map as pictures at full resolution, lines and text over it as vectors. */
export async function* printPdf(run: Run, print: Print): AsyncGenerator<Uint8Array> {
  const { map, view, sheet, split, headless } = print;
  const drawing = await open(print, 'base');
  const { page, pages } = split === undefined ? onePage(sheet) : posterPages(sheet, { paper: split });
  const perMillimetre = view.width / (sheet.paper.width + 2 * sheet.bleed);
  const regions = pages.map(({ part }) => scaled(part, perMillimetre));
  const text = await drawing.text(regions);
  tellMissing(run, text);
  const marks = markGroup(cropMarks(sheet, map.palette), perMillimetre);
  const overlay = pages.map((one, k): OverlayPage => {
    const isPart = split !== undefined;
    return {
      ...page,
      elements: text.pieces[k] + marks,
      region: regions[k],
      place: one.place,
      marks: isPart ? posterMarks(one, map.palette) : [],
      words: isPart ? [{ text: `${one.name}  ${map.title}`, x: one.place.minX + 12, y: one.place.minY - 2 }] : [],
    };
  });
  const document = await headless.print(overlayDocument(map.title, overlay));
  const parts = pages.map(({ part }) => pixelBox(part, sheet));
  const tell = telling(run, parts.length);
  const underlays = pages.map(({ place }, k): Underlay => {
    const { minX: x, minY: y, maxX, maxY } = parts[k];
    const picture = { width: maxX - x, height: maxY - y };
    const rows = drawBands(picture, (tile) => drawing.tile({ ...tile, x: tile.x + x, y: tile.y + y }), {
      onTile: (done, total) => tell(done, total, k),
    });
    return split === undefined
      ? { picture, rows, trim: trimOf(sheet) }
      : { picture, rows, place: pageBox(place, page.height) };
  });
  yield* underlayPdf(document, underlays);
}

/** A drawing: all as vectors but for the relief. */
export async function* printSvg(run: Run, print: Print): AsyncGenerator<Uint8Array> {
  const { map, view, sheet } = print;
  const drawing = await open(print, 'relief');
  const text = await drawing.text([{ minX: 0, minY: 0, maxX: view.width, maxY: view.height }]);
  tellMissing(run, text);
  const width = sheet.paper.width + 2 * sheet.bleed;
  const height = sheet.paper.height + 2 * sheet.bleed;
  const marks = markGroup(cropMarks(sheet, map.palette), view.width / width);
  const relief = map.settings.relief.show ? base64(encodePng(drawing, drawBands(drawing, drawing.tile))) : undefined;
  const encoder = new TextEncoder();
  const pieces = writeSvg({ map, view, width, height, relief, over: text.pieces[0] + marks });
  for await (const piece of pieces) yield encoder.encode(piece);
}

/** A relief's hills are smooth: so many pixels across show all of it, and readers of SVG refuse pictures beyond 10 MB. */
const reliefSide = 2000;

function open({ map, view, sheet, hasLegend, headless }: Print, layers: 'all' | 'base' | 'relief'): Promise<Drawing> {
  const pixelRatio =
    layers === 'relief' ? Math.min(view.pixelRatio, reliefSide / Math.max(view.width, view.height)) : view.pixelRatio;
  return headless.open(map, { ...view, pixelRatio }, { legend: hasLegend, inset: insetOf(sheet), layers });
}

function telling(run: Run, parts = 1): (done: number, total: number, part?: number) => void {
  return (done, total, part = 0) => {
    const share = (part + done / total) / parts;
    run.onProgress({ stage: 'print', done: Math.round(1000 * share) / 10, total: 100 });
  };
}

/** The whole sheet as the only page. */
function onePage({ paper, bleed }: PrintSheet): ReturnType<typeof posterPages> {
  const page = { width: paper.width + 2 * bleed, height: paper.height + 2 * bleed };
  const all = { minX: 0, minY: 0, maxX: page.width, maxY: page.height };
  return { page, pages: [{ name: '', part: all, place: all, cut: all }] };
}

function scaled({ minX, minY, maxX, maxY }: Box, scale: number): Box {
  return { minX: minX * scale, minY: minY * scale, maxX: maxX * scale, maxY: maxY * scale };
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

function markGroup(marks: Parameters<typeof markElements>[0], scale: number): string {
  return marks.length === 0 ? '' : `<g transform="scale(${scale})">\n${markElements(marks)}</g>\n`;
}

function tellMissing(run: Run, { missing }: VectorText): void {
  for (const { script, texts } of missing) {
    const advice = 'install one, such as a Noto font, or they are printed as empty boxes';
    run.terminal.warn(`No font on this machine has the ${script} characters of ${count(texts, 'label')}: ${advice}.`);
  }
}

/** Bytes as base 64, in pieces. */
async function* base64(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const piece of bytes) {
    const all = Buffer.concat([rest, piece]);
    const whole = all.length - (all.length % 3);
    yield all.toString('base64', 0, whole);
    rest = all.subarray(whole);
  }
  yield rest.toString('base64');
}
