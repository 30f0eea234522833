import { IsthmusError } from '../base/errors.ts';
import { type Column, columnNamed, columnOfRole } from '../graph/columns.ts';
import { labelOf, type PackedGraph, type Positions } from '../graph/packed-graph.ts';
import type { Communities } from '../structure/communities.ts';
import type { Color, Palette } from './palettes.ts';
import type { ColorSource, MapSettings } from './settings.ts';

/** What the node colours mean, for the legend. */
export type ColorKey =
  | { readonly kind: 'plain'; readonly color: Color }
  | { readonly kind: 'file' }
  | { readonly kind: 'categories'; readonly title: string; readonly entries: readonly CategoryEntry[] }
  | { readonly kind: 'scale'; readonly title: string; readonly range: readonly [number, number] };

/** One category, largest first. */
export interface CategoryEntry {
  readonly label: string;
  readonly color: Color;
  readonly count: number;
}

/** What colours and radii depend on. */
export interface MarkInput {
  readonly graph: PackedGraph;
  readonly positions: Positions;
  readonly communities: Communities;
  readonly palette: Palette;
  readonly settings: MapSettings['nodes'];
}

/** Red, green, blue, alpha of every node (stride 4), and what they mean. @throws UsageError if a named column does not exist. */
export function colorMarks(input: MarkInput): { color: Uint8Array; colorKey: ColorKey } {
  const { graph, communities, palette, settings } = input;
  const color = new Uint8Array(4 * graph.nodeCount);
  const paint = (node: number, rgb: Color): void => {
    color.set([rgb >> 16, (rgb >> 8) & 255, rgb & 255, 255], 4 * node);
  };
  const source: ColorSource = settings.color;
  const column = typeof source === 'object' ? requireColumn(graph, source.column) : undefined;
  const colors = columnOfRole(graph.nodes, 'color');
  const fromFile = column ?? (source === 'file' || source === 'auto' ? colors : undefined);
  if (fromFile?.kind === 'color') {
    for (let i = 0; i < graph.nodeCount; i++) paint(i, fromFile.missing?.[i] ? palette.node : fromFile.values[i] >>> 8);
    return { color, colorKey: { kind: 'file' } };
  }
  if (source === 'plain' || source === 'file') {
    for (let i = 0; i < graph.nodeCount; i++) paint(i, palette.node);
    return { color, colorKey: { kind: 'plain', color: palette.node } };
  }
  if (column?.kind === 'number') {
    const range = rangeOf(column.values);
    for (let i = 0; i < graph.nodeCount; i++) {
      const value = column.values[i];
      paint(
        i,
        Number.isFinite(value)
          ? scaleColor(palette.scale, (value - range[0]) / (range[1] - range[0] || 1))
          : palette.node,
      );
    }
    return { color, colorKey: { kind: 'scale', title: column.title, range } };
  }
  const { of, labels, title } =
    column === undefined ? communityCategories(graph, communities) : columnCategories(column);
  const { counts, byCategory } = spreadColors(input, of, labels.length);
  for (let i = 0; i < graph.nodeCount; i++) paint(i, byCategory[of[i]]);
  const entries = labels.map((label, c) => ({ label, color: byCategory[c], count: counts[c] }));
  entries.sort((a, b) => b.count - a.count);
  return { color, colorKey: { kind: 'categories', title, entries } };
}

/** Clusters are called by the three of their nodes that have the most links within them. */
function communityCategories(
  graph: PackedGraph,
  { of, count }: Communities,
): { of: Uint32Array; labels: string[]; title: string } {
  const { nodeCount, offsets, targets } = graph;
  const links = Uint32Array.from({ length: nodeCount }, (_, i) => {
    let within = 0;
    for (let k = offsets[i]; k < offsets[i + 1]; k++) if (of[targets[k]] === of[i]) within++;
    return within;
  });
  const first: number[][] = Array.from({ length: count }, () => []);
  const order = Array.from(links.keys()).sort((a, b) => links[b] - links[a] || a - b);
  for (const node of order) if (first[of[node]].length < 3) first[of[node]].push(node);
  return { of, labels: first.map((nodes) => nodes.map((node) => labelOf(graph, node)).join(', ')), title: 'clusters' };
}

function columnCategories(column: Column): { of: Uint32Array; labels: string[]; title: string } {
  const index = new Map<string, number>();
  const of = Uint32Array.from({ length: column.values.length }, (_, i) => {
    const text = column.missing?.[i] ? '' : String(column.values[i]);
    const known = index.get(text) ?? index.size;
    index.set(text, known);
    return known;
  });
  return { of, labels: [...index.keys()], title: column.title };
}

/**
 * A colour for each category so that, where there are more categories than colours, two of one colour lie far apart:
 * the largest choose first, each the colour whose nearest holder (by distance of centroids) is farthest.
 */
function spreadColors(
  { graph, positions, palette }: MarkInput,
  of: Uint32Array,
  categories: number,
): { counts: Uint32Array; byCategory: Color[] } {
  const counts = new Uint32Array(categories);
  const x = new Float64Array(categories);
  const y = new Float64Array(categories);
  for (let i = 0; i < graph.nodeCount; i++) {
    counts[of[i]]++;
    x[of[i]] += positions[2 * i];
    y[of[i]] += positions[2 * i + 1];
  }
  const order = Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a] || a - b);
  const holders: number[][] = palette.categories.map(() => []);
  const byCategory = new Array<Color>(categories).fill(palette.node);
  for (const c of order.slice(0, 400)) {
    const clearance = holders.map((held) =>
      held.reduce(
        (least, h) =>
          Math.min(least, Math.hypot(x[h] / counts[h] - x[c] / counts[c], y[h] / counts[h] - y[c] / counts[c])),
        Infinity,
      ),
    );
    const best = clearance.indexOf(Math.max(...clearance));
    holders[best].push(c);
    byCategory[c] = palette.categories[best];
  }
  return { counts, byCategory };
}

/** The colour at `share` (0 to 1) of a scale of evenly spaced stops. */
function scaleColor(scale: readonly Color[], share: number): Color {
  const at = Math.min(1, Math.max(0, share)) * (scale.length - 1);
  const low = Math.min(scale.length - 2, Math.floor(at));
  const channel = (shift: number): number => {
    const a = (scale[low] >> shift) & 255;
    const b = (scale[low + 1] >> shift) & 255;
    return Math.round(a + (b - a) * (at - low)) << shift;
  };
  return channel(16) | channel(8) | channel(0);
}

/** Least and greatest of the finite values; 0 and 0 where there are none. */
export function rangeOf(values: Float64Array): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 0];
}

/** @throws UsageError naming the columns that there are. */
export function requireColumn(graph: PackedGraph, name: string): Column {
  const column = columnNamed(graph.nodes, name);
  if (column !== undefined) return column;
  const known = graph.nodes.map(({ title }) => `"${title}"`).join(', ') || 'none';
  throw new IsthmusError('UsageError', `There is no node column "${name}"; the file has ${known}.`);
}
