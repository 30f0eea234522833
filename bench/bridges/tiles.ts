import { createTilePainter, fitView, type GraphMap, type TilePainterOptions, type View } from '../../engine/index.ts';

/** CSS pixels a side of a tile. */
const tileWidth = 256;

/** The view that the tiles of a zoom are parts of, together so many device pixels wide. */
export function viewOfTiles({ world }: GraphMap, zoom: number, width: number): View {
  const side = tileWidth * 2 ** zoom;
  return fitView(world, { width: side, height: side, pixelRatio: width / side });
}

/** All tiles of a zoom as they are painted for a web map, put together: RGBA, rows from the top. */
export async function drawTiles(map: GraphMap, zoom: number, width: number, options: TilePainterOptions) {
  const painter = createTilePainter(map, options);
  const across = 2 ** zoom;
  const side = width / across;
  const pixelRatio = side === tileWidth ? 1 : 2;
  const context = new OffscreenCanvas(width, width).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('There is no canvas to put tiles together on.');
  for (let y = 0; y < across; y++) {
    for (let x = 0; x < across; x++) {
      context.drawImage(await painter.paint({ kind: 'raster', z: zoom, x, y, pixelRatio }), x * side, y * side);
    }
  }
  painter.dispose();
  return new Uint8Array(context.getImageData(0, 0, width, width).data.buffer);
}
