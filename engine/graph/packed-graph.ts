import { IsthmusError } from '../base/errors.ts';
import { type Columns, columnOfRole, numbersOfRole } from './columns.ts';

/** Node positions x0, y0, x1, y1, … (stride 2) in layout units; y grows upwards. */
export type Positions = Float32Array;

/** Whether edges have a direction; `mixed` graphs have a boolean edge column of role `directed`. */
export type EdgeType = 'directed' | 'undirected' | 'mixed';

/** A graph as plain data: it crosses workers, files and pages unchanged. */
export interface PackedGraph {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly edgeType: EdgeType;
  /** Source and target node indices, stride 2, in file order; self-loops and parallel edges kept. */
  readonly edges: Uint32Array;
  /** Symmetric CSR, nodeCount + 1 entries: the neighbours of i are targets[offsets[i]] … targets[offsets[i + 1] - 1]. */
  readonly offsets: Uint32Array;
  /** Neighbours, one entry for each end of each edge; self-loops left out, parallel edges kept. */
  readonly targets: Uint32Array;
  /** Edge weight of each entry of `targets`; 1 where the file gives none. */
  readonly weights: Float32Array;
  readonly ids: readonly string[];
  readonly nodes: Columns;
  readonly edgeColumns: Columns;
  /** What the file says of itself: title, creator, description, lastmodifieddate, … */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What `pack` needs; everything but ids and edges may be left out. */
export interface GraphTables {
  readonly ids: readonly string[];
  readonly edges: Uint32Array;
  readonly edgeType?: EdgeType;
  readonly nodes?: Columns;
  readonly edgeColumns?: Columns;
  readonly attributes?: Readonly<Record<string, string>>;
}

/**
 * Builds a graph from its tables: the symmetric adjacency (CSR) by counting sort, rows in edge order. Weights come from
 * the edge column of role `weight`.
 *
 * @throws InputError if an edge names a node that does not exist or a column has the wrong length.
 */
export function pack(tables: GraphTables): PackedGraph {
  const { ids, edges, edgeType = 'undirected', nodes = [], edgeColumns = [], attributes = {} } = tables;
  const nodeCount = ids.length;
  const edgeCount = edges.length / 2;
  if (!Number.isInteger(edgeCount)) {
    throw new IsthmusError(
      'InputError',
      `Edges come as pairs of node indices, but ${edges.length} numbers were given.`,
    );
  }
  checkColumns(nodes, nodeCount, 'node');
  checkColumns(edgeColumns, edgeCount, 'edge');
  const offsets = new Uint32Array(nodeCount + 1);
  for (let e = 0; e < edges.length; e += 2) {
    const source = edges[e];
    const target = edges[e + 1];
    if (source >= nodeCount || target >= nodeCount) {
      throw new IsthmusError(
        'InputError',
        `Edge ${e / 2} joins nodes ${source} and ${target}, but there are only ${nodeCount} nodes.`,
      );
    }
    if (source === target) continue;
    offsets[source + 1]++;
    offsets[target + 1]++;
  }
  for (let i = 0; i < nodeCount; i++) offsets[i + 1] += offsets[i];
  const targets = new Uint32Array(offsets[nodeCount]);
  const weights = new Float32Array(targets.length).fill(1);
  const weightColumn = numbersOfRole(edgeColumns, 'weight');
  const cursor = offsets.slice(0, nodeCount);
  for (let e = 0; e < edges.length; e += 2) {
    const source = edges[e];
    const target = edges[e + 1];
    if (source === target) continue;
    const weight = weightColumn === undefined || weightColumn.missing?.[e / 2] ? 1 : weightColumn.values[e / 2];
    targets[cursor[source]] = target;
    weights[cursor[source]++] = weight;
    targets[cursor[target]] = source;
    weights[cursor[target]++] = weight;
  }
  return { nodeCount, edgeCount, edgeType, edges, offsets, targets, weights, ids, nodes, edgeColumns, attributes };
}

/** The number of edge ends at a node, self-loops left out. */
export function degreeOf(graph: PackedGraph, node: number): number {
  return graph.offsets[node + 1] - graph.offsets[node];
}

/** The name of a node for a reader: its label, or its id where it has none. */
export function labelOf(graph: PackedGraph, node: number): string {
  const label = columnOfRole(graph.nodes, 'label');
  const text = label?.kind === 'string' && !label.missing?.[node] ? label.values[node] : '';
  return text === '' ? graph.ids[node] : text;
}

/** The positions that came with the file, or undefined unless every node has a finite x and y. */
export function positionsOf(graph: PackedGraph): Positions | undefined {
  const x = numbersOfRole(graph.nodes, 'x');
  const y = numbersOfRole(graph.nodes, 'y');
  if (x === undefined || y === undefined) return undefined;
  const positions = new Float32Array(graph.nodeCount * 2);
  for (let i = 0; i < graph.nodeCount; i++) {
    positions[2 * i] = x.values[i];
    positions[2 * i + 1] = y.values[i];
  }
  return positions.every(Number.isFinite) ? positions : undefined;
}

/** The graph with its x and y columns replaced by these positions, or with such columns added. */
export function withPositions(graph: PackedGraph, positions: Positions): PackedGraph {
  if (positions.length !== graph.nodeCount * 2) {
    throw new IsthmusError(
      'InputError',
      `Expected ${graph.nodeCount * 2} coordinates for ${graph.nodeCount} nodes, but ${positions.length} came.`,
    );
  }
  const values = [0, 1].map((axis) =>
    Float64Array.from({ length: graph.nodeCount }, (_, i) => positions[2 * i + axis]),
  );
  const rest = graph.nodes.filter((column) => column.role !== 'x' && column.role !== 'y');
  const xy = (['x', 'y'] as const).map((role, axis) => ({
    name: `viz:${role}`,
    title: role,
    type: 'float',
    role,
    kind: 'number' as const,
    values: values[axis],
  }));
  return { ...graph, nodes: [...rest, ...xy] };
}

function checkColumns(columns: Columns, rows: number, table: 'node' | 'edge'): void {
  const names = new Set<string>();
  for (const { name, values } of columns) {
    if (values.length !== rows) {
      const message = `The ${table} column "${name}" has ${values.length} values, but there are ${rows} ${table}s.`;
      throw new IsthmusError('InputError', message);
    }
    if (names.has(name)) throw new IsthmusError('InputError', `There are two ${table} columns named "${name}".`);
    names.add(name);
  }
}
