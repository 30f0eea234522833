import {
  type GraphMap,
  IsthmusError,
  type PrintOptions,
  type PrintSheet,
  printOverlay,
  printPng,
  printSvg,
  sheetPixels,
} from '../engine/index.ts';
import { download } from './save.ts';
import { make } from './ui/dom.ts';

/** What a sheet is printed as. */
export type PrintFormat = 'png' | 'pdf' | 'svg';

/** Pixels whose PNG a browser without streaming to disk is asked to hold, A0 at 300 an inch; and to print, which unpacks it: A1. */
const mostPixels = { png: 140e6, pdf: 75e6 } as const;

const types = { png: 'image/png', svg: 'image/svg+xml' } as const;

/** Browsers that can write a file while it is made. */
interface SavePicker {
  showSaveFilePicker?(options: object): Promise<{ createWritable(): Promise<WritableStream<Uint8Array>> }>;
}

/** What is printed, and who hears how far it has come. */
export interface PrintJob {
  readonly map: GraphMap;
  readonly sheet: PrintSheet;
  /** The file's name without its ending. */
  readonly name: string;
  readonly onProgress: NonNullable<PrintOptions['onProgress']>;
}

/**
 * Prints a map: PNG and SVG are streamed to disk where the browser can, else held up to a size; a PDF is what the
 * browser's own print makes of the sheet.
 *
 * @throws UsageError where the browser would have to hold too much, DeviceError where maps cannot be drawn.
 */
export async function printAs(format: PrintFormat, job: PrintJob): Promise<void> {
  const { map, sheet, name, onProgress } = job;
  if (format === 'pdf') return printByBrowser(job);
  const fileName = `${name}.${format}`;
  const target = await openTarget(fileName, format);
  // Vectors are small, and so is the relief beneath them, whatever the paper.
  if (target === undefined && format === 'png')
    checkSize(sheet, 'png', 'This browser cannot write a file while it is made');
  const pieces = (format === 'png' ? printPng : printSvg)(map, sheet, { onProgress });
  if (target === undefined) download(await blobOf(pieces, types[format]), fileName);
  else await stream(pieces, target);
}

/** The file that the reader names; undefined where the browser cannot write one while it is made. */
async function openTarget(
  suggestedName: string,
  format: keyof typeof types,
): Promise<WritableStream<Uint8Array> | undefined> {
  const { showSaveFilePicker } = window as SavePicker;
  if (showSaveFilePicker === undefined) return undefined;
  const kinds = [{ description: format.toUpperCase(), accept: { [types[format]]: [`.${format}`] } }];
  const file = await showSaveFilePicker.call(window, { suggestedName, types: kinds });
  return file.createWritable();
}

async function stream(pieces: AsyncIterable<Uint8Array>, target: WritableStream<Uint8Array>): Promise<void> {
  const writer = target.getWriter();
  try {
    for await (const piece of pieces) await writer.write(piece);
    await writer.close();
  } catch (error) {
    await writer.abort(error);
    throw error;
  }
}

function checkSize(sheet: PrintSheet, format: keyof typeof mostPixels, reason: string): void {
  const { width, height } = sheetPixels(sheet);
  if (width * height <= mostPixels[format]) return;
  throw new IsthmusError(
    'UsageError',
    `${reason}, and ${width} × ${height} pixels are too many to hold: choose fewer pixels an inch, or print PNG with a browser such as Chrome or Edge, or with isthmus print.`,
  );
}

/** Opens the browser's own print on a sheet of the base map as a picture and, over it, text as text. */
async function printByBrowser({ map, sheet, name, onProgress }: PrintJob): Promise<void> {
  checkSize(sheet, 'pdf', 'The print of a browser holds the whole picture');
  const base = await blobOf(printPng(map, sheet, { layers: 'base', onProgress }), types.png);
  const picture = URL.createObjectURL(base);
  const markup = await printOverlay(map, sheet, { picture });
  const svg = new DOMParser().parseFromString(markup, types.svg).documentElement;
  const takeAway = open(svg, sheet, name);
  const close = (): void => {
    takeAway();
    URL.revokeObjectURL(picture);
  };
  try {
    await loaded(svg.querySelector('image'));
  } catch (error) {
    close();
    throw error;
  }
  addEventListener('afterprint', close, { once: true });
  print();
}

/** Puts a sheet in place of the page for the printer, until the function that is returned is called. */
function open(svg: Element, { paper, bleed }: PrintSheet, name: string): () => void {
  const [width, height] = [paper.width, paper.height].map((side) => `${side + 2 * bleed}mm`);
  const place = make('div', { className: 'print-sheet' }, document.adoptNode(svg));
  const style = new CSSStyleSheet();
  style.replaceSync(
    `@page { size: ${width} ${height}; margin: 0 } .print-sheet > svg { width: ${width}; height: ${height} }`,
  );
  const { title, adoptedStyleSheets } = document;
  document.body.append(place);
  document.adoptedStyleSheets = [...adoptedStyleSheets, style];
  // Browsers propose it as the file's name.
  document.title = name;
  return () => {
    place.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== style);
    document.title = title;
  };
}

function loaded(image: Element | null): Promise<void> {
  return new Promise((resolve, reject) => {
    image?.addEventListener('load', () => resolve(), { once: true });
    image?.addEventListener('error', () => reject(new Error('The browser could not show the sheet’s picture.')));
  });
}

async function blobOf(pieces: AsyncIterable<Uint8Array>, type: string): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of pieces) parts.push(new Uint8Array(piece));
  return new Blob(parts, { type });
}
