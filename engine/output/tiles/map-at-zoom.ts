import { type EdgeMarks, withEnergy } from '../../map/edge-marks.ts';
import { type GraphMap, magnification, restyleMap, scaleOf } from '../../map/graph-map.ts';
import type { PartialMapSettings } from '../../map/settings.ts';
import type { View } from '../../map/view.ts';
import { tileWidth } from './pyramid.ts';

/** CSS pixels: what is read on a screen without effort, and the largest names at the lowest zoom and at most. */
const [smallestText, firstLargestText, largestText] = [10, 12, 22];
/** CSS pixels of sheet that a label has for itself on average, so that names cover a fifth of it at most. */
const sheetPerLabel = 4000;
/** CSS pixels: edges grow no wider than this, so that they get finer against all else as one comes closer. */
const widestEdge = 1.1;
/** CSS pixels of sheet that a node has for itself on average where none has to shrink. */
const sheetPerNode = 130;
/** The mean energy on a pixel below which local and nonlocal strokes, a pixel wide, do not crowd. */
const calm = { near: 0.08, far: 0.3 };
/** Sheets are as small as this at most, as a multiple of 1,200 CSS pixels; what is smaller is drawn the same way. */
const leastMagnification = 0.2;

/**
 * The map as a zoom has room for it: with as many labels, in sizes for a screen, which grow far less than the sheet does.
 * Where strokes, never less than a pixel wide, crowd on a sheet below 1,200 pixels, bridges gain in contrast and local edges
 * keep their tone; nodes that crowd shrink, so that relief and bridges show between them.
 */
export function mapAtZoom(map: GraphMap, view: View, labels: PartialMapSettings['labels'] = {}): GraphMap {
  const { text, line } = scaleOf(map, view);
  const zoom = Math.log2(view.width / tileWidth);
  const size = Math.min(1, Math.max(leastMagnification, magnification(map, view)));
  const count = Math.min(100_000, Math.ceil((view.width * view.height * Math.sqrt(size)) / sheetPerLabel));
  const [least, most] = [smallestText, Math.min(largestText, firstLargestText + 2 * zoom)].map((size) => size / text);
  const { edges, nodes } = map.settings;
  const styled = restyleMap(map, {
    labels: { count, minSize: Math.max(1, least), maxSize: Math.max(1, most), ...labels },
    edges: { width: Math.min(edges.width, widestEdge / line) },
    ...(size < 1 && { nodes: { scale: nodes.scale * shrinkingOf(map, view, size) } }),
  });
  return size < 1 ? { ...styled, edges: contrasted(map, view, size) } : styled;
}

/** By how much nodes shrink on a sheet of that size. */
function shrinkingOf({ graph, sheet }: GraphMap, { unitsPerPixel }: View, size: number): number {
  const area = ((sheet.maxX - sheet.minX) * (sheet.maxY - sheet.minY)) / unitsPerPixel ** 2;
  return Math.max(size ** 0.65, Math.min(1, (area / (graph.nodeCount * sheetPerNode)) ** 0.25));
}

/** Strokes that step back as far as they crowd, weak ones the most; where edges are few, and each is worth seeing, less. */
function contrasted(map: GraphMap, { unitsPerPixel }: View, size: number): EdgeMarks {
  const { edges, positions } = map;
  const many = 1 - edges.local;
  const { near, far } = inkOf(map);
  const share = Math.min(1, Math.max(size ** many, calm.near / (near * unitsPerPixel)));
  const power = Math.max(1, Math.min(size ** -many, (far * unitsPerPixel) / calm.far) ** 0.25);
  const energy = edges.energy.map((value, e) => (edges.nonlocal[e] === 1 ? value ** power : value * share));
  return withEnergy(edges, positions, energy);
}

/** Energy × length per area of the sheet, local and nonlocal: 1 / layout units. */
function inkOf({ edges: { ends, energy, nonlocal }, positions, sheet }: GraphMap): { near: number; far: number } {
  const area = (sheet.maxX - sheet.minX) * (sheet.maxY - sheet.minY);
  const sums = [0, 0];
  for (let e = 0; e < energy.length; e++) {
    const [a, b] = [2 * ends[2 * e], 2 * ends[2 * e + 1]];
    sums[nonlocal[e]] += energy[e] * Math.hypot(positions[a] - positions[b], positions[a + 1] - positions[b + 1]);
  }
  return { near: sums[0] / area, far: sums[1] / area };
}
