import type { Box } from '../base/box.ts';
import { labelOf, type PackedGraph } from '../graph/packed-graph.ts';
import type { Partition } from '../structure/communities.ts';
import type { MapSettings } from './settings.ts';
import { distanceOf, toPixel, type View } from './view.ts';

/** Labels in order of importance, the most important first. */
export interface Labels {
  readonly nodes: Uint32Array;
  readonly texts: readonly string[];
  /** Font size in CSS pixels on a sheet 1,200 pixels wide, one a label. */
  readonly sizes: Float32Array;
}

/** A label that has found its place: CSS pixels of the middle of its left edge; the text runs to the right. */
export interface PlacedLabel {
  readonly node: number;
  readonly text: string;
  readonly size: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The width in CSS pixels of a node's label at a font size. */
export type MeasureText = (text: string, size: number, node: number) => number;

const longestLabel = 60;

/**
 * Orders nodes for labelling. The first of every cluster come first, then the seconds, and so on, larger clusters
 * first in each round, so that every region gets names before any region gets many; within a cluster the node's size
 * decides. Sizes fall with the rank within the cluster and with the cluster's size.
 */
export function rankLabels(
  graph: PackedGraph,
  communities: Partition,
  importance: Float64Array,
  settings: MapSettings['labels'],
): Labels {
  const byImportance = Array.from({ length: graph.nodeCount }, (_, i) => i).sort(
    (a, b) => (importance[b] || 0) - (importance[a] || 0) || a - b,
  );
  const seen = new Uint32Array(communities.count);
  const rank = new Float64Array(graph.nodeCount);
  const largest = communities.sizes.reduce((most, size) => Math.max(most, size), 1);
  for (const node of byImportance) {
    const community = communities.of[node];
    // A cluster of a quarter of the size gives its names half as early.
    rank[node] = ++seen[community] * Math.sqrt(largest / communities.sizes[community]);
  }
  const order = byImportance
    .filter((node) => labelOf(graph, node).trim() !== '')
    .sort((a, b) => rank[a] - rank[b] || a - b);
  const sizes = Float32Array.from(order, (node) => {
    const weight = 1 / (1 + 0.55 * Math.log2(rank[node]));
    return settings.minSize + (settings.maxSize - settings.minSize) * Math.max(0, Math.min(1, weight * 1.15 - 0.15));
  });
  const texts = order.map((node) => lineOf(labelOf(graph, node)));
  return { nodes: Uint32Array.from(order), texts, sizes };
}

/** One line, without control characters or direction overrides that would garble its neighbours. */
export function plainText(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The plain text, cut after 60 characters. */
export function lineOf(text: string): string {
  const line = plainText(text);
  const characters = Array.from(line);
  return characters.length <= longestLabel ? line : characters.slice(0, longestLabel - 1).join('') + '…';
}

export interface PlaceLabelsInput {
  readonly labels: Labels;
  readonly positions: Float32Array;
  readonly radius: Float32Array;
  readonly view: View;
  /** CSS pixels a unit of radius and of font size has in this view. */
  readonly nodeScale: number;
  readonly textScale: number;
  readonly count: number;
  readonly measure: MeasureText;
  /** CSS pixels that no label may touch, such as the legend's place. */
  readonly keepOut?: readonly Box[];
}

/**
 * Gives labels their places, the most important first: right of the node, left, above or below, wherever no placed
 * label and no keep-out box is touched and nothing is cut at the border. A label that finds no place is left out.
 */
export function placeLabels(input: PlaceLabelsInput): PlacedLabel[] {
  const { labels, positions, radius, view, nodeScale, textScale, count, measure, keepOut = [] } = input;
  const taken = createBoxIndex(view.width, view.height);
  for (const box of keepOut) taken.add(box.minX, box.minY, box.maxX, box.maxY);
  const placed: PlacedLabel[] = [];
  for (let i = 0; i < labels.nodes.length && placed.length < count; i++) {
    const node = labels.nodes[i];
    const [x, y] = toPixel(view, positions[2 * node], positions[2 * node + 1]);
    if (!(x >= 0 && x <= view.width && y >= 0 && y <= view.height)) continue;
    const size = labels.sizes[i] * textScale;
    const width = measure(labels.texts[i], size, node);
    const half = size * 0.58;
    const distance = distanceOf(view, positions[2 * node], positions[2 * node + 1]);
    const gap = (radius[node] * nodeScale) / distance + size * 0.22;
    const candidates = [
      [x + gap, y],
      [x - gap - width, y],
      [x - width / 2, y - gap - half],
      [x - width / 2, y + gap + half],
    ];
    const place = candidates.find(([left, middle]) =>
      taken.isFree(left - 2, middle - half, left + width + 2, middle + half),
    );
    if (place === undefined) continue;
    taken.add(place[0] - 2, place[1] - half, place[0] + width + 2, place[1] + half);
    placed.push({ node, text: labels.texts[i], size, x: place[0], y: place[1], width });
  }
  return placed;
}

/** Boxes that labels have taken, CSS pixels. */
export interface BoxIndex {
  add(minX: number, minY: number, maxX: number, maxY: number): void;
  /** True if the box lies within the sheet and touches none that was added. */
  isFree(minX: number, minY: number, maxX: number, maxY: number): boolean;
}

/** Boxes by the square cells that they touch, on a sheet of this size. */
export function createBoxIndex(width: number, height: number): BoxIndex {
  const cell = 48;
  const columns = Math.ceil(width / cell) + 1;
  const cells = new Map<number, number[]>();
  const boxes: number[] = [];
  const forCells = (
    minX: number,
    minY: number,
    maxX: number,
    maxY: number,
    visit: (key: number) => boolean,
  ): boolean => {
    for (let row = Math.floor(minY / cell); row <= Math.floor(maxY / cell); row++) {
      for (let column = Math.floor(minX / cell); column <= Math.floor(maxX / cell); column++) {
        if (visit(row * columns + column)) return true;
      }
    }
    return false;
  };
  return {
    add(minX, minY, maxX, maxY) {
      const at = boxes.push(minX, minY, maxX, maxY) - 4;
      forCells(minX, minY, maxX, maxY, (key) => {
        const list = cells.get(key);
        if (list === undefined) cells.set(key, [at]);
        else list.push(at);
        return false;
      });
    },
    isFree(minX, minY, maxX, maxY) {
      if (!(minX >= 0 && minY >= 0 && maxX <= width && maxY <= height)) return false;
      return !forCells(minX, minY, maxX, maxY, (key) =>
        (cells.get(key) ?? []).some(
          (at) => minX < boxes[at + 2] && maxX > boxes[at] && minY < boxes[at + 3] && maxY > boxes[at + 1],
        ),
      );
    },
  };
}
