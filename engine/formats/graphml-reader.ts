import { type ColumnBuilder, kindOfType } from './column-builder.ts';
import type { GraphReader, ReaderContext } from './format.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { counted, quoted, type Report, were } from './report.ts';
import type { TableBuilder } from './table-builder.ts';
import { packColor, parseNumber } from './values.ts';
import { type Attributes, createXmlReader, required, type XmlHandlers } from './xml.ts';

/** Reads GraphML (http://graphml.graphdrawing.org), with the keys that Gephi and networkx use for labels, positions and colours. */
export function createGraphmlReader({ builder, report }: ReaderContext): GraphReader {
  return createXmlReader(report, new GraphmlHandlers(builder, report));
}

interface Key {
  readonly id: string;
  readonly target: string;
  readonly name: string;
  readonly type: string;
  readonly line: number;
  /** yEd's own: their content is drawing instructions. */
  readonly isGraphics: boolean;
  default: string | undefined;
}

/** Where the data of an open node or edge goes. */
interface Owner {
  readonly table: TableBuilder;
  readonly row: number;
  readonly id: string;
  /** Red, green, blue and alpha; NaN until given. */
  readonly channels: number[];
}

type Setter = (owner: Owner, text: string, line: number) => void;

const channelNames = ['r', 'g', 'b', 'alpha'];

class GraphmlHandlers implements XmlHandlers {
  readonly #builder: GraphBuilder;
  readonly #report: Report;
  readonly #keys = new Map<string, Key>();
  readonly #setters = { node: new Map<string, Setter>(), edge: new Map<string, Setter>() };
  readonly #owners: Owner[] = [];
  /** Directions by default of the graphs that are open. */
  readonly #directions: boolean[] = [];
  #graphCount = 0;
  #depth = 0;
  /** Elements of a subtree that is skipped, open now. */
  #skipped = 0;
  #key: Key | undefined;
  #dataKey: Key | undefined;
  #dataLine = 0;
  #text: string | undefined;

  constructor(builder: GraphBuilder, report: Report) {
    this.#builder = builder;
    this.#report = report;
  }

  open(name: string, attributes: Attributes, line: number): void {
    if (this.#depth++ === 0 && name !== 'graphml') {
      throw this.#report.error(line, `The root element is <${name}>; expected <graphml>.`);
    }
    if (this.#skipped > 0) {
      this.#skipped++;
      if (name === 'NodeLabel' || name === 'EdgeLabel') this.#text ??= '';
      return;
    }
    switch (name) {
      case 'graphml':
        return;
      case 'key':
        this.#openKey(attributes, line);
        return;
      case 'graph':
        this.#openGraph(attributes);
        return;
      case 'node':
        this.#openNode(attributes, line);
        return;
      case 'edge':
        this.#openEdge(attributes, line);
        return;
      case 'data':
        this.#openData(attributes, line);
        return;
      case 'default':
        this.#text = '';
        return;
      default:
        this.#skip(name, line);
    }
  }

  close(name: string): void {
    this.#depth--;
    if (this.#skipped > 0) {
      this.#skipped--;
      if (this.#text !== undefined && (name === 'NodeLabel' || name === 'EdgeLabel')) this.#closeYedLabel();
      return;
    }
    switch (name) {
      case 'key':
        if (this.#key !== undefined) this.#declare(this.#key);
        this.#key = undefined;
        return;
      case 'default':
        if (this.#key !== undefined) this.#key.default = this.#text;
        this.#text = undefined;
        return;
      case 'data':
        this.#closeData();
        return;
      case 'graph':
        this.#directions.pop();
        return;
      case 'node':
      case 'edge':
        this.#closeOwner();
    }
  }

  text(text: string): void {
    if (this.#text !== undefined) this.#text += text;
  }

  end(): undefined {
    return undefined;
  }

  #skip(name: string, line: number): void {
    this.#skipped = 1;
    if (name === 'desc') return;
    this.#report.warn(`element ${name}`, line, (count) => {
      const what = `<${name}> element`;
      return `${counted(count, what)} ${were(count)} ignored: only nodes, edges, graphs and their data are read.`;
    });
  }

  #openKey(attributes: Attributes, line: number): void {
    const id = required(this.#report, 'key', attributes, 'id', line);
    if (this.#keys.has(id))
      throw this.#report.error(line, `The key ${quoted(id)} is declared twice; expected each id once.`);
    const type = attributes['attr.type'] ?? 'string';
    this.#key = {
      id,
      target: attributes.for ?? 'all',
      name: attributes['attr.name'] ?? id,
      type: type === 'int' ? 'integer' : type,
      line,
      isGraphics: attributes['yfiles.type'] !== undefined,
      default: undefined,
    };
    this.#keys.set(id, this.#key);
  }

  #declare(key: Key): void {
    if (key.isGraphics) return;
    if (key.target === 'port' || key.target === 'endpoint' || key.target === 'hyperedge') return;
    for (const table of ['node', 'edge'] as const) {
      if (key.target === table || key.target === 'all') this.#setters[table].set(key.id, this.#setterOf(table, key));
    }
  }

  #setterOf(table: 'node' | 'edge', key: Key): Setter {
    const rows = table === 'node' ? this.#builder.nodes : this.#builder.edges;
    const channel = channelNames.indexOf(key.name);
    if (channel >= 0 && kindOfType(key.type) === 'number') {
      return (owner, text) => {
        owner.channels[channel] = parseNumber(text) ?? Number.NaN;
      };
    }
    const role = rows.roleOfName(key.name);
    const overrides = key.default === undefined ? {} : { default: key.default };
    if (role === 'weight' && key.default === undefined) {
      return (owner, text, line) => this.#builder.setWeight(owner.row, text, line);
    }
    if (role !== undefined && !rows.hasRole(role)) return intoColumn(rows.role(role, overrides));
    const { id, name, type, line } = key;
    return intoColumn(rows.declare({ name: id, title: name, type, kind: kindOfType(type), ...overrides }, line));
  }

  #openGraph(attributes: Attributes): void {
    const isDirected = attributes.edgedefault === 'directed';
    if (this.#directions.length === 0 && ++this.#graphCount === 1) this.#builder.directedByDefault = isDirected;
    else if (this.#directions.length === 0) {
      this.#report.warn(
        'graphs',
        undefined,
        (count) => `${counted(count, 'further graph')} ${were(count)} read into the same map.`,
      );
    }
    this.#directions.push(isDirected);
  }

  #openNode(attributes: Attributes, line: number): void {
    const id = required(this.#report, 'node', attributes, 'id', line);
    const row = this.#builder.addNode(id, line);
    const parent = this.#owners.findLast((owner) => owner.table === this.#builder.nodes);
    if (parent !== undefined) this.#builder.nodes.role('parent').setString(row, parent.id);
    this.#owners.push({ table: this.#builder.nodes, row, id, channels: [] });
  }

  #openEdge(attributes: Attributes, line: number): void {
    const source = required(this.#report, 'edge', attributes, 'source', line);
    const target = required(this.#report, 'edge', attributes, 'target', line);
    const { directed } = attributes;
    const isDirected =
      directed === undefined ? this.#directions.at(-1) === true : directed === 'true' || directed === '1';
    const row = this.#builder.addEdge(source, target, line, isDirected);
    if (attributes.id !== undefined) this.#builder.edges.role('id').setString(row, attributes.id);
    if (attributes.sourceport !== undefined || attributes.targetport !== undefined) {
      this.#report.warn('ports', line, (count) => `The ports of ${counted(count, 'edge')} were ignored.`);
    }
    this.#owners.push({ table: this.#builder.edges, row, id: '', channels: [] });
  }

  #closeOwner(): void {
    const owner = this.#owners.pop();
    if (owner === undefined || owner.channels.length === 0) return;
    const [red, green, blue, alpha = 255] = owner.channels;
    const channels = [red, green, blue, alpha].map((value) => Math.round(Math.min(255, Math.max(0, value))));
    if (channels.every(Number.isFinite))
      owner.table.role('color').setColor(owner.row, packColor(channels[0], channels[1], channels[2], channels[3]));
    else
      this.#report.warn(
        'bad color',
        undefined,
        (count) => `${counted(count, 'incomplete colour')} ${were(count)} ignored; expected r, g and b from 0 to 255.`,
      );
  }

  #openData(attributes: Attributes, line: number): void {
    const id = required(this.#report, 'data', attributes, 'key', line);
    const key = this.#keys.get(id);
    if (key?.isGraphics) {
      this.#skipped = 1;
      this.#report.warn(
        'yed',
        line,
        (count) => `yEd's graphics of ${counted(count, 'element')} were ignored, but for labels.`,
      );
      return;
    }
    this.#dataKey = key ?? this.#undeclared(id, line);
    this.#dataLine = line;
    this.#text = '';
  }

  #undeclared(id: string, line: number): Key {
    this.#report.warn(
      `undeclared ${id}`,
      line,
      (count) => `${counted(count, 'key')}, ${quoted(id)}, is used but not declared and was read as text.`,
    );
    const key: Key = { id, target: 'all', name: id, type: 'string', line, isGraphics: false, default: undefined };
    this.#keys.set(id, key);
    return key;
  }

  #closeData(): void {
    const key = this.#dataKey;
    const text = this.#text;
    this.#dataKey = undefined;
    this.#text = undefined;
    if (key === undefined || text === undefined) return;
    const owner = this.#owners.at(-1);
    if (owner === undefined) {
      if (this.#directions.length === 1) this.#builder.setAttribute(key.name, text);
      return;
    }
    const setters = this.#setters[owner.table.table];
    let set = setters.get(key.id);
    if (set === undefined) {
      set = this.#setterOf(owner.table.table, key);
      setters.set(key.id, set);
    }
    set(owner, text, this.#dataLine);
  }

  #closeYedLabel(): void {
    const label = this.#text?.trim();
    const owner = this.#owners.at(-1);
    this.#text = undefined;
    if (label && owner !== undefined) owner.table.role('label').setString(owner.row, label);
  }
}

function intoColumn(column: ColumnBuilder): Setter {
  return (owner, text, line) => column.setText(owner.row, text, line);
}
