import type { Column } from '../graph/columns.ts';
import type { PackedGraph } from '../graph/packed-graph.ts';
import { freeName } from './table-builder.ts';
import { hasValue, spell, splitColumns, writtenType } from './written-columns.ts';
import { escapeXml, escapeXmlId } from './xml.ts';

interface Key {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly default: string | undefined;
  /** The text of a row's value, undefined where it has none. */
  readonly text: (row: number) => string | undefined;
}

const typesOfGraphml: Readonly<Record<string, string>> = {
  integer: 'int',
  int: 'int',
  byte: 'int',
  short: 'int',
  long: 'long',
  biginteger: 'long',
  float: 'float',
  double: 'double',
  boolean: 'boolean',
};

/** Writes GraphML with the keys that Gephi reads: label, x, y, z, size, r, g, b, weight; every other column is a key of its own. */
export function* graphmlText(graph: PackedGraph): Generator<string> {
  const nodes = splitColumns(graph.nodes, {
    label: ['string'],
    x: ['number'],
    y: ['number'],
    z: ['number'],
    size: ['number'],
    color: ['color'],
  });
  const edges = splitColumns(graph.edgeColumns, {
    id: ['string'],
    label: ['string'],
    weight: ['number'],
    color: ['color'],
    directed: ['boolean'],
  });
  const nodeKeys = [
    ...(['label', 'x', 'y', 'z', 'size'] as const).flatMap((role) => placedKeys(nodes.role(role), role, role)),
    ...colorKeys(nodes.role('color'), ''),
    ...nodes.attributes.map((column) => attributeKey(column)),
  ];
  const edgeKeys = [
    ...placedKeys(edges.role('label'), 'edgelabel', 'Edge Label'),
    ...placedKeys(edges.role('weight'), 'weight', 'weight'),
    ...colorKeys(edges.role('color'), 'edge'),
    ...edges.attributes.map((column) => attributeKey(column)),
  ];
  const keys = withOwnIds([...nodeKeys, ...edgeKeys, ...Object.keys(graph.attributes).map(graphKey)]);
  const ofNodes = keys.slice(0, nodeKeys.length);
  const ofEdges = keys.slice(nodeKeys.length, nodeKeys.length + edgeKeys.length);
  const ofGraph = keys.slice(nodeKeys.length + edgeKeys.length);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  yield* keysText('node', ofNodes);
  yield* keysText('edge', ofEdges);
  yield* keysText('graph', ofGraph);
  yield `<graph edgedefault="${graph.edgeType === 'directed' ? 'directed' : 'undirected'}">\n`;
  yield* ofGraph.map(({ id, name }) => `<data key="${escapeXml(id)}">${escapeXml(graph.attributes[name])}</data>\n`);
  const ids = graph.ids.map(escapeXmlId);
  for (let row = 0; row < graph.nodeCount; row++) yield elementText('node', ` id="${ids[row]}"`, ofNodes, row);
  const id = edges.role('id');
  const directed = edges.role('directed');
  for (let row = 0; row < graph.edgeCount; row++) {
    const own = hasValue(id, row) ? ` id="${escapeXml(spell(id, row))}"` : '';
    const direction = graph.edgeType === 'mixed' && directed?.values[row] === 1 ? ' directed="true"' : '';
    const ends = ` source="${ids[graph.edges[2 * row]]}" target="${ids[graph.edges[2 * row + 1]]}"`;
    yield elementText('edge', own + ends + direction, ofEdges, row);
  }
  yield '</graph>\n</graphml>\n';
}

function placedKeys(column: Column | undefined, id: string, name: string): Key[] {
  if (column === undefined) return [];
  const type = column.kind === 'number' ? (column.type === 'float' ? 'float' : 'double') : 'string';
  return [{ id, name, type, default: defaultOf(column), text: textOfColumn(column) }];
}

/** A colour goes into three keys of 0 to 255, and a fourth where any is not opaque. */
function colorKeys(column: Column | undefined, prefix: string): Key[] {
  if (column?.kind !== 'color') return [];
  const isOpaque = column.values.every((value, row) => (value & 255) === 255 || column.missing?.[row] === 1);
  return (isOpaque ? ['r', 'g', 'b'] : ['r', 'g', 'b', 'alpha']).map((name, channel) => ({
    id: prefix + name,
    name,
    type: 'int',
    default: undefined,
    text: (row) => (hasValue(column, row) ? String((column.values[row] >>> (24 - 8 * channel)) & 255) : undefined),
  }));
}

function attributeKey(column: Column): Key {
  const type = typesOfGraphml[writtenType(column).toLowerCase()] ?? 'string';
  return { id: column.name, name: column.title, type, default: defaultOf(column), text: textOfColumn(column) };
}

function graphKey(name: string): Key {
  return { id: name, name, type: 'string', default: undefined, text: () => undefined };
}

/** Ids are unique in a whole GraphML file, names in a table only: of two keys with one id the later gets a number behind it. */
function withOwnIds(keys: readonly Key[]): Key[] {
  const taken = new Set<string>();
  return keys.map((key) => ({ ...key, id: freeName(key.id, taken) }));
}

function defaultOf({ default: fallback, missing }: Column): string | undefined {
  return missing === undefined ? fallback : undefined;
}

function textOfColumn(column: Column): Key['text'] {
  return (row) => (hasValue(column, row) ? spell(column, row) : undefined);
}

function* keysText(table: 'node' | 'edge' | 'graph', keys: readonly Key[]): Generator<string> {
  for (const { id, name, type, default: fallback } of keys) {
    const start = `<key id="${escapeXml(id)}" for="${table}" attr.name="${escapeXml(name)}" attr.type="${type}"`;
    yield fallback === undefined ? `${start}/>\n` : `${start}><default>${escapeXml(fallback)}</default></key>\n`;
  }
}

function elementText(name: string, attributes: string, keys: readonly Key[], row: number): string {
  let data = '';
  for (const { id, text } of keys) {
    const value = text(row);
    if (value !== undefined) data += `<data key="${escapeXml(id)}">${escapeXml(value)}</data>`;
  }
  return data === '' ? `<${name}${attributes}/>\n` : `<${name}${attributes}>${data}</${name}>\n`;
}
