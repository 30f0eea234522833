import { linksAmong, nodesOfAnnotation } from './annotations/pick.ts';
import type { GraphMap } from './graph-map.ts';
import { neighboursOf } from './pick.ts';

/** Nodes and edges to be shown in the accent colour: a hovered node with its links, say. */
export interface Emphasis {
  readonly nodes: readonly number[];
  /** Pairs of nodes, stride 2. */
  readonly links: Uint32Array;
}

/** A node with its neighbours and the links to them. */
export function emphasisOfNode(map: GraphMap, node: number): Emphasis {
  const neighbours = neighboursOf(map, node);
  return {
    nodes: [node, ...neighbours],
    links: Uint32Array.from(neighbours.flatMap((neighbour) => [node, neighbour])),
  };
}

/** The nodes that an annotation is made of, by its index, and the links among them. */
export function emphasisOfAnnotation({ graph, annotations }: GraphMap, annotation: number): Emphasis {
  const nodes = nodesOfAnnotation(graph, annotations[annotation]);
  return { nodes, links: linksAmong(graph, nodes) };
}
