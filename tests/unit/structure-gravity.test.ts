import { expect, test } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { pack } from '../../engine/graph/packed-graph.ts';
import { deterrenceOf } from '../../engine/structure/gravity.ts';

/** 400 nodes on a line of length 100, and edges of which those longer than 30 are kept with that probability. */
function lineOf(kept: number) {
  const random = createRandom(3);
  const positions = Float32Array.from({ length: 800 }, (_, k) => (k % 2 === 0 ? k / 8 : 0));
  const ends: number[] = [];
  while (ends.length < 40_000) {
    const [a, b] = [Math.floor(random() * 400), Math.floor(random() * 400)];
    if (a !== b && (Math.abs(a - b) <= 120 || random() < kept)) ends.push(a, b);
  }
  const graph = pack({ ids: Array.from({ length: 400 }, (_, i) => `n${i}`), edges: Uint32Array.from(ends) });
  return { graph, positions, edges: Uint32Array.from({ length: graph.edgeCount }, (_, e) => e) };
}

test('edges strewn at random are as likely at any distance', () => {
  const { graph, positions, edges } = lineOf(1);
  const deterrence = deterrenceOf(graph, positions, edges, () => true);
  for (const distance of [2, 20, 50, 90]) expect(Math.abs(deterrence(distance) - 1)).toBeLessThan(0.1);
});

test('edges that are rarer at a distance are less likely there, in their proportion', () => {
  const { graph, positions, edges } = lineOf(0.2);
  const deterrence = deterrenceOf(graph, positions, edges, () => true);
  expect(Math.abs(deterrence(60) / deterrence(10) - 0.2)).toBeLessThan(0.07);
});

test('a handful of edges tells nothing of distance', () => {
  const { graph, positions } = lineOf(1);
  expect(deterrenceOf(graph, positions, [0, 1, 2], () => true)(50)).toBe(1);
});
