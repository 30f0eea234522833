import { selectStrokes } from '../map/edge-marks.ts';
import { type GraphMap, restyleMap, scaleOf } from '../map/graph-map.ts';
import type { View } from '../map/view.ts';
import type { Tile } from '../render/frame.ts';

/** What of a map is drawn: everything; all but text and annotations; or the bare relief. */
export type Layers = 'all' | 'base' | 'relief';

/** The map with these layers alone. */
export function onlyLayers(map: GraphMap, layers: Layers): GraphMap {
  if (layers === 'all') return map;
  const base = restyleMap(map, { labels: { show: false }, annotations: { show: false } });
  if (layers === 'base') return base;
  const bare = restyleMap(base, { edges: { show: false }, relief: { contours: [] } });
  return { ...bare, graph: { ...bare.graph, nodeCount: 0 } };
}

/**
 * The map with those strokes alone that can touch a tile, in their order: what is drawn there is the same, byte for byte,
 * without the work for strokes elsewhere.
 */
export function edgesOnTile(map: GraphMap, view: View, tile: Tile): GraphMap {
  const { ends, axes, energy, courses } = map.edges;
  const unit = view.unitsPerPixel / view.pixelRatio;
  const rim = (map.settings.edges.width * scaleOf(map, view).line + 2) * view.unitsPerPixel + 2 * unit;
  const minX = view.x - (view.width / 2) * view.unitsPerPixel + tile.x * unit - rim;
  const maxX = minX + tile.width * unit + 2 * rim;
  const maxY = view.y + (view.height / 2) * view.unitsPerPixel - tile.y * unit + rim;
  const minY = maxY - tile.height * unit - 2 * rim;
  const touches = (points: Float32Array): boolean => {
    let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let k = 0; k < points.length; k += 2) {
      left = Math.min(left, points[k]);
      right = Math.max(right, points[k]);
      low = Math.min(low, points[k + 1]);
      high = Math.max(high, points[k + 1]);
    }
    return right > minX && left < maxX && high > minY && low < maxY;
  };
  const hull = new Float32Array(8);
  /** What a stroke stays within the hull of: its pieces, or its own ends and its lane's, in an array that is used again. */
  const hullOf = (e: number): Float32Array => {
    if (courses !== undefined) return courses.pieces.subarray(4 * courses.starts[e], 4 * courses.starts[e + 1]);
    for (let k = 0; k < 8; k++) {
      const nodes = k < 4 ? ends : axes;
      hull[k] = map.positions[2 * nodes[2 * e + ((k >> 1) & 1)] + (k & 1)];
    }
    return hull;
  };
  const kept = Uint32Array.from(energy.keys()).filter((e) => touches(hullOf(e)));
  return { ...map, edges: selectStrokes(map.edges, kept) };
}
