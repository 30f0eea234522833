import { type ColumnBuilder, kindOfType } from './column-builder.ts';
import type { GraphReader, ReaderContext } from './format.ts';
import { takeViz } from './gexf-viz.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { counted, quoted, type Report, were } from './report.ts';
import type { TableBuilder } from './table-builder.ts';
import { type Attributes, createXmlReader, required, type XmlHandlers } from './xml.ts';

/** Reads GEXF 1.1, 1.2 and 1.3 (https://gexf.net), with or without namespaces. */
export function createGexfReader({ builder, report }: ReaderContext): GraphReader {
  return createXmlReader(report, new GexfHandlers(builder, report));
}

interface Declared {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly line: number;
  default: string | undefined;
}

class GexfHandlers implements XmlHandlers {
  readonly #builder: GraphBuilder;
  readonly #report: Report;
  #version: string | undefined;
  #depth = 0;
  #isInMeta = false;
  #attributesTable: TableBuilder | undefined;
  #declared: Declared | undefined;
  /** The table and row that attribute values and viz elements belong to. */
  #table: TableBuilder | undefined;
  #row = 0;
  /** Rows of the nodes that are open: a node inside another is its child. */
  readonly #openNodes: { readonly row: number; readonly id: string }[] = [];
  /** Collects the text of the element that is open, where it means something. */
  #text: string | undefined;
  #spells: string[] = [];

  constructor(builder: GraphBuilder, report: Report) {
    this.#builder = builder;
    this.#report = report;
  }

  open(name: string, attributes: Attributes, line: number): void {
    if (this.#depth++ === 0) {
      this.#openRoot(name, attributes, line);
      return;
    }
    if (this.#isInMeta) {
      this.#text = '';
      return;
    }
    switch (name) {
      case 'attvalue':
        this.#takeValue(attributes, line);
        return;
      case 'node':
        this.#openNode(attributes, line);
        return;
      case 'edge':
        this.#openEdge(attributes, line);
        return;
      case 'color':
      case 'position':
      case 'size':
      case 'thickness':
      case 'shape':
        if (this.#table !== undefined) takeViz(this.#report, this.#table, this.#row, name, attributes, line);
        return;
      case 'graph':
        this.#openGraph(attributes);
        return;
      case 'meta':
        this.#isInMeta = true;
        if (attributes.lastmodifieddate) this.#builder.setAttribute('lastmodifieddate', attributes.lastmodifieddate);
        return;
      case 'attributes':
        this.#attributesTable = attributes.class === 'edge' ? this.#builder.edges : this.#builder.nodes;
        return;
      case 'attribute':
        this.#openAttribute(attributes, line);
        return;
      case 'default':
        this.#text = '';
        return;
      case 'options':
        this.#report.warn(
          'options',
          line,
          (count) => `The list of allowed values of ${counted(count, 'attribute')} was ignored.`,
        );
        return;
      case 'spell':
      case 'slice':
        this.#spells.push(
          `[${attributes.start ?? attributes.startopen ?? ''}, ${attributes.end ?? attributes.endopen ?? ''}]`,
        );
        return;
      case 'parent':
        this.#takeParent(attributes, line);
        return;
      case 'attvalues':
      case 'nodes':
      case 'edges':
      case 'spells':
      case 'slices':
      case 'parents':
        return;
      default:
        this.#report.warn(
          `element ${name}`,
          line,
          (count) => `${counted(count, `<${name}> element`)}, not part of GEXF, ${were(count)} ignored.`,
        );
    }
  }

  close(name: string): void {
    this.#depth--;
    if (this.#isInMeta) {
      if (name === 'meta') this.#isInMeta = false;
      else if (this.#text) this.#builder.setAttribute(name, this.#text);
      this.#text = undefined;
      return;
    }
    switch (name) {
      case 'node':
      case 'edge':
        this.#putSpells();
        if (name === 'node') this.#openNodes.pop();
        this.#table = this.#openNodes.length > 0 ? this.#builder.nodes : undefined;
        this.#row = this.#openNodes.at(-1)?.row ?? 0;
        return;
      case 'attribute':
        this.#closeAttribute();
        return;
      case 'attributes':
        this.#attributesTable = undefined;
        return;
      case 'default':
        if (this.#declared !== undefined) this.#declared.default = this.#text;
        this.#text = undefined;
        return;
    }
  }

  text(text: string): void {
    if (this.#text !== undefined) this.#text += text;
  }

  end(): string | undefined {
    return this.#version;
  }

  #openRoot(name: string, attributes: Attributes, line: number): void {
    if (name !== 'gexf') throw this.#report.error(line, `The root element is <${name}>; expected <gexf>.`);
    this.#version = attributes.version;
  }

  #openGraph(attributes: Attributes): void {
    const { defaultedgetype: direction, mode } = attributes;
    this.#builder.directedByDefault = direction === 'directed';
    if (mode !== undefined && mode !== 'static') this.#builder.setAttribute('mode', mode);
    for (const key of ['timeformat', 'timerepresentation', 'timezone', 'start', 'end']) {
      if (attributes[key]) this.#builder.setAttribute(key, attributes[key]);
    }
  }

  #openAttribute(attributes: Attributes, line: number): void {
    const id = required(this.#report, 'attribute', attributes, 'id', line);
    this.#declared = { id, title: attributes.title ?? id, type: attributes.type ?? 'string', line, default: undefined };
  }

  #closeAttribute(): void {
    const declared = this.#declared;
    const table = this.#attributesTable;
    this.#declared = undefined;
    if (declared === undefined || table === undefined) return;
    const { id, title, type, line } = declared;
    if (table.attribute(id) !== undefined) {
      throw this.#report.error(
        line,
        `The ${table.table} attribute ${quoted(id)} is declared twice; expected each id once.`,
      );
    }
    // Gephi writes weights that change over time as an attribute of that title.
    const isWeight = table.table === 'edge' && title.toLowerCase() === 'weight' && kindOfType(type) === 'number';
    const extra = {
      ...(isWeight ? { role: 'weight' as const } : {}),
      ...(declared.default === undefined ? {} : { default: declared.default }),
    };
    table.declare({ name: id, title, type, kind: kindOfType(type), ...extra }, line);
  }

  #openNode(attributes: Attributes, line: number): void {
    const { nodes } = this.#builder;
    const id = required(this.#report, 'node', attributes, 'id', line);
    const row = this.#builder.addNode(id, line);
    if (attributes.label !== undefined) nodes.role('label').setString(row, attributes.label);
    const parent = attributes.pid ?? this.#openNodes.at(-1)?.id;
    if (parent !== undefined) nodes.role('parent').setString(row, parent);
    this.#openNodes.push({ row, id });
    this.#openRow(nodes, row, attributes, line);
  }

  #openEdge(attributes: Attributes, line: number): void {
    const { edges } = this.#builder;
    const source = required(this.#report, 'edge', attributes, 'source', line);
    const target = required(this.#report, 'edge', attributes, 'target', line);
    const row = this.#builder.addEdge(source, target, line, this.#isDirected(attributes.type, line));
    if (attributes.id !== undefined) edges.role('id').setString(row, attributes.id);
    if (attributes.label !== undefined) edges.role('label').setString(row, attributes.label);
    if (attributes.kind !== undefined) edges.role('kind').setString(row, attributes.kind);
    if (attributes.weight !== undefined) this.#builder.setWeight(row, attributes.weight, line);
    this.#openRow(edges, row, attributes, line);
  }

  #openRow(table: TableBuilder, row: number, attributes: Attributes, line: number): void {
    this.#table = table;
    this.#row = row;
    const start = attributes.start ?? attributes.startopen ?? attributes.timestamp;
    const end = attributes.end ?? attributes.endopen ?? attributes.timestamp;
    if (start) table.role('start').setText(row, start, line);
    if (end) table.role('end').setText(row, end, line);
  }

  #isDirected(type: string | undefined, line: number): boolean | undefined {
    switch (type) {
      case undefined:
      case '':
        return undefined;
      case 'directed':
        return true;
      case 'undirected':
        return false;
      case 'mutual':
        this.#report.warn(
          'mutual',
          line,
          (count) => `${counted(count, 'mutual edge')} ${were(count)} read as undirected.`,
        );
        return false;
      default:
        this.#report.warn(
          'edge-type',
          line,
          (count) =>
            `${counted(count, 'edge')} with a type other than directed, undirected or mutual took the default.`,
        );
        return undefined;
    }
  }

  #takeValue(attributes: Attributes, line: number): void {
    // GEXF 1.1 drafts say `id` where later ones say `for`.
    const id = attributes.for ?? attributes.id ?? required(this.#report, 'attvalue', attributes, 'for', line);
    if (this.#table === undefined) return;
    const column = this.#table.attribute(id) ?? this.#undeclared(this.#table, id, line);
    if (column.has(this.#row)) {
      this.#report.warn(
        'repeated-value',
        line,
        (count) =>
          `${counted(count, 'attribute value')} ${were(count)} replaced by a later one of the same node or edge: the last is kept.`,
      );
    }
    column.setText(this.#row, attributes.value ?? '', line);
  }

  #undeclared(table: TableBuilder, id: string, line: number): ColumnBuilder {
    this.#report.warn(
      `undeclared ${table.table} ${id}`,
      line,
      () => `1 ${table.table} attribute, ${quoted(id)}, is used but not declared; its type was taken from its values.`,
    );
    return table.attributeOfAnyType(id, line);
  }

  #takeParent(attributes: Attributes, line: number): void {
    const column = this.#builder.nodes.role('parent');
    if (attributes.for === undefined || this.#table !== this.#builder.nodes) return;
    if (column.has(this.#row)) {
      this.#report.warn(
        'parents',
        line,
        (count) => `${counted(count, 'further parent')} of nodes ${were(count)} ignored: one a node is kept.`,
      );
    } else column.setString(this.#row, attributes.for);
  }

  #putSpells(): void {
    if (this.#spells.length === 0) return;
    if (this.#table !== undefined)
      this.#table.attributeOfAnyType('spells', undefined).setString(this.#row, this.#spells.join(' '));
    this.#spells = [];
  }
}
