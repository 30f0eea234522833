import { IsthmusError } from '../base/errors.ts';
import { createRandom } from '../base/random.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import type { Standing } from './course.ts';
import { frameOf } from './pack-pieces.ts';

/** That a node of a changed graph was not there before. */
const none = -1;

/** @throws UsageError unless there is one entry a node, each −1 or another node of before. */
export function checkKept(kept: Int32Array, { nodeCount }: PackedGraph, countBefore: number): void {
  if (kept.length !== nodeCount) {
    throw new IsthmusError(
      'UsageError',
      `The changed graph has ${nodeCount} nodes, but where they come from is said of ${kept.length}.`,
    );
  }
  const seen = new Uint8Array(countBefore);
  for (const [node, before] of kept.entries()) {
    if (before === none) continue;
    if (before < none || before >= countBefore) {
      throw new IsthmusError(
        'UsageError',
        `Node ${node} of the changed graph is to go on from node ${before}, but the nodes are 0 to ${countBefore - 1}, or -1 for a new one.`,
      );
    }
    if (seen[before]++ === 0) continue;
    throw new IsthmusError('UsageError', `Two nodes of the changed graph are to go on from node ${before}.`);
  }
}

/**
 * Where a layout of a changed graph goes on from: nodes that were there keep their places; new ones start beside the mean of
 * their neighbours by the weights of the links, half a `spacing` away in a seeded direction; those that are linked with none
 * of before start outside of the rim.
 */
export function changedStanding(
  graph: PackedGraph,
  kept: Int32Array,
  before: Standing,
  spacing: number,
  seed: number,
): Standing {
  const { nodeCount } = graph;
  const random = createRandom(seed);
  const positions = new Float32Array(2 * nodeCount);
  const origins = new Float64Array(2 * nodeCount).fill(Number.NaN);
  kept.forEach((old, node) => {
    if (old === none) return;
    for (const axis of [0, 1]) {
      positions[2 * node + axis] = before.state.positions[2 * old + axis];
      origins[2 * node + axis] = before.origins[2 * old + axis];
    }
  });
  const isPlaced = Uint8Array.from(kept, (old) => (old === none ? 0 : 1));
  const put = (node: number, x: number, y: number) => {
    const angle = 2 * Math.PI * random();
    positions[2 * node] = x + 0.5 * spacing * Math.cos(angle);
    positions[2 * node + 1] = y + 0.5 * spacing * Math.sin(angle);
  };
  const { x, y, radius } =
    before.state.positions.length > 0 ? frameOf(before.state.positions) : { x: 0, y: 0, radius: 0 };
  let waiting = Array.from(kept.keys()).filter((node) => kept[node] === none);
  while (waiting.length > 0) {
    const means = waiting.map((node) => meanOfNeighbours(graph, node, positions, isPlaced));
    const found = waiting.filter((_, k) => means[k] !== undefined);
    waiting.forEach((node, k) => {
      const mean = means[k];
      if (mean !== undefined) put(node, ...mean);
    });
    if (found.length === 0) {
      const angle = 2 * Math.PI * random();
      put(waiting[0], x + (radius + spacing) * Math.cos(angle), y + (radius + spacing) * Math.sin(angle));
      found.push(waiting[0]);
    }
    for (const node of found) isPlaced[node] = 1;
    waiting = waiting.filter((node) => isPlaced[node] === 0);
  }
  return { ...before, state: { ...before.state, positions }, origins };
}

/** The mean of a node's placed neighbours by the weights of its links, all alike where none is above 0. */
function meanOfNeighbours(
  { offsets, targets, weights }: PackedGraph,
  node: number,
  positions: Positions,
  isPlaced: Uint8Array,
): readonly [number, number] | undefined {
  const ends = Array.from({ length: offsets[node + 1] - offsets[node] }, (_, k) => offsets[node] + k);
  const placed = ends.filter((at) => isPlaced[targets[at]] === 1);
  if (placed.length === 0) return undefined;
  const isWeighted = placed.some((at) => weights[at] > 0);
  let [x, y, total] = [0, 0, 0];
  for (const at of placed) {
    const weight = isWeighted ? Math.max(0, weights[at]) : 1;
    x += weight * positions[2 * targets[at]];
    y += weight * positions[2 * targets[at] + 1];
    total += weight;
  }
  return [x / total, y / total];
}
