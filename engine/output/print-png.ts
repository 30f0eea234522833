import type { GraphMap } from '../map/graph-map.ts';
import { drawBands } from './bands.ts';
import { cropMarks, withCropMarks } from './crop-marks.ts';
import { insetOf, type PrintSheet, sheetPixels, viewOnPaper } from './paper.ts';
import { encodePng } from './png.ts';
import { createTilePen } from './tile-pen.ts';
import { mapOnPaper } from './typography.ts';

/** How a map is printed in a page. */
export interface PrintPngOptions {
  /** Draws the legend in the emptiest corner (default true). */
  readonly legend?: boolean | undefined;
  /** Hears how many of how many tiles are drawn. */
  readonly onTile?: ((done: number, total: number) => void) | undefined;
}

/**
 * A map on paper as the bytes of a PNG, in pieces, with a band of tiles in memory at most. Runs where there is a canvas.
 *
 * @throws DeviceError where maps cannot be drawn.
 */
export async function* printPng(
  made: GraphMap,
  sheet: PrintSheet,
  { legend = true, onTile }: PrintPngOptions = {},
): AsyncGenerator<Uint8Array> {
  const view = viewOnPaper(made.sheet, sheet);
  const map = mapOnPaper(made, view, sheet.paper);
  const size = sheetPixels(sheet);
  const inset = insetOf(sheet);
  const pen = createTilePen();
  try {
    const rows = drawBands(size, (tile) => pen.draw(map, view, tile, { legend, inset }), { onTile });
    const marked = withCropMarks(rows, size.width, cropMarks(sheet, map.palette), sheet.dpi);
    yield* encodePng({ ...size, pixelsPerMetre: sheet.dpi / 0.0254 }, marked);
  } finally {
    pen.dispose();
  }
}
