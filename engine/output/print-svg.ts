import type { GraphMap } from '../map/graph-map.ts';
import { drawBands } from './bands.ts';
import { cropMarks } from './crop-marks.ts';
import type { PrintSheet } from './paper.ts';
import { encodePng } from './png.ts';
import { drawPrint, markGroup, type PrintOptions, printedPaper, setOnPaper } from './print.ts';
import { writeSvg } from './svg.ts';

/** A relief's hills are smooth: so many pixels across show all of it, and readers of SVG refuse pictures beyond 10 MB. */
const reliefSide = 2000;

/**
 * A map on paper as the bytes of an SVG, in pieces: all as vectors but for the relief. Runs where there is a canvas,
 * unless `open` draws elsewhere.
 *
 * @throws DeviceError where maps cannot be drawn.
 */
export function printSvg(made: GraphMap, sheet: PrintSheet, options: PrintOptions = {}): AsyncGenerator<Uint8Array> {
  const { onProgress, onMissing } = options;
  const print = setOnPaper(made, sheet, options);
  const { map, view } = print;
  const pixelRatio = Math.min(view.pixelRatio, reliefSide / Math.max(view.width, view.height));
  return drawPrint({ ...print, view: { ...view, pixelRatio } }, 'relief', options, async function* (drawing) {
    const text = await drawing.text([{ minX: 0, minY: 0, maxX: view.width, maxY: view.height }]);
    onMissing?.(text.missing);
    const { width, height } = printedPaper(sheet);
    const over = text.pieces[0] + markGroup(cropMarks(sheet, map.palette), view.width / width);
    const rows = drawBands(drawing, drawing.tile, { onTile: (done, total) => onProgress?.(done / total) });
    const relief = map.settings.relief.show ? base64(encodePng(drawing, rows)) : undefined;
    const encoder = new TextEncoder();
    for await (const piece of writeSvg({ map, view, width, height, relief, over })) yield encoder.encode(piece);
  });
}

/** Bytes as base 64, in pieces. */
async function* base64(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const most = 3 << 13;
  let rest: number[] = [];
  for await (const piece of bytes) {
    for (let at = 0; at < piece.length; at += most) {
      const all = [...rest, ...piece.subarray(at, at + most)];
      const whole = all.length - (all.length % 3);
      yield btoa(String.fromCharCode(...all.slice(0, whole)));
      rest = all.slice(whole);
    }
  }
  yield btoa(String.fromCharCode(...rest));
}
