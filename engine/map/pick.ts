import type { GraphMap } from './graph-map.ts';
import { scaleOf } from './graph-map.ts';
import { distanceOf, toPixel, type View } from './view.ts';

/** The node under a CSS pixel, or the nearest within `reach` CSS pixels of one's rim; undefined where there is none. */
export function pickNode(map: GraphMap, view: View, pixelX: number, pixelY: number, reach = 6): number | undefined {
  const scale = scaleOf(map, view).node;
  let best: number | undefined;
  let least = reach;
  for (let i = 0; i < map.graph.nodeCount; i++) {
    const place = [map.positions[2 * i], map.positions[2 * i + 1]] as const;
    const [x, y] = toPixel(view, ...place);
    const radius = (map.nodes.radius[i] * scale) / distanceOf(view, ...place);
    const distance = Math.hypot(x - pixelX, y - pixelY) - radius;
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

/** The neighbours of a node, each once, in the order of their first edge. */
export function neighboursOf(map: GraphMap, node: number): number[] {
  const { offsets, targets } = map.graph;
  return [...new Set(targets.subarray(offsets[node], offsets[node + 1]))];
}

/**
 * Nodes whose label or id holds the words, whatever their case and accents: whole matches first, then beginnings, then
 * the rest, each by importance. At most `limit`.
 */
export function searchNodes(map: GraphMap, words: string, limit = 20): number[] {
  const wanted = fold(words.trim());
  if (wanted === '') return [];
  const grades: number[][] = [[], [], [], []];
  const { nodes, texts } = map.labels;
  for (let i = 0; i < nodes.length; i++) {
    const text = fold(texts[i]);
    if (text === wanted) grades[0].push(nodes[i]);
    else if (text.startsWith(wanted)) grades[1].push(nodes[i]);
    else if (text.includes(wanted)) grades[2].push(nodes[i]);
    else if (fold(map.graph.ids[nodes[i]]) === wanted) grades[3].push(nodes[i]);
  }
  return grades.flat().slice(0, limit);
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
