import { boxOf } from '../../base/box.ts';
import { numbersOfRole } from '../../graph/columns.ts';
import { degreeOf, type PackedGraph, type Positions } from '../../graph/packed-graph.ts';
import { removeOverlaps } from '../../layout/overlap.ts';
import { defaultRadii, radiusOf } from '../../map/node-marks.ts';

/** CSS pixels of the sheet that a map's radii are meant for. */
const sheetWidth = 1200;

/** The positions with nodes set apart that overlap, by the sizes of the file, or those that a map draws where it has none. */
export function withoutOverlap(graph: PackedGraph, positions: Positions): Positions {
  const { values } = numbersOfRole(graph.nodes, 'size') ?? { values: undefined };
  const sizes = values?.map((size) => (size >= 0 ? size : 1)) ?? drawnSizes(graph, positions);
  return removeOverlaps(positions, sizes);
}

/** Radii by links, as a map draws them, in layout units. */
function drawnSizes(graph: PackedGraph, positions: Positions): Float64Array {
  const { minX, minY, maxX, maxY } = boxOf(positions);
  const unitsPerPixel = Math.max(maxX - minX, maxY - minY) / sheetWidth;
  const links = Float64Array.from({ length: graph.nodeCount }, (_, node) => degreeOf(graph, node));
  const range = [links.reduce((a, b) => Math.min(a, b), Infinity), links.reduce((a, b) => Math.max(a, b), 0)] as const;
  const radii = defaultRadii(graph.nodeCount);
  return links.map((count) => unitsPerPixel * radiusOf({ range, radii }, count));
}
