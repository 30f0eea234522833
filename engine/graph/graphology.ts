import Graph from 'graphology';
import type { AbstractGraph } from 'graphology-types';
import { IsthmusError } from '../base/errors.ts';
import type { Column, Columns, Role } from './columns.ts';
import { type EdgeType, type PackedGraph, pack } from './packed-graph.ts';

type Attributes = Readonly<Record<string, unknown>>;

const nodeRoles: readonly Role[] = ['label', 'x', 'y', 'z', 'size', 'color', 'shape', 'parent', 'start', 'end'];
const edgeRoles: readonly Role[] = ['label', 'weight', 'size', 'color', 'shape', 'kind', 'start', 'end'];
const numberRoles: readonly Role[] = ['x', 'y', 'z', 'size', 'weight'];

/**
 * A graphology graph as a packed one. Attributes called label, x, y, size, color (`#rrggbb` or `#rrggbbaa`), weight, …
 * get that role; lists and objects become JSON text. Edge keys become the column of role id.
 *
 * @throws InputError if an edge's weight is not a finite number.
 */
export function fromGraphology(graph: AbstractGraph): PackedGraph {
  const ids = graph.nodes();
  const rowOfId = new Map(ids.map((id, row) => [id, row]));
  const edges = new Uint32Array(graph.size * 2);
  const edgeAttributes: Attributes[] = [];
  const keys: string[] = [];
  const directed = new Uint8Array(graph.size);
  graph.forEachEdge((key, attributes, source, target, _sourceAttributes, _targetAttributes, isUndirected) => {
    const row = keys.push(key) - 1;
    edges[2 * row] = rowOfId.get(source)!;
    edges[2 * row + 1] = rowOfId.get(target)!;
    directed[row] = isUndirected ? 0 : 1;
    edgeAttributes.push(attributes);
  });
  for (const [row, { weight }] of edgeAttributes.entries()) {
    if (weight === undefined || weight === null || (typeof weight === 'number' && Number.isFinite(weight))) continue;
    const message = `The weight of edge ${JSON.stringify(keys[row])} is ${String(weight)}; expected a finite number.`;
    throw new IsthmusError('InputError', message);
  }
  const edgeType = edgeTypeOf(graph, directed);
  const idColumn: Column = { name: 'id', title: 'id', type: 'string', role: 'id', kind: 'string', values: keys };
  const directedColumn: Column = {
    name: 'directed',
    title: 'directed',
    type: 'boolean',
    role: 'directed',
    kind: 'boolean',
    values: directed,
  };
  const nodeAttributes = ids.map((id) => graph.getNodeAttributes(id));
  return pack({
    ids,
    edges,
    edgeType,
    nodes: columnsOf(nodeAttributes, nodeRoles, []),
    edgeColumns: [
      ...(keys.length > 0 ? [idColumn] : []),
      ...(edgeType === 'mixed' ? [directedColumn] : []),
      ...columnsOf(edgeAttributes, edgeRoles, ['id', 'directed']),
    ],
    attributes: Object.fromEntries(Object.entries(graph.getAttributes()).map(([name, value]) => [name, textOf(value)])),
  });
}

/**
 * A packed graph as a graphology graph (multi, of the same edge type): attributes by the names of `attributeNames`,
 * colours as `#rrggbb` (`#rrggbbaa` where not opaque), missing values left out.
 */
export function toGraphology(packed: PackedGraph): AbstractGraph {
  const graph = new Graph({ type: packed.edgeType, multi: true, allowSelfLoops: true });
  graph.replaceAttributes({ ...packed.attributes });
  const nodeNames = attributeNames(packed.nodes);
  packed.ids.forEach((id, row) => {
    graph.addNode(id, attributesOf(packed.nodes, nodeNames, row));
  });
  const id = packed.edgeColumns.find(({ role }) => role === 'id');
  const directed = packed.edgeColumns.find(({ role }) => role === 'directed');
  const columns = packed.edgeColumns.filter((column) => column !== id && column !== directed);
  const edgeNames = attributeNames(columns);
  for (let row = 0; row < packed.edgeCount; row++) {
    const attributes = attributesOf(columns, edgeNames, row);
    const source = packed.ids[packed.edges[2 * row]];
    const target = packed.ids[packed.edges[2 * row + 1]];
    const own = id === undefined || id.missing?.[row] ? undefined : String(id.values[row]);
    const key = own === undefined || graph.hasEdge(own) ? `edge ${row}` : own;
    const isDirected = packed.edgeType === 'directed' || (packed.edgeType === 'mixed' && directed?.values[row] === 1);
    if (isDirected) graph.addDirectedEdgeWithKey(key, source, target, attributes);
    else graph.addUndirectedEdgeWithKey(key, source, target, attributes);
  }
  return graph;
}

/**
 * The names of columns where only one name is at hand (JSON, graphology): the role for those with one, else the title,
 * made unique by a number behind it.
 */
export function attributeNames(columns: Columns): string[] {
  const taken = new Set<string>(columns.flatMap(({ role }) => (role === undefined ? [] : [role])));
  return columns.map(({ role, title }) => {
    if (role !== undefined) return role;
    let name = title;
    for (let number = 2; taken.has(name); number++) name = `${title}_${number}`;
    taken.add(name);
    return name;
  });
}

function edgeTypeOf(graph: AbstractGraph, directed: Uint8Array): EdgeType {
  const count = directed.reduce((sum, flag) => sum + flag, 0);
  if (directed.length === 0) return graph.type === 'undirected' ? 'undirected' : 'directed';
  if (count === 0) return 'undirected';
  return count === directed.length ? 'directed' : 'mixed';
}

function columnsOf(rows: readonly Attributes[], roles: readonly Role[], taken: readonly string[]): Columns {
  const names = new Set(rows.flatMap((attributes) => Object.keys(attributes)));
  return [...names].map((name) => columnOf(rows, name, roles, taken.includes(name) ? `${name}_2` : name));
}

function columnOf(rows: readonly Attributes[], attribute: string, roles: readonly Role[], name: string): Column {
  const values = rows.map((attributes) => (Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined));
  const flags = Uint8Array.from(values, (value) => (value === undefined || value === null ? 1 : 0));
  const given = values.filter((_, row) => flags[row] === 0);
  const role = roles.find((known) => known === attribute);
  const missing = flags.includes(1) ? { missing: flags } : {};
  const base = { name, title: attribute, ...missing };
  const withRole = role === undefined ? {} : { role };
  if (given.every((value) => typeof value === 'number')) {
    const type = given.every(Number.isSafeInteger) ? 'integer' : 'double';
    const own = role === undefined || numberRoles.includes(role) || role === 'start' || role === 'end' ? withRole : {};
    return {
      ...base,
      ...own,
      type,
      kind: 'number',
      values: Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN)),
    };
  }
  if (given.every((value) => typeof value === 'boolean')) {
    return {
      ...base,
      type: 'boolean',
      kind: 'boolean',
      values: Uint8Array.from(values, (value) => (value === true ? 1 : 0)),
    };
  }
  if (
    role === 'color' &&
    given.every((value) => typeof value === 'string' && /^#(?:[\da-f]{6}|[\da-f]{8})$/i.test(value))
  ) {
    const colors = Uint32Array.from(values, (value) =>
      typeof value === 'string' ? Number.parseInt(value.slice(1).padEnd(8, 'f'), 16) : 0,
    );
    return { ...base, role, type: 'string', kind: 'color', values: colors };
  }
  const own = role === undefined || numberRoles.includes(role) || role === 'color' ? {} : withRole;
  return {
    ...base,
    ...own,
    type: 'string',
    kind: 'string',
    values: values.map((value) => (value === undefined || value === null ? '' : textOf(value))),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function attributesOf(columns: Columns, names: readonly string[], row: number): Record<string, unknown> {
  const entries = columns.flatMap((column, i): [string, unknown][] =>
    column.missing?.[row] ? [] : [[names[i], plainValue(column, row)]],
  );
  return Object.fromEntries(entries);
}

function plainValue(column: Column, row: number): unknown {
  if (column.kind === 'boolean') return column.values[row] === 1;
  if (column.kind !== 'color') return column.values[row];
  const hex = column.values[row].toString(16).padStart(8, '0');
  return '#' + (hex.endsWith('ff') ? hex.slice(0, 6) : hex);
}
