import { numbersOfRole } from '../../graph/columns.ts';
import { componentsOf } from '../../graph/components.ts';
import { degreeOf, labelOf, type PackedGraph, positionsOf } from '../../graph/packed-graph.ts';

/** What there is to know of a graph before it is laid out. */
export interface Facts {
  readonly nodes: number;
  readonly edges: number;
  readonly edgeType: string;
  readonly selfLoops: number;
  /** Edges beyond the first between the same two nodes, in either direction. */
  readonly parallelEdges: number;
  readonly isolatedNodes: number;
  readonly components: number;
  /** Nodes of the largest component. */
  readonly largestComponent: number;
  readonly degree: { readonly mean: number; readonly max: number; readonly maxNode: string | null };
  readonly weights: { readonly min: number; readonly max: number } | null;
  readonly hasPositions: boolean;
}

/** Counts what there is, in O(nodes + edges). */
export function factsOf(graph: PackedGraph): Facts {
  const { nodeCount, edgeCount, edges, edgeType, targets } = graph;
  let selfLoops = 0;
  for (let e = 0; e < edges.length; e += 2) if (edges[e] === edges[e + 1]) selfLoops++;
  let hub = -1;
  let isolatedNodes = 0;
  for (let i = 0; i < nodeCount; i++) {
    if (degreeOf(graph, i) === 0) isolatedNodes++;
    if (hub === -1 || degreeOf(graph, i) > degreeOf(graph, hub)) hub = i;
  }
  const weights = numbersOfRole(graph.edgeColumns, 'weight')?.values;
  return {
    nodes: nodeCount,
    edges: edgeCount,
    edgeType,
    selfLoops,
    parallelEdges: countParallelEdges(graph),
    isolatedNodes,
    ...countComponents(graph),
    degree: {
      mean: nodeCount === 0 ? 0 : targets.length / nodeCount,
      max: hub === -1 ? 0 : degreeOf(graph, hub),
      maxNode: hub === -1 ? null : labelOf(graph, hub),
    },
    weights: weights === undefined ? null : rangeOf(weights),
    hasPositions: positionsOf(graph) !== undefined,
  };
}

/** The least and greatest of the finite values, or null where there is none. */
export function rangeOf(values: Float64Array): { readonly min: number; readonly max: number } | null {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : null;
}

function countParallelEdges({ nodeCount, offsets, targets }: PackedGraph): number {
  const seenFrom = new Int32Array(nodeCount).fill(-1);
  let repeated = 0;
  for (let i = 0; i < nodeCount; i++) {
    for (let at = offsets[i]; at < offsets[i + 1]; at++) {
      if (seenFrom[targets[at]] === i) repeated++;
      seenFrom[targets[at]] = i;
    }
  }
  return repeated / 2;
}

function countComponents(graph: PackedGraph): { readonly components: number; readonly largestComponent: number } {
  const { of, count } = componentsOf(graph);
  const sizes = new Uint32Array(count);
  for (const component of of) sizes[component]++;
  return { components: count, largestComponent: sizes.reduce((most, size) => Math.max(most, size), 0) };
}
