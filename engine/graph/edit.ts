import { IsthmusError } from '../base/errors.ts';
import type { Column, Columns } from './columns.ts';
import { type PackedGraph, pack } from './packed-graph.ts';

/** What is added to a graph. */
export interface GraphAdditions {
  /** The ids of new nodes, which none has yet. */
  readonly nodes?: readonly string[];
  /** New edges by the ids of their ends, old or new nodes. */
  readonly edges?: readonly (readonly [source: string, target: string])[];
}

/**
 * The graph with more nodes and edges behind those that it has. In its columns their values are missing; new edges weigh 1
 * and, where a graph mixes both, have no direction.
 *
 * @throws InputError for an id that there is twice, or an edge to a node that there is not.
 */
export function extendGraph(graph: PackedGraph, { nodes = [], edges = [] }: GraphAdditions): PackedGraph {
  const rowOfId = new Map(graph.ids.map((id, row) => [id, row]));
  nodes.forEach((id, k) => {
    if (rowOfId.has(id)) {
      throw new IsthmusError('InputError', `A node ${JSON.stringify(id)} was to be added, but there is one already.`);
    }
    rowOfId.set(id, graph.nodeCount + k);
  });
  const ends = edges.flat().map((id) => {
    const row = rowOfId.get(id);
    if (row !== undefined) return row;
    throw new IsthmusError(
      'InputError',
      `An edge was to be added to ${JSON.stringify(id)}, but there is no such node.`,
    );
  });
  return pack({
    ...graph,
    ids: [...graph.ids, ...nodes],
    edges: Uint32Array.from([...graph.edges, ...ends]),
    nodes: rowsOf(graph.nodes, [...graph.ids.keys(), ...nodes.map(() => none)]),
    edgeColumns: rowsOf(graph.edgeColumns, [...Array(graph.edgeCount).keys(), ...edges.map(() => none)]),
  });
}

/** The graph without these nodes (by number) and their edges; what is left keeps its order. */
export function removeNodes(graph: PackedGraph, nodes: Iterable<number>): PackedGraph {
  const removed = new Set(nodes);
  const left = [...graph.ids.keys()].filter((node) => !removed.has(node));
  const rowOf = new Map(left.map((node, row) => [node, row]));
  const edges = [...Array(graph.edgeCount).keys()].filter(
    (edge) => rowOf.has(graph.edges[2 * edge]) && rowOf.has(graph.edges[2 * edge + 1]),
  );
  return pack({
    ...graph,
    ids: left.map((node) => graph.ids[node]),
    edges: Uint32Array.from(edges.flatMap((edge) => [0, 1].map((end) => rowOf.get(graph.edges[2 * edge + end])!))),
    nodes: rowsOf(graph.nodes, left),
    edgeColumns: rowsOf(graph.edgeColumns, edges),
  });
}

/** For each node of a changed graph the number that the node of the same id had before, or −1 where there was none. */
export function keptNodes(before: PackedGraph, after: PackedGraph): Int32Array {
  const rowOfId = new Map(before.ids.map((id, row) => [id, row]));
  return Int32Array.from(after.ids, (id) => rowOfId.get(id) ?? none);
}

/** Instead of a row that there was. */
const none = -1;

/** The columns with these rows of what they were, and `none` for new ones. */
function rowsOf(columns: Columns, rows: readonly number[]): Columns {
  return columns.map((column) => rowsOfColumn(column, rows));
}

function rowsOfColumn(column: Column, rows: readonly number[]): Column {
  const flags = Uint8Array.from(rows, (row) => (row === none ? 1 : (column.missing?.[row] ?? 0)));
  const { missing: _, ...rest } = column;
  const missing = flags.includes(1) ? { missing: flags } : {};
  switch (rest.kind) {
    case 'number':
      return { ...rest, ...missing, values: Float64Array.from(rows, (row) => rest.values[row] ?? Number.NaN) };
    case 'string':
      return { ...rest, ...missing, values: rows.map((row) => rest.values[row] ?? '') };
    case 'boolean':
      return { ...rest, ...missing, values: Uint8Array.from(rows, (row) => rest.values[row] ?? 0) };
    case 'color':
      return { ...rest, ...missing, values: Uint32Array.from(rows, (row) => rest.values[row] ?? 0) };
  }
}
