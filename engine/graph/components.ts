import { columnOfRole } from './columns.ts';
import { type PackedGraph, pack } from './packed-graph.ts';

/** The connected components of a graph. */
export interface Components {
  /** One component a node, 0 … count − 1, numbered by their first nodes. */
  readonly of: Uint32Array;
  readonly count: number;
}

/** The connected components, in O(nodes + edges); directions do not count. */
export function componentsOf({ nodeCount, offsets, targets }: PackedGraph): Components {
  const of = new Uint32Array(nodeCount).fill(none);
  const stack = new Uint32Array(nodeCount);
  let count = 0;
  for (let start = 0; start < nodeCount; start++) {
    if (of[start] !== none) continue;
    let height = 0;
    of[start] = count;
    stack[height++] = start;
    while (height > 0) {
      const node = stack[--height];
      for (let at = offsets[node]; at < offsets[node + 1]; at++) {
        if (of[targets[at]] !== none) continue;
        of[targets[at]] = count;
        stack[height++] = targets[at];
      }
    }
    count++;
  }
  return { of, count };
}

const none = 0xffffffff;

/** A component as a graph of its own, and the node of the whole graph that each of its nodes is. */
export interface ComponentGraph {
  readonly nodes: readonly number[];
  readonly graph: PackedGraph;
}

/**
 * Every component as a graph of its own, in the components' order, nodes and edges in the order that they had. Of the
 * columns only those that a layout heeds go with it: the sizes of nodes and the weights of edges.
 */
export function componentGraphs(graph: PackedGraph, components: Components): readonly ComponentGraph[] {
  const nodes = Array.from({ length: components.count }, (): number[] => []);
  const edges = Array.from({ length: components.count }, (): number[] => []);
  const placeOf = new Uint32Array(graph.nodeCount);
  for (let i = 0; i < graph.nodeCount; i++) placeOf[i] = nodes[components.of[i]].push(i) - 1;
  for (let e = 0; e < graph.edgeCount; e++) edges[components.of[graph.edges[2 * e]]].push(e);
  return nodes.map((members, component) => {
    const own = edges[component];
    return {
      nodes: members,
      graph: pack({
        ids: members.map((i) => graph.ids[i]),
        edges: Uint32Array.from({ length: 2 * own.length }, (_, k) => placeOf[graph.edges[2 * own[k >> 1] + (k & 1)]]),
        edgeType: graph.edgeType,
        nodes: rowsOf(graph.nodes, 'size', members),
        edgeColumns: rowsOf(graph.edgeColumns, 'weight', own),
      }),
    };
  });
}

/** The column of that role, if there is one, with only these rows. */
function rowsOf(columns: PackedGraph['nodes'], role: 'size' | 'weight', rows: readonly number[]): PackedGraph['nodes'] {
  const column = columnOfRole(columns, role);
  if (column?.kind !== 'number') return [];
  const missing = column.missing && Uint8Array.from(rows, (row) => column.missing?.[row] ?? 0);
  return [{ ...column, values: Float64Array.from(rows, (row) => column.values[row]), ...(missing && { missing }) }];
}
