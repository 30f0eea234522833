import { type Assign, createAssigner } from './assign.ts';
import type { GraphReader, ReaderContext } from './format.ts';
import { counted, quoted, were } from './report.ts';
import { parseNumber } from './values.ts';

/** So many vertices may be announced without a line of their own: one number must not fill the memory. */
const maxUnlisted = 10_000_000;
const maxLineLength = 1 << 24;

/** What Pajek's parameters after a vertex or line are called here. */
const parameterNames = new Map([
  ['ic', 'color'],
  ['c', 'color'],
  ['l', 'label'],
  ['w', 'size'],
]);

type Section = (fields: readonly Field[]) => void;

interface Field {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** Reads a network of Pajek (.net; Pajek's reference manual): vertices from 1, arcs, edges, their list forms and matrices. */
export function createPajekReader(context: ReaderContext): GraphReader {
  return new PajekReader(context);
}

class PajekReader implements GraphReader {
  readonly #context: ReaderContext;
  readonly #assignNode: Assign;
  readonly #assignEdge: Assign;
  #rest = '';
  #line = 0;
  #vertexCount: number | undefined;
  #relation: string | undefined;
  #section: Section | undefined;
  #cells = 0;
  /** In a partition, vector or the like, whose own *Vertices line opens no network. */
  #isAside = false;

  constructor(context: ReaderContext) {
    this.#context = context;
    this.#assignNode = createAssigner(context.builder, 'node');
    this.#assignEdge = createAssigner(context.builder, 'edge');
  }

  write(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop()!;
    for (const line of lines) this.#readLine(line);
    if (this.#rest.length > maxLineLength)
      throw this.#error('This line is longer than 16 million characters, and no longer one is read.');
  }

  end(): undefined {
    if (this.#rest !== '') this.#readLine(this.#rest);
    this.#addUnlisted();
    if (this.#section === undefined)
      throw this.#error('Expected a section such as *Vertices or *Arcs, but there is none.');
    return undefined;
  }

  #readLine(text: string): void {
    this.#line++;
    const line = text.trim();
    if (line === '' || line.startsWith('%')) return;
    const fields = [...line.matchAll(/"([^"\\]*(?:\\.[^"\\]*)*)"|(\S+)/g)].map(([, inQuotes, plain]) => ({
      text: inQuotes?.replaceAll('\\"', '"') ?? plain,
      isQuoted: inQuotes !== undefined,
    }));
    if (line.startsWith('*')) this.#openSection(fields);
    else if (this.#section === undefined)
      throw this.#error(`Expected a section such as *Vertices, but found ${quoted(line)}.`);
    else this.#section(fields);
  }

  #openSection([first, ...others]: readonly Field[]): void {
    const { builder, report } = this.#context;
    const name = first.text.toLowerCase();
    if (name === '*network') {
      builder.setAttribute('title', others.map(({ text }) => text).join(' '));
      this.#section ??= () => undefined;
      return;
    }
    if (name === '*vertices') {
      if (!this.#isAside) this.#openVertices(others);
      return;
    }
    this.#isAside = false;
    this.#addUnlisted();
    // *Arcs :2 "likes" opens the lines of the second relation of that name.
    const [number, label] = others[0]?.text.startsWith(':') ? others : [];
    this.#relation = label?.text ?? number?.text.slice(1);
    switch (name) {
      case '*arcs':
      case '*edges':
        this.#section = (fields) => this.#takeLine(fields, name === '*arcs');
        return;
      case '*arcslist':
      case '*edgeslist':
        this.#section = (fields) => this.#takeList(fields, name === '*arcslist');
        return;
      case '*matrix':
        this.#section = (fields) => this.#takeRow(fields);
        return;
      default:
        report.warn(
          `section ${name}`,
          this.#line,
          (count) =>
            `${counted(count, 'section')} ${first.text} ${were(count)} ignored: only vertices, arcs, edges and matrices are read.`,
        );
        this.#section = () => undefined;
        this.#isAside = true;
    }
  }

  #openVertices([count]: readonly Field[]): void {
    if (this.#vertexCount !== undefined)
      throw this.#error('A second network starts here; expected one network a file.');
    const vertexCount = Number(count?.text ?? Number.NaN);
    if (!Number.isInteger(vertexCount) || vertexCount < 0) {
      throw this.#error(`*Vertices is followed by the number of vertices, but found ${quoted(count?.text ?? '')}.`);
    }
    this.#vertexCount = vertexCount;
    this.#section = (fields) => this.#takeVertex(fields);
  }

  #takeVertex(fields: readonly Field[]): void {
    const row = this.#context.builder.addNode(this.#vertex(fields[0]), this.#line);
    let at = 1;
    if (at < fields.length) this.#assignNode(row, 'label', fields[at++].text, this.#line);
    for (const axis of ['x', 'y', 'z']) {
      if (at >= fields.length || fields[at].isQuoted || parseNumber(fields[at].text) === undefined) break;
      this.#assignNode(row, axis, fields[at++], this.#line);
    }
    if (/^(?:ellipse|box|diamond|triangle|cross|empty|house|man|woman)$/i.test(fields[at]?.text ?? '')) {
      this.#assignNode(row, 'shape', fields[at++].text, this.#line);
    }
    this.#takeParameters(this.#assignNode, row, fields, at);
  }

  #takeLine(fields: readonly Field[], isDirected: boolean): void {
    if (fields.length < 2) throw this.#error('A line of the network joins two vertices, but only one number came.');
    const row = this.#addEdge(fields[0], fields[1], isDirected);
    const hasWeight = fields.length > 2 && !/^[a-z[]/i.test(fields[2].text);
    if (hasWeight) this.#context.builder.setWeight(row, fields[2].text, this.#line);
    this.#takeParameters(this.#assignEdge, row, fields, hasWeight ? 3 : 2);
  }

  /** One vertex and all that it leads to. */
  #takeList([source, ...targets]: readonly Field[], isDirected: boolean): void {
    for (const target of targets) this.#addEdge(source, target, isDirected);
  }

  /** Cells of an adjacency matrix row by row, wherever the lines break; 0 is no edge. */
  #takeRow(fields: readonly Field[]): void {
    const size = this.#vertexCount;
    if (size === undefined) throw this.#error('*Matrix needs *Vertices before it.');
    for (const field of fields) {
      const value = parseNumber(field.text);
      if (value === undefined || !Number.isFinite(value))
        throw this.#error(`A matrix holds numbers, but found ${quoted(field.text)}.`);
      const cell = this.#cells++;
      if (cell >= size * size) throw this.#error(`The matrix has more than ${size} × ${size} cells.`);
      if (value === 0) continue;
      const row = this.#addEdge(
        { text: String(Math.floor(cell / size) + 1) },
        { text: String((cell % size) + 1) },
        true,
      );
      this.#context.builder.setWeight(row, field.text, this.#line);
    }
  }

  /** Pairs of a name and a value; a time such as [1-5,7] stands alone. */
  #takeParameters(assign: Assign, row: number, fields: readonly Field[], from: number): void {
    for (let at = from; at < fields.length; at++) {
      const { text: name } = fields[at];
      if (name.startsWith('[')) assign(row, 'time', name, this.#line);
      else if (at + 1 < fields.length)
        assign(row, parameterNames.get(name.toLowerCase()) ?? name, fields[++at], this.#line);
      else
        this.#context.report.warn(
          'lone-parameter',
          this.#line,
          (count) => `${counted(count, 'parameter')} without a value ${were(count)} ignored.`,
        );
    }
  }

  #addEdge(source: { readonly text: string }, target: { readonly text: string }, isDirected: boolean): number {
    const row = this.#context.builder.addEdge(this.#vertex(source), this.#vertex(target), this.#line, isDirected);
    if (this.#relation !== undefined) this.#assignEdge(row, 'relation', this.#relation, this.#line);
    return row;
  }

  /** The id of a vertex: its number. */
  #vertex({ text }: { readonly text: string }): string {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    const last = this.#vertexCount ?? Infinity;
    if (number >= 1 && number <= last) return String(number);
    throw this.#error(
      `Expected the number of a vertex${last === Infinity ? '' : ` from 1 to ${last}`}, but found ${quoted(text)}.`,
    );
  }

  /** Vertices are announced by their number; those without a line of their own exist all the same. */
  #addUnlisted(): void {
    const { builder } = this.#context;
    const count = this.#vertexCount ?? 0;
    if (builder.nodeCount >= count) return;
    if (count - builder.nodeCount > maxUnlisted) {
      throw this.#error(`*Vertices announces ${count} vertices, but only ${builder.nodeCount} are listed.`);
    }
    for (let number = 1; number <= count; number++) builder.nodeRow(String(number), this.#line);
  }

  #error(message: string): Error {
    return this.#context.report.error(Math.max(1, this.#line), message);
  }
}
