import { createRandom } from '../base/random.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';

const binCount = 12;
const drawn = 100_000;

/**
 * How much likelier than by degree alone an edge joins two nodes at a distance: the gravity model of geography, its
 * deterrence read off the edges themselves. The distances of edges are cut into bins that hold the same number of them;
 * the value of a bin is their share over that of random pairs of ends of these edges.
 *
 * @param edges indices of the edges that count
 * @param isPossible whether an edge that counts could join two nodes at a distance, layout units
 * @returns a function of the distance; 1 everywhere where there are too few edges to tell
 */
export function deterrenceOf(
  graph: PackedGraph,
  positions: Positions,
  edges: ArrayLike<number>,
  isPossible: (a: number, b: number, distance: number) => boolean,
): (distance: number) => number {
  if (edges.length < binCount) return () => 1;
  const distances = Float64Array.from({ length: edges.length }, (_, i) => {
    return distanceOf(positions, graph.edges[2 * edges[i]], graph.edges[2 * edges[i] + 1]);
  }).sort();
  const limits = Array.from(
    { length: binCount - 1 },
    (_, i) => distances[Math.floor(((i + 1) * edges.length) / binCount)],
  );
  const binOf = (distance: number) => limits.filter((limit) => distance > limit).length;
  const random = createRandom(1);
  const drawEnd = () => graph.edges[2 * edges[Math.floor(random() * edges.length)] + (random() < 0.5 ? 0 : 1)];
  const tallies = new Float64Array(binCount);
  for (let i = 0; i < drawn; i++) {
    const [a, b] = [drawEnd(), drawEnd()];
    const distance = distanceOf(positions, a, b);
    if (isPossible(a, b, distance)) tallies[binOf(distance)]++;
  }
  return (distance) => drawn / binCount / Math.max(1, tallies[binOf(distance)]);
}

/** The distance between two nodes, layout units. */
export function distanceOf(positions: Positions, a: number, b: number): number {
  const dx = positions[2 * a] - positions[2 * b];
  const dy = positions[2 * a + 1] - positions[2 * b + 1];
  return Math.sqrt(dx * dx + dy * dy);
}
