import { degreeOf, labelOf, type PackedGraph } from '../../graph/packed-graph.ts';

/** How many labels name a place. */
const wordsInName = 3;
/** Labels that begin alike for so many letters say the same thing twice (schema, schemas). */
const akinLetters = 5;

/**
 * These nodes from the most telling to the least: by links inside the group × the share of all links that stay inside.
 * A hub that links everywhere tells nothing of a place, nor does a node with a single link.
 */
export function byDistinction(graph: PackedGraph, nodes: ArrayLike<number>): Uint32Array {
  const isInside = new Set(Array.from(nodes));
  const score = new Map<number, number>();
  for (const node of isInside) {
    let inside = 0;
    for (let k = graph.offsets[node]; k < graph.offsets[node + 1]; k++) if (isInside.has(graph.targets[k])) inside++;
    score.set(node, (inside * inside) / Math.max(1, degreeOf(graph, node)));
  }
  return Uint32Array.from(isInside).sort((a, b) => score.get(b)! - score.get(a)! || a - b);
}

/** Labels of the first of these nodes, without those that only repeat an earlier one. */
export function wordsOf(graph: PackedGraph, ranked: Uint32Array, count = wordsInName): string[] {
  const words: string[] = [];
  for (const node of ranked) {
    if (words.length === count) break;
    const label = labelOf(graph, node).trim();
    if (label !== '' && !words.some((word) => isAkin(word, label))) words.push(label);
  }
  return words;
}

/** Words as a name. */
export function nameOf(words: readonly string[]): string {
  return words.join(', ');
}

function isAkin(a: string, b: string): boolean {
  const one = a.toLowerCase();
  const other = b.toLowerCase();
  if (one === other) return true;
  const start = one.slice(0, akinLetters);
  return start.length === akinLetters && (other.startsWith(start) || other.endsWith(one) || one.endsWith(other));
}
