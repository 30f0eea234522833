import { numbersOfRole } from '../../graph/columns.ts';
import type { PackedGraph } from '../../graph/packed-graph.ts';
import type { ForceAtlas2Settings } from '../settings.ts';

/** The edges as attraction needs them: each once, in the row of its source; self-loops left out. */
export interface Springs {
  /** nodeCount + 1 entries: the edges from i are offsets[i] … offsets[i + 1] − 1. */
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** e = w^δ of each edge. */
  readonly pulls: Float64Array;
}

/** One weight an edge in file order; 1 where the file gives none. */
export function edgeWeights(graph: PackedGraph): Float64Array {
  const column = numbersOfRole(graph.edgeColumns, 'weight');
  if (column === undefined) return new Float64Array(graph.edgeCount).fill(1);
  return column.values.map((weight, edge) => (column.missing?.[edge] ? 1 : weight));
}

/**
 * Weights as Gephi takes them: inverted, then normalised, then to the power of the edge weight influence. What is still
 * negative then counts as 0: taken as they are, negative weights drive their ends apart without bound.
 */
export function createSprings(graph: PackedGraph, settings: ForceAtlas2Settings): Springs {
  const pulls = pullsOf(edgeWeights(graph), settings);
  const { edges, edgeCount, nodeCount } = graph;
  const offsets = new Uint32Array(nodeCount + 1);
  for (let e = 0; e < edgeCount; e++) if (edges[2 * e] !== edges[2 * e + 1]) offsets[edges[2 * e] + 1]++;
  for (let i = 0; i < nodeCount; i++) offsets[i + 1] += offsets[i];
  const springs = {
    offsets,
    targets: new Uint32Array(offsets[nodeCount]),
    pulls: new Float64Array(offsets[nodeCount]),
  };
  const cursor = offsets.slice(0, nodeCount);
  for (let e = 0; e < edgeCount; e++) {
    const source = edges[2 * e];
    if (source === edges[2 * e + 1]) continue;
    const place = cursor[source]++;
    springs.targets[place] = edges[2 * e + 1];
    springs.pulls[place] = pulls[e];
  }
  return springs;
}

function pullsOf(weights: Float64Array, settings: ForceAtlas2Settings): Float64Array {
  const { edgeWeightInfluence, normalizeEdgeWeights, invertedEdgeWeightsMode } = settings;
  if (edgeWeightInfluence === 0) return weights.fill(1);
  const distances = invertedEdgeWeightsMode ? weights.map((weight) => (weight === 0 ? 0 : 1 / weight)) : weights;
  const spread = normalizeEdgeWeights ? normalised(distances) : distances;
  return spread.map((weight) => Math.max(0, weight) ** edgeWeightInfluence);
}

function normalised(weights: Float64Array): Float64Array {
  let least = Infinity;
  let most = -Infinity;
  for (const weight of weights) {
    least = Math.min(least, weight);
    most = Math.max(most, weight);
  }
  return weights.map((weight) => (most > least ? (weight - least) / (most - least) : 1));
}
