import type { PackedGraph } from '../../graph/packed-graph.ts';
import { type GraphMap, scaleOf } from '../graph-map.ts';
import { toPixel, type View } from '../view.ts';
import { type Annotation, linesOf, type Place } from './annotation.ts';
import { crossReach } from './place.ts';

/** The annotation under a CSS pixel, or the nearest whose lines are within `reach` CSS pixels; its index, or undefined. */
export function pickAnnotation(
  map: GraphMap,
  view: View,
  pixelX: number,
  pixelY: number,
  reach = 5,
): number | undefined {
  if (!map.settings.annotations.show) return undefined;
  const cross = crossReach * scaleOf(map, view).line;
  let best: number | undefined;
  let least = reach;
  map.annotations.forEach(({ shape }, index) => {
    const distance =
      shape.type === 'Point'
        ? Math.max(0, distanceTo([shape.coordinates, shape.coordinates], view, pixelX, pixelY) - cross)
        : Math.min(...linesOf(shape).map((line) => distanceTo(line, view, pixelX, pixelY)));
    if (distance < least) {
      least = distance;
      best = index;
    }
  });
  return best;
}

/** CSS pixels from a pixel to a line. */
function distanceTo(line: readonly Place[], view: View, x: number, y: number): number {
  let least = Infinity;
  for (let k = 1; k < line.length; k++) {
    const [ax, ay] = toPixel(view, ...line[k - 1]);
    const [bx, by] = toPixel(view, ...line[k]);
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    const distance = Math.hypot(ax + along * dx - x, ay + along * dy - y);
    // What is behind the eye has no pixels, and no distance either.
    if (distance < least) least = distance;
  }
  return least;
}

/** The nodes that an annotation names by their ids in its property `nodes`, those that the graph has. */
export function nodesOfAnnotation(graph: PackedGraph, { others }: Annotation): number[] {
  const ids = new Set(Array.isArray(others['nodes']) ? others['nodes'].map(String) : []);
  return ids.size === 0 ? [] : graph.ids.flatMap((id, node) => (ids.has(id) ? [node] : []));
}

/** Links among those nodes, each once, as pairs of nodes, stride 2. */
export function linksAmong({ offsets, targets }: PackedGraph, nodes: readonly number[]): Uint32Array {
  const inside = new Set(nodes);
  const links = nodes.flatMap((node) =>
    Array.from(new Set(targets.subarray(offsets[node], offsets[node + 1])))
      .filter((other) => other > node && inside.has(other))
      .flatMap((other) => [node, other]),
  );
  return Uint32Array.from(links);
}
