import { createRenderer, fitView, type GraphMap, withPositions, writeGraph } from '../engine/index.ts';

/** The whole sheet is this wide: CSS pixels, and device pixels per CSS pixel. */
const sheetWidth = 1200;
const sheetRatio = 2;

/** What the canvas shows now, as PNG. */
export function pictureOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('The browser could not make a PNG of this view.'));
      else resolve(blob);
    }, 'image/png');
  });
}

/** The whole map with its legend, 2,400 pixels wide, as PNG. */
export async function sheetOf(map: GraphMap): Promise<Blob> {
  const { minX, minY, maxX, maxY } = map.sheet;
  const shape = (maxY - minY) / (maxX - minX);
  // About as high as wide, a map leaves the legend no corner: it gets room at the sides. A sheet much higher than wide
  // would be larger than a canvas can be.
  const height = Math.round(sheetWidth * (shape > 0.8 && shape < 1.25 ? 0.8 : Math.min(2, Math.max(0.25, shape))));
  const canvas = new OffscreenCanvas(sheetWidth * sheetRatio, height * sheetRatio);
  const renderer = createRenderer(canvas);
  try {
    renderer.draw(map, fitView(map.sheet, { width: sheetWidth, height, pixelRatio: sheetRatio }), { legend: true });
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    renderer.dispose();
  }
}

/** The network with the map's positions, as GEXF that Gephi opens. */
export async function gexfOf(map: GraphMap): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of writeGraph(withPositions(map.graph, map.positions), { format: 'gexf' })) {
    pieces.push(new Uint8Array(piece));
  }
  return new Blob(pieces, { type: 'application/gexf+xml' });
}

/** Hands a file to the browser's downloads. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download reads the address after this task; a minute is enough for any browser to have begun.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
