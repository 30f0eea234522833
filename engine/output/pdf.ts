import { IsthmusError } from '../base/errors.ts';
import { compressRows, type Picture, type PixelRows } from './scanlines.ts';

/** Where a page is to be cut, points from its lower left: x and y of two corners. */
export type PageBox = readonly [left: number, bottom: number, right: number, top: number];

/** What is laid beneath a page. */
export interface Underlay {
  readonly picture: Picture;
  readonly rows: PixelRows;
  /** Where the picture lies on the page (default: all over it). */
  readonly place?: PageBox | undefined;
  /** Where the paper is cut; without it the whole page is the paper. */
  readonly trim?: PageBox | undefined;
}

/**
 * Lays pictures beneath all that is on the pages of a PDF, without loss, with a few rows in memory only. The pages are
 * kept as they are; pictures and changes are appended (an incremental update, ISO 32000-1, 7.5.6).
 *
 * @param overlay a PDF with a plain cross-reference table, as Chromium writes it.
 * @param underlays one a page.
 * @returns the bytes of the new PDF, in pieces.
 * @throws InputError if the overlay is not such a PDF or has other pages, UsageError if rows do not add up to a picture.
 */
export async function* underlayPdf(overlay: Uint8Array, underlays: readonly Underlay[]): AsyncGenerator<Uint8Array> {
  const file = readPdf(overlay);
  const { pages } = file;
  if (pages.length !== underlays.length) refuse(`${underlays.length} pages, not ${pages.length},`);
  const offsets = new Map<number, number>();
  let at = overlay.length;
  const text = (part: string): Uint8Array => {
    const bytes = latin1(part);
    at += bytes.length;
    return bytes;
  };
  const object = (number: number, body: string): Uint8Array => {
    offsets.set(number, at + 1);
    return text(`\n${number} 0 obj\n${body}`);
  };
  yield overlay;
  for (const [k, { picture, rows, place, trim }] of underlays.entries()) {
    const [image, length, content] = [0, 1, 2].map((i) => file.size + 3 * k + i);
    yield object(image, `${imageHead(picture, length)}\nstream\n`);
    const start = at;
    for await (const piece of compressRows({ ...picture, hasAlpha: false }, rows)) {
      at += piece.length;
      yield piece;
    }
    const bytes = at - start;
    yield text('\nendstream\nendobj');
    yield object(length, `${bytes}\nendobj`);
    const [left, bottom, right, top] = place ?? pages[k].mediaBox;
    const paint = `q ${right - left} 0 0 ${top - bottom} ${left} ${bottom} cm /${imageName} Do Q\n`;
    yield object(content, `<</Length ${paint.length}>>\nstream\n${paint}endstream\nendobj`);
    yield object(pages[k].number, `${pageWith(pages[k].body, image, content, trim)}\nendobj\n`);
  }
  const xref = at;
  const entries = [...offsets].map(([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`);
  yield text(`xref\n${entries.join('')}trailer\n`);
  const size = file.size + 3 * underlays.length;
  yield text(`<</Size ${size} /Root ${file.root} ${file.info} /Prev ${file.xref}>>\nstartxref\n${xref}\n%%EOF\n`);
}

const imageName = 'IsthmusBase';

function imageHead({ width, height }: Picture, length: number): string {
  const scanlines = `<</Predictor 15 /Colors 3 /BitsPerComponent 8 /Columns ${width}>>`;
  const pixels = `/Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8`;
  return `<</Type /XObject /Subtype /Image ${pixels} /Filter /FlateDecode /DecodeParms ${scanlines} /Length ${length} 0 R>>`;
}

interface PdfPage {
  readonly number: number;
  readonly body: string;
  readonly mediaBox: PageBox;
}

interface PdfFile {
  /** One more than the highest object number. */
  readonly size: number;
  readonly xref: number;
  readonly root: string;
  /** The trailer's entry for the document's information, or nothing. */
  readonly info: string;
  readonly pages: readonly PdfPage[];
}

function readPdf(bytes: Uint8Array): PdfFile {
  const text = new TextDecoder('latin1').decode(bytes);
  const xref = Number(last(text, /startxref\s+(\d+)\s+%%EOF/g)?.[1]);
  const trailer = last(text, /trailer\s*(<<[\s\S]*?>>)\s*startxref/g)?.[1] ?? refuse('a trailer');
  const size = Number(/\/Size (\d+)/.exec(trailer)?.[1]);
  const root = /\/Root (\d+ 0 R)/.exec(trailer)?.[1] ?? refuse('a root');
  const info = /\/Info \d+ 0 R/.exec(trailer)?.[0] ?? '';
  const table = /^xref\s+0 \d+\s*\n/.exec(text.slice(xref, xref + 40))?.[0] ?? refuse('one cross-reference table');
  if (!Number.isInteger(xref + size)) refuse('a cross-reference table');
  const bodyOf = (reference: string): string => {
    const number = Number.parseInt(reference, 10);
    // Entries are 20 bytes each, from object 0 on.
    const entry = xref + table.length + 20 * number;
    const offset = Number(text.slice(entry, entry + 10));
    const end = text.indexOf('endobj', offset);
    return (
      new RegExp(`^${number} 0 obj\\s*([\\s\\S]*)`).exec(text.slice(offset, end))?.[1] ?? refuse(`object ${number}`)
    );
  };
  const tree = /\/Pages (\d+ 0 R)/.exec(bodyOf(root))?.[1] ?? refuse('pages');
  return { size, xref, root, info, pages: pagesUnder(tree, bodyOf) };
}

/** The pages of a page tree, in order. */
function pagesUnder(reference: string, bodyOf: (reference: string) => string): PdfPage[] {
  const body = bodyOf(reference);
  const kids = /\/Kids\s*\[\s*((?:\d+ 0 R\s*)+)\]/.exec(body)?.[1].match(/\d+ 0 R/g);
  if (kids !== undefined && kids !== null) return kids.flatMap((kid) => pagesUnder(kid, bodyOf));
  const box = /\/MediaBox\s*\[([^\]]*)\]/.exec(body)?.[1].trim().split(/\s+/).map(Number) ?? [];
  if (box.length !== 4) refuse('a page size');
  return [{ number: Number.parseInt(reference, 10), body, mediaBox: box as unknown as PageBox }];
}

/** The page's dictionary with the picture among its resources and in front of its contents. */
function pageWith(body: string, image: number, content: number, trim: PageBox | undefined): string {
  const entry = `/${imageName} ${image} 0 R`;
  const contents = /\/Contents\s*(\[[^\]]*\]|\d+ 0 R)/.exec(body) ?? refuse('contents on its page');
  const old = contents[1].replace(/[[\]]/g, '').trim();
  const withContents = body.replace(contents[0], `/Contents [${content} 0 R ${old}]`);
  const [at, before, after] = /\/XObject\s*<</.test(body)
    ? ([/\/XObject\s*<</, '/XObject <<', ' '] as const)
    : ([/\/Resources\s*<</, '/Resources <</XObject <<', '>> '] as const);
  if (!at.test(body)) refuse('resources on its page');
  const changed = withContents.replace(at, `${before}${entry}${after}`);
  return trim === undefined ? changed : changed.replace(/>>\s*$/, `/TrimBox [${trim.join(' ')}]>>`);
}

function last(text: string, pattern: RegExp): RegExpMatchArray | undefined {
  return [...text.matchAll(pattern)].at(-1);
}

function refuse(missing: string): never {
  throw new IsthmusError('InputError', `The PDF of the overlay has to have ${missing} as Chromium writes it.`);
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
