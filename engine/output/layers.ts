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
  const { ends, axes, energy, nonlocal } = map.edges;
  const unit = view.unitsPerPixel / view.pixelRatio;
  const rim = (map.settings.edges.width * scaleOf(map, view).line + 2) * view.unitsPerPixel + 2 * unit;
  const minX = view.x - (view.width / 2) * view.unitsPerPixel + tile.x * unit - rim;
  const maxX = minX + tile.width * unit + 2 * rim;
  const maxY = view.y + (view.height / 2) * view.unitsPerPixel - tile.y * unit + rim;
  const minY = maxY - tile.height * unit - 2 * rim;
  const touches = (e: number): boolean => {
    // A stroke stays within the hull of its own ends and its lane's.
    const corners = [ends[2 * e], ends[2 * e + 1], axes[2 * e], axes[2 * e + 1]];
    const xs = corners.map((node) => map.positions[2 * node]);
    const ys = corners.map((node) => map.positions[2 * node + 1]);
    return Math.max(...xs) > minX && Math.min(...xs) < maxX && Math.max(...ys) > minY && Math.min(...ys) < maxY;
  };
  const kept = Uint32Array.from(energy.keys()).filter(touches);
  const pairs = (values: Uint32Array) =>
    Uint32Array.from({ length: 2 * kept.length }, (_, k) => values[2 * kept[k >> 1] + (k % 2)]);
  const strokes = {
    ends: pairs(ends),
    axes: pairs(axes),
    energy: Float32Array.from(kept, (e) => energy[e]),
    nonlocal: Uint8Array.from(kept, (e) => nonlocal[e]),
  };
  return { ...map, edges: { ...map.edges, ...strokes } };
}
