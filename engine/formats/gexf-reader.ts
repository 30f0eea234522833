import { type ColumnBuilder, kindOfType } from './column-builder.ts';
import type { GraphReader, ReaderContext } from './format.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { counted, quoted, type Report } from './report.ts';
import type { TableBuilder } from './table-builder.ts';
import { packColor, parseColor, parseDecimalComma, parseNumber } from './values.ts';
import { createXmlReader, required, type XmlHandlers } from './xml.ts';

type Attributes = Readonly<Record<string, string>>;

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
        this.#takeViz(name, attributes, line);
        return;
      case 'graph':
        this.#openGraph(attributes);
        return;
      case 'meta':
        if (attributes.lastmodifieddate) this.#builder.setAttribute('lastmodifieddate', attributes.lastmodifieddate);
        return;
      case 'attributes':
        this.#attributesTable = attributes.class === 'edge' ? this.#builder.edges : this.#builder.nodes;
        return;
      case 'attribute':
        this.#openAttribute(attributes, line);
        return;
      case 'default':
      case 'creator':
      case 'description':
      case 'keywords':
      case 'title':
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
          (count) =>
            `${counted(count, 'element')} <${name}> ${count === 1 ? 'is' : 'are'} not part of GEXF and ${count === 1 ? 'was' : 'were'} ignored.`,
        );
    }
  }

  close(name: string): void {
    this.#depth--;
    switch (name) {
      case 'node':
        this.#putSpells();
        this.#openNodes.pop();
        this.#table = this.#openNodes.length > 0 ? this.#builder.nodes : undefined;
        this.#row = this.#openNodes.at(-1)?.row ?? 0;
        return;
      case 'edge':
        this.#putSpells();
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
      case 'creator':
      case 'description':
      case 'keywords':
      case 'title':
        if (this.#text) this.#builder.setAttribute(name, this.#text);
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
    this.#openRow(nodes, row, attributes);
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
    this.#openRow(edges, row, attributes);
  }

  #openRow(table: TableBuilder, row: number, attributes: Attributes): void {
    this.#table = table;
    this.#row = row;
    const start = attributes.start ?? attributes.startopen ?? attributes.timestamp;
    const end = attributes.end ?? attributes.endopen ?? attributes.timestamp;
    if (start) table.role('start').setString(row, start);
    if (end) table.role('end').setString(row, end);
  }

  #isDirected(type: string | undefined, line: number): boolean {
    switch (type) {
      case undefined:
      case '':
        return this.#builder.directedByDefault;
      case 'directed':
        return true;
      case 'undirected':
        return false;
      case 'mutual':
        this.#report.warn(
          'mutual',
          line,
          (count) => `${counted(count, 'mutual edge')} ${count === 1 ? 'was' : 'were'} read as undirected.`,
        );
        return false;
      default:
        this.#report.warn(
          'edge-type',
          line,
          (count) =>
            `${counted(count, 'edge')} with a type other than directed, undirected or mutual took the default.`,
        );
        return this.#builder.directedByDefault;
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
          `${counted(count, 'attribute value')} of an earlier time ${count === 1 ? 'was' : 'were'} ignored: one value a node or edge is kept, the last.`,
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
        (count) =>
          `${counted(count, 'further parent')} of nodes ${count === 1 ? 'was' : 'were'} ignored: one a node is kept.`,
      );
    } else column.setString(this.#row, attributes.for);
  }

  #takeViz(name: string, attributes: Attributes, line: number): void {
    const table = this.#table;
    if (table === undefined) return;
    switch (name) {
      case 'color':
        this.#takeColor(table, attributes, line);
        return;
      case 'position':
        for (const axis of ['x', 'y', 'z'] as const) {
          if (table.table === 'node' && attributes[axis] !== undefined)
            this.#takeNumber(table, axis, attributes[axis], line);
        }
        return;
      case 'shape':
        if (attributes.value !== undefined) table.role('shape').setString(this.#row, attributes.value);
        if (attributes.uri !== undefined) {
          this.#report.warn(
            'uri',
            line,
            (count) => `${counted(count, 'image address', 'image addresses')} ${count === 1 ? 'was' : 'were'} ignored.`,
          );
        }
        return;
      default:
        if (attributes.value !== undefined) this.#takeNumber(table, 'size', attributes.value, line);
    }
  }

  #takeNumber(table: TableBuilder, role: 'x' | 'y' | 'z' | 'size', text: string, line: number): void {
    const value = parseNumber(text) ?? parseDecimalComma(text);
    if (value !== undefined && Number.isFinite(value)) table.role(role).setNumber(this.#row, value);
    else
      this.#report.warn(
        `bad ${role}`,
        line,
        (count) =>
          `${counted(count, 'value')} of ${role} that ${count === 1 ? 'is not a finite number was' : 'are not finite numbers were'} ignored.`,
      );
  }

  #takeColor(table: TableBuilder, attributes: Attributes, line: number): void {
    const hex = attributes.hex === undefined ? undefined : parseColor(attributes.hex);
    const channels = [attributes.r, attributes.g, attributes.b].map((text) => Number(text ?? Number.NaN));
    const alpha = attributes.a === undefined ? 1 : Number(attributes.a);
    if (Number.isNaN(alpha) || (hex === undefined && channels.some(Number.isNaN))) {
      this.#report.warn(
        'bad color',
        line,
        (count) =>
          `${counted(count, 'colour')} that cannot be read ${count === 1 ? 'was' : 'were'} ignored; expected r, g and b from 0 to 255, or hex.`,
      );
      return;
    }
    const [red, green, blue] = channels.map((channel) => Math.round(Math.min(255, Math.max(0, channel))));
    const opacity = Math.round(Math.min(1, Math.max(0, alpha)) * 255);
    const color =
      hex === undefined
        ? packColor(red, green, blue, opacity)
        : attributes.a === undefined
          ? hex
          : packColor(hex >>> 24, (hex >>> 16) & 255, (hex >>> 8) & 255, opacity);
    table.role('color').setColor(this.#row, color);
  }

  #putSpells(): void {
    if (this.#spells.length === 0) return;
    if (this.#table !== undefined)
      this.#table.attributeOfAnyType('spells', undefined).setString(this.#row, this.#spells.join(' '));
    this.#spells = [];
  }
}
