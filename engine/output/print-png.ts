import type { GraphMap } from '../map/graph-map.ts';
import { drawBands } from './bands.ts';
import { cropMarks, withCropMarks } from './crop-marks.ts';
import type { PrintSheet } from './paper.ts';
import { encodePng } from './png.ts';
import { drawPrint, type PrintOptions, setOnPaper } from './print.ts';

/** How a map is printed as a picture. */
export interface PrintPngOptions extends PrintOptions {
  /** Everything (default), or the base map that `printOverlay` stands over. */
  readonly layers?: 'all' | 'base' | undefined;
}

/**
 * A map on paper as the bytes of a PNG, in pieces, with a band of tiles in memory at most. Runs where there is a canvas,
 * unless `open` draws elsewhere.
 *
 * @throws DeviceError where maps cannot be drawn.
 */
export function printPng(made: GraphMap, sheet: PrintSheet, options: PrintPngOptions = {}): AsyncGenerator<Uint8Array> {
  const { layers = 'all', onProgress, onMissing } = options;
  const print = setOnPaper(made, sheet, options);
  return drawPrint(print, layers, options, async function* (drawing) {
    if (onMissing !== undefined) onMissing((await drawing.text([])).missing);
    const rows = drawBands(drawing, drawing.tile, { onTile: (done, total) => onProgress?.(done / total) });
    const marks = layers === 'all' ? cropMarks(sheet, print.map.palette) : [];
    const marked = withCropMarks(rows, drawing.width, marks, sheet.dpi);
    yield* encodePng({ ...drawing, pixelsPerMetre: sheet.dpi / 0.0254 }, marked);
  });
}
