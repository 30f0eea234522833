import type { Box } from '../../base/box.ts';
import { IsthmusError } from '../../base/errors.ts';
import type { Positions } from '../../graph/packed-graph.ts';

/** Points with weights, one entry each. */
export interface WeightedPoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weights: Float64Array;
}

/** The nodes inside a box and those outside it; weights of 1 where none are given. */
export function partByBox(
  positions: Positions,
  weights: Float32Array | undefined,
  box: Box,
): { inside: WeightedPoints; outside: WeightedPoints } {
  const inside: number[] = [];
  const outside: number[] = [];
  for (let i = 0; i < positions.length / 2; i++) {
    const x = positions[2 * i];
    const y = positions[2 * i + 1];
    const isInside = x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY;
    (isInside ? inside : outside).push(i);
  }
  const pick = (nodes: readonly number[]): WeightedPoints => ({
    x: Float64Array.from(nodes, (node) => positions[2 * node]),
    y: Float64Array.from(nodes, (node) => positions[2 * node + 1]),
    weights: Float64Array.from(nodes, (node) => (weights === undefined ? 1 : weights[node])),
  });
  return { inside: pick(inside), outside: pick(outside) };
}

/** @throws InputError unless all coordinates and weights are finite, and weights one a node and not negative. */
export function checkNodes(positions: Positions, weights: Float32Array | undefined): void {
  const bad = positions.findIndex((coordinate) => !Number.isFinite(coordinate));
  if (bad !== -1) {
    const place = `${positions[bad & ~1]}, ${positions[bad | 1]}`;
    throw new IsthmusError('InputError', `Node ${bad >> 1} lies at ${place}, but positions have to be finite.`);
  }
  if (weights === undefined) return;
  if (weights.length !== positions.length / 2) {
    const message = `Expected ${positions.length / 2} weights, one a node, but ${weights.length} came.`;
    throw new IsthmusError('InputError', message);
  }
  const wrong = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (wrong !== -1) {
    const message = `Node ${wrong} has the weight ${weights[wrong]}, but weights have to be finite and not negative.`;
    throw new IsthmusError('InputError', message);
  }
}
