import type { Globe } from '../../render/draw-globe.ts';
import type { GuestTile } from '../../render/guest-renderer.ts';
import type { HostFrame, HostMap, HostTile } from './host.ts';
import { type TileDrawing, tileWidth } from './terrain.ts';

/** Tiles that are drawn for a globe at most; where more are seen they are coarser. */
const mostTiles = 48;

/** The tiles of a globe that are seen, each once, as parts of drawings. */
export function globeTiles(
  host: HostMap,
  drawingOf: (tile: HostTile) => TileDrawing,
  pixelRatio: number,
): readonly GuestTile[] {
  const width = Math.round(tileWidth * pixelRatio);
  const seen = host.coveringTiles({ tileSize: tileWidth, roundZoom: true }).map(({ canonical }) => canonical);
  return ofOneZoom(seen, Math.max(0, Math.round(host.getZoom()))).map((canonical) => {
    const { z, x, y } = canonical;
    const side = 1 / 2 ** z;
    const drawing = drawingOf({ tileID: { canonical }, width, height: width });
    return { key: `${z}/${x}/${y}/${width}`, square: [x * side, y * side, side], ...drawing };
  });
}

type Address = HostTile['tileID']['canonical'];

/** The same ground in tiles of this zoom, or of a lower one: across borders between zooms marks would be of two sizes. */
function ofOneZoom(seen: readonly Address[], z: number): readonly Address[] {
  const tiles = new Map<string, Address>();
  for (const tile of seen) {
    const across = 2 ** (z - tile.z);
    const [left, top] = [Math.floor(tile.x * across), Math.floor(tile.y * across)];
    const count = Math.max(1, across);
    for (let x = left; x < left + count; x++) {
      for (let y = top; y < top + count && tiles.size <= mostTiles; y++) tiles.set(`${x}/${y}`, { z, x, y });
    }
  }
  return tiles.size > mostTiles && z > 0 ? ofOneZoom(seen, z - 1) : [...tiles.values()];
}

/** How MapLibre shows its globe in a frame. */
export function globeOf({ defaultProjectionData }: HostFrame): Globe {
  const { mainMatrix, fallbackMatrix, clippingPlane, projectionTransition } = defaultProjectionData;
  return {
    ...{ globeMatrix: mainMatrix, planeMatrix: fallbackMatrix, horizon: clippingPlane },
    globeness: projectionTransition,
  };
}

/** Degrees of the ground under a CSS pixel; undefined beside the globe, where MapLibre tells the nearest of its rim. */
export function groundAt(
  host: HostMap,
  x: number,
  y: number,
): { readonly lng: number; readonly lat: number } | undefined {
  const ground = host.unproject([x, y]);
  const back = host.project(ground);
  return Math.hypot(back.x - x, back.y - y) < 1 ? ground : undefined;
}
