import { IsthmusError } from '../../base/errors.ts';
import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';

/** @throws InputError unless there are two finite coordinates a node. */
export function checkPositions({ nodeCount }: PackedGraph, positions: Positions): void {
  if (positions.length !== 2 * nodeCount) {
    const message = `Expected ${2 * nodeCount} coordinates for ${nodeCount} nodes, but ${positions.length} came.`;
    throw new IsthmusError('InputError', message);
  }
  const at = positions.findIndex((coordinate) => !Number.isFinite(coordinate));
  if (at !== -1) {
    const message = `Measures need finite positions, but node ${at >> 1} has a coordinate of ${positions[at]}.`;
    throw new IsthmusError('InputError', message);
  }
}

/** The square of the distance between two nodes, layout units². */
export function squareBetween(positions: Positions, a: number, b: number): number {
  const dx = positions[2 * a] - positions[2 * b];
  const dy = positions[2 * a + 1] - positions[2 * b + 1];
  return dx * dx + dy * dy;
}

/** The distance between two nodes, layout units. */
export function distanceOf(positions: Positions, a: number, b: number): number {
  return Math.sqrt(squareBetween(positions, a, b));
}

/** The length of every edge in file order, self-loops left out, parallel edges kept. */
export function edgeLengths({ edges, edgeCount }: PackedGraph, positions: Positions): Float64Array {
  const lengths = new Float64Array(edgeCount);
  let count = 0;
  for (let e = 0; e < edges.length; e += 2) {
    if (edges[e] !== edges[e + 1]) lengths[count++] = distanceOf(positions, edges[e], edges[e + 1]);
  }
  return lengths.slice(0, count);
}

/** That many different nodes drawn at random, or all of them where there are no more. */
export function drawNodes(nodeCount: number, count: number, random: () => number): Uint32Array {
  const nodes = Uint32Array.from({ length: nodeCount }, (_, node) => node);
  if (count >= nodeCount) return nodes;
  for (let i = 0; i < count; i++) {
    const k = i + Math.floor(random() * (nodeCount - i));
    [nodes[i], nodes[k]] = [nodes[k], nodes[i]];
  }
  return nodes.subarray(0, count);
}
