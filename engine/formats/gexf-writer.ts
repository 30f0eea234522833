import type { Column } from '../graph/columns.ts';
import type { PackedGraph } from '../graph/packed-graph.ts';
import { hasValue, spell, splitColumns, type WrittenColumns, writtenType } from './written-columns.ts';
import { escapeXml, escapeXmlId } from './xml.ts';

/** Attributes of <graph>; all others of a graph go to <meta>. */
const graphAttributes = ['mode', 'timeformat', 'timerepresentation', 'timezone', 'start', 'end'];

/** Writes GEXF 1.3, an element a line; every column is kept, and positions, sizes, colours and shapes go where Gephi looks. */
export function* gexfText(graph: PackedGraph): Generator<string> {
  const nodes = splitColumns(graph.nodes, {
    label: ['string'],
    x: ['number'],
    y: ['number'],
    z: ['number'],
    size: ['number'],
    color: ['color'],
    shape: ['string'],
    parent: ['string'],
    start: ['string', 'number'],
    end: ['string', 'number'],
  });
  const edges = splitColumns(graph.edgeColumns, {
    id: ['string'],
    label: ['string'],
    weight: ['number'],
    size: ['number'],
    color: ['color'],
    shape: ['string'],
    directed: ['boolean'],
    kind: ['string'],
    start: ['string', 'number'],
    end: ['string', 'number'],
  });
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n';
  yield metaText(graph);
  const own = graphAttributes.map((name) => attributeText(name, graph.attributes[name]));
  yield `<graph defaultedgetype="${graph.edgeType === 'directed' ? 'directed' : 'undirected'}"${own.join('')}>\n`;
  yield declarationsText('node', nodes.attributes);
  yield declarationsText('edge', edges.attributes);
  yield `<nodes count="${graph.nodeCount}">\n`;
  for (let row = 0; row < graph.nodeCount; row++) yield nodeText(graph, nodes, row);
  yield `</nodes>\n<edges count="${graph.edgeCount}">\n`;
  const ids = graph.ids.map(escapeXmlId);
  for (let row = 0; row < graph.edgeCount; row++) yield edgeText(graph, edges, ids, row);
  yield '</edges>\n</graph>\n</gexf>\n';
}

function metaText({ attributes }: PackedGraph): string {
  const children = Object.entries(attributes)
    .filter(([name]) => name !== 'lastmodifieddate' && !graphAttributes.includes(name) && /^[a-z_][\w.-]*$/i.test(name))
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
  const date = attributeText('lastmodifieddate', attributes.lastmodifieddate);
  return children.length === 0 && date === '' ? '' : `<meta${date}>${children.join('')}</meta>\n`;
}

function declarationsText(table: 'node' | 'edge', columns: readonly Column[]): string {
  if (columns.length === 0) return '';
  const lines = columns.map((column) => {
    const { name, title, default: fallback, missing } = column;
    const start = `<attribute id="${escapeXml(name)}" title="${escapeXml(title)}" type="${escapeXml(writtenType(column))}"`;
    return fallback === undefined || missing !== undefined
      ? `${start}/>\n`
      : `${start}><default>${escapeXml(fallback)}</default></attribute>\n`;
  });
  return `<attributes class="${table}">\n${lines.join('')}</attributes>\n`;
}

function nodeText(graph: PackedGraph, columns: WrittenColumns, row: number): string {
  const { role } = columns;
  const attributes = `${given('label', role('label'), row)}${given('pid', role('parent'), row)}`;
  const [x, y, z] = (['x', 'y', 'z'] as const).map((axis) => given(axis, role(axis), row));
  const position = x + y + z === '' ? '' : `<viz:position${x}${y}${z}/>`;
  const body = attvaluesText(columns.attributes, row) + vizText(columns, 'size', row) + position;
  return elementText('node', ` id="${escapeXmlId(graph.ids[row])}"${attributes}${lifeText(columns, row)}`, body);
}

function edgeText(graph: PackedGraph, columns: WrittenColumns, ids: readonly string[], row: number): string {
  const { role } = columns;
  const directed = graph.edgeType === 'mixed' && role('directed')?.values[row] === 1 ? ' type="directed"' : '';
  const ends = ` source="${ids[graph.edges[2 * row]]}" target="${ids[graph.edges[2 * row + 1]]}"`;
  const attributes = `${directed}${given('kind', role('kind'), row)}${given('label', role('label'), row)}${given('weight', role('weight'), row)}`;
  const body = attvaluesText(columns.attributes, row) + vizText(columns, 'thickness', row);
  return elementText('edge', `${given('id', role('id'), row)}${ends}${attributes}${lifeText(columns, row)}`, body);
}

function elementText(name: string, attributes: string, body: string): string {
  return body === '' ? `<${name}${attributes}/>\n` : `<${name}${attributes}>${body}</${name}>\n`;
}

function attvaluesText(columns: readonly Column[], row: number): string {
  let values = '';
  for (const column of columns) {
    if (!hasValue(column, row)) continue;
    values += `<attvalue for="${escapeXml(column.name)}" value="${escapeXml(spell(column, row))}"/>`;
  }
  return values === '' ? '' : `<attvalues>${values}</attvalues>`;
}

function vizText({ role }: WrittenColumns, sizeName: 'size' | 'thickness', row: number): string {
  const color = role('color');
  let text = '';
  if (color?.kind === 'color' && hasValue(color, row)) {
    const value = color.values[row];
    const alpha = value & 255;
    const opacity = alpha === 255 ? '' : ` a="${Number((alpha / 255).toFixed(4))}"`;
    text += `<viz:color r="${value >>> 24}" g="${(value >>> 16) & 255}" b="${(value >>> 8) & 255}"${opacity}/>`;
  }
  if (hasValue(role('size'), row)) text += `<viz:${sizeName}${given('value', role('size'), row)}/>`;
  if (hasValue(role('shape'), row)) text += `<viz:shape${given('value', role('shape'), row)}/>`;
  return text;
}

function lifeText({ role }: WrittenColumns, row: number): string {
  return given('start', role('start'), row) + given('end', role('end'), row);
}

/** ` name="value"`, or nothing where the row has no value. */
function given(name: string, column: Column | undefined, row: number): string {
  return hasValue(column, row) ? attributeText(name, spell(column, row)) : '';
}

function attributeText(name: string, value: string | undefined): string {
  return value === undefined ? '' : ` ${name}="${escapeXml(value)}"`;
}
