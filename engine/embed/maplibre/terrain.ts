import type { GraphMap } from '../../map/graph-map.ts';
import type { View } from '../../map/view.ts';
import { mapAtZoom } from '../../output/tiles/map-at-zoom.ts';
import { viewAtZoom } from '../../output/tiles/pyramid.ts';
import type { Tile } from '../../render/frame.ts';
import type { Placement } from '../placement.ts';
import type { HostTile } from './host.ts';

/** CSS pixels a side of a tile of MapLibre's. */
export const tileWidth = 512;
/** Zooms between a tile and the drawing that it is a part of: names go on across the tiles of one drawing. */
const zoomsApart = 5;

/** The drawing that a terrain's tile is a part of, and which part. */
export interface TileDrawing {
  readonly map: GraphMap;
  readonly view: View;
  readonly tile: Tile;
}

/** Finds the drawings of a map's tiles; maps with the labels of a zoom are kept. */
export function createTileDrawings(map: GraphMap, { world }: Placement): (tile: HostTile) => TileDrawing {
  const mapOf = new Map<number, GraphMap>();
  return ({ tileID, width, height }) => {
    const { z, x, y } = tileID.canonical;
    const zooms = Math.min(z, zoomsApart);
    const across = 2 ** zooms;
    const side = (world.maxX - world.minX) / 2 ** (z - zooms);
    const [minX, maxY] = [world.minX + Math.floor(x / across) * side, world.maxY - Math.floor(y / across) * side];
    const block = { minX, minY: maxY - side, maxX: minX + side, maxY };
    const view = viewAtZoom(block, zooms, tileWidth, width / tileWidth);
    let labelled = mapOf.get(z);
    if (labelled === undefined) {
      labelled = mapAtZoom(map, view);
      mapOf.set(z, labelled);
    }
    return { map: labelled, view, tile: { x: (x % across) * width, y: (y % across) * height, width, height } };
  };
}
