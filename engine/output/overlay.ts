import type { Box } from '../base/box.ts';
import type { CropMark } from './crop-marks.ts';
import { content, hex, short } from './svg-text.ts';

/** What stands over the picture of one page. */
export interface OverlayPage {
  /** The page, millimetres. */
  readonly width: number;
  readonly height: number;
  /** SVG elements in CSS pixels of the drawing, what of the drawing is shown, and where on the page, millimetres. */
  readonly elements: string;
  readonly region: Box;
  readonly place: Box;
  /** The address of the picture beneath the elements, all over the page. */
  readonly picture?: string | undefined;
  /** Marks and words around it, millimetres. */
  readonly marks: readonly CropMark[];
  readonly words?: readonly PageWord[] | undefined;
}

/** A word beside the map on its page: millimetres of its left end, 3 mm high. */
export interface PageWord {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** Marks as SVG, in millimetres. */
export function markElements(marks: readonly CropMark[]): string {
  const parts = marks.map(({ box: { minX, minY, maxX, maxY }, color }) => {
    const size = `width="${short(maxX - minX)}" height="${short(maxY - minY)}"`;
    return `<rect x="${short(minX)}" y="${short(minY)}" ${size} fill="${hex(color)}"/>`;
  });
  return `${parts.join('\n')}\n`;
}

/** Pages as a document that a browser prints as PDF; text stays text. */
export function overlayDocument(title: string, pages: readonly OverlayPage[]): string {
  const [{ width, height }] = pages;
  const page = `width:${width}mm;height:${height}mm`;
  const style = `@page{size:${width}mm ${height}mm;margin:0}body{margin:0}svg.page{display:block;${page};break-after:page}svg.page:last-child{break-after:auto}`;
  const body = pages.map(pageElement).join('\n');
  return `<!doctype html><html><head><meta charset="utf-8"><title>${content(title)}</title><style>${style}</style></head><body>${body}</body></html>`;
}

/** A page as an SVG element of its size. */
export function pageElement({
  width,
  height,
  elements,
  region,
  place,
  picture,
  marks,
  words = [],
}: OverlayPage): string {
  const base =
    picture === undefined
      ? ''
      : `<image href="${content(picture)}" width="${width}" height="${height}" preserveAspectRatio="none"/>`;
  const at = `x="${place.minX}" y="${place.minY}" width="${place.maxX - place.minX}" height="${place.maxY - place.minY}"`;
  const shown = `${region.minX} ${region.minY} ${region.maxX - region.minX} ${region.maxY - region.minY}`;
  const lines = words.map(({ text, x, y }) => `<text x="${short(x)}" y="${short(y)}">${content(text)}</text>`);
  return (
    `<svg class="page" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${base}` +
    `<svg ${at} viewBox="${shown}" preserveAspectRatio="none" overflow="hidden">\n${elements}</svg>\n` +
    `${markElements(marks)}<g font-family="sans-serif" font-size="3" fill="#555">${lines.join('')}</g></svg>`
  );
}
