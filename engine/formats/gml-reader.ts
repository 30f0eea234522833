import { type Assign, createAssigner } from './assign.ts';
import { newlinesIn } from './delimited.ts';
import type { GraphReader, ReaderContext } from './format.ts';
import { counted, quoted, were } from './report.ts';
import { parseBoolean, parseNumber } from './values.ts';

/** Lists nested deeper than this are refused. */
const maxDepth = 1000;
/** A token longer than this, in characters, has lost a closing quotation mark. */
const maxTokenLength = 1 << 22;

/** White space, a string, a bracket, or a key or number. */
const token = /([ \t\r\n]+)|"([^"]*)"|([[\]])|([^\s"[\]]+)/y;

const entities: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'" };

/** Gephi's and yEd's drawing values, by the names that have a role. */
const graphicsNames = new Map([
  ['graphics.x', 'x'],
  ['graphics.y', 'y'],
  ['graphics.z', 'z'],
  ['graphics.w', 'size'],
  ['graphics.width', 'size'],
  ['graphics.fill', 'color'],
]);

interface Field {
  readonly path: string;
  readonly text: string;
  readonly isString: boolean;
  readonly line: number;
}

/** An open list: a key and what came with it. */
interface List {
  readonly key: string;
  readonly line: number;
  /** The path of its values in the node, edge or graph that it belongs to; '' for these themselves. */
  readonly path: string;
}

/** Reads GML (Himsolt 1997) as igraph, networkx, Gephi and yEd write it. */
export function createGmlReader(context: ReaderContext): GraphReader {
  return new GmlReader(context);
}

class GmlReader implements GraphReader {
  readonly #context: ReaderContext;
  readonly #assign: { readonly node: Assign; readonly edge: Assign };
  readonly #lists: List[] = [];
  #rest = '';
  #line = 1;
  #isLineStart = true;
  #key: string | undefined;
  #element: 'node' | 'edge' | undefined;
  #elementLine = 0;
  #fields: Field[] = [];
  #hasGraph = false;

  constructor(context: ReaderContext) {
    this.#context = context;
    this.#assign = { node: createAssigner(context.builder, 'node'), edge: createAssigner(context.builder, 'edge') };
  }

  write(text: string): void {
    this.#rest = this.#read(this.#rest + text, true);
    if (this.#rest.length > maxTokenLength)
      throw this.#error(
        'The string that starts here is longer than 4 million characters; is a quotation mark missing?',
      );
  }

  end(): undefined {
    if (this.#read(this.#rest, false) !== '')
      throw this.#error('The string that starts here is never closed; the file seems to be cut off.');
    const open = this.#lists.at(-1);
    if (open !== undefined)
      throw this.#error(
        `The file ends inside ${quoted(open.key)}, which opened in line ${open.line}; it seems to be cut off.`,
      );
    if (!this.#hasGraph) throw this.#error('The file has no "graph [ … ]"; expected one.');
    return undefined;
  }

  /** Takes whole tokens and returns the rest. */
  #read(text: string, hasMore: boolean): string {
    let at = 0;
    while (at < text.length) {
      if (text[at] === '#' && this.#isLineStart) {
        const end = text.indexOf('\n', at);
        if (end < 0 && hasMore) break;
        at = end < 0 ? text.length : end;
        continue;
      }
      token.lastIndex = at;
      const match = token.exec(text);
      const isCut = match === null || (hasMore && match[4] !== undefined && token.lastIndex === text.length);
      if (isCut) break;
      at += match[0].length;
      const [, space, string, bracket, word] = match;
      if (space === undefined) {
        this.#isLineStart = false;
        this.#take(bracket ?? word ?? string, string !== undefined);
      } else if (space.includes('\n')) this.#isLineStart = true;
      this.#line += newlinesIn(match[0]);
    }
    return text.slice(at);
  }

  #take(text: string, isString: boolean): void {
    if (!isString && text === ']') this.#close();
    else if (this.#key === undefined) {
      if (isString || text === '[' || !/^[a-z_]/i.test(text))
        throw this.#error(`Expected a key or "]", but found ${quoted(text)}.`);
      this.#key = text;
    } else {
      const key = this.#key;
      this.#key = undefined;
      if (!isString && text === '[') this.#open(key);
      else this.#takeValue(key, isString ? decodeEntities(text) : text, isString);
    }
  }

  #open(key: string): void {
    const { report } = this.#context;
    const depth = this.#lists.length;
    if (depth >= maxDepth) throw this.#error(`Lists are nested more than ${maxDepth} deep, and no deeper is read.`);
    let path = '';
    const isElement = depth === 1 && this.#lists[0].key === 'graph' && (key === 'node' || key === 'edge');
    if (isElement) {
      this.#element = key as 'node' | 'edge';
      this.#elementLine = this.#line;
      this.#fields = [];
    } else if (depth === 0 && key === 'graph') {
      if (this.#hasGraph)
        report.warn(
          'graphs',
          this.#line,
          (count) => `${counted(count, 'further graph')} ${were(count)} read into the same map.`,
        );
      this.#hasGraph = true;
    } else path = this.#path(key);
    this.#lists.push({ key, line: this.#line, path });
  }

  #path(key: string): string {
    const parent = this.#lists.at(-1)?.path ?? '';
    return parent === '' ? key : `${parent}.${key}`;
  }

  #close(): void {
    if (this.#key !== undefined)
      throw this.#error(`The key ${quoted(this.#key)} has no value; expected a number, a string or a list.`);
    if (this.#lists.pop() === undefined) throw this.#error('Found "]" where no list is open.');
    if (this.#lists.length !== 1 || this.#element === undefined) return;
    if (this.#element === 'node') this.#putNode();
    else this.#putEdge();
    this.#element = undefined;
  }

  #takeValue(key: string, text: string, isString: boolean): void {
    const path = this.#path(key);
    if (this.#element !== undefined) this.#fields.push({ path, text, isString, line: this.#line });
    else if (path === 'directed') this.#context.builder.directedByDefault = parseBoolean(text) === true;
    else this.#context.builder.setAttribute(path, text);
  }

  #putNode(): void {
    const row = this.#context.builder.addNode(this.#required('node', 'id'), this.#elementLine);
    this.#putFields(this.#assign.node, row, ['id']);
  }

  #putEdge(): void {
    const { builder } = this.#context;
    const row = builder.addEdge(this.#required('edge', 'source'), this.#required('edge', 'target'), this.#elementLine);
    // Newman's files and igraph's older ones call the weight "value".
    const hasWeight = this.#fields.some(({ path }) => path === 'weight');
    if (!hasWeight) {
      this.#fields = this.#fields.map((field) =>
        field.path === 'value' && parseNumber(field.text) !== undefined ? { ...field, path: 'weight' } : field,
      );
    }
    this.#putFields(this.#assign.edge, row, ['source', 'target']);
  }

  #putFields(assign: Assign, row: number, without: readonly string[]): void {
    const seen = new Set<string>(without);
    for (const { path, text, isString, line } of this.#fields) {
      if (seen.has(path)) {
        if (without.includes(path)) continue;
        this.#context.report.warn(
          'repeated-key',
          line,
          (count) =>
            `${counted(count, 'value')} of a repeated key ${were(count)} replaced by a later one: the last is kept.`,
        );
      }
      seen.add(path);
      assign(row, graphicsNames.get(path) ?? path, isString ? text : { text }, line);
    }
  }

  #required(element: 'node' | 'edge', key: string): string {
    const field = this.#fields.find(({ path }) => path === key);
    if (field === undefined)
      throw this.#context.report.error(this.#elementLine, `A ${element} has no ${key}, which it must have.`);
    return field.text;
  }

  #error(message: string): Error {
    return this.#context.report.error(this.#line, message);
  }
}

/** Decodes &quot; and its kin, and characters by number; other names stay as they are. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
