import { type Assign, createAssigner } from './assign.ts';
import { type DotAttributes, putDotEdge, putDotNode } from './dot-attributes.ts';
import { type DotToken, DotTokenizer } from './dot-tokens.ts';
import type { GraphReader, ReaderContext } from './format.ts';
import { counted, quoted, were } from './report.ts';

/** Subgraphs nested deeper than this are refused. */
const maxDepth = 100;
/** `{a b …} -> {c d …}` joins all with all: one statement may not make more edges than this. */
const maxEdgesOfStatement = 10_000_000;

/** An open graph or subgraph: what its nodes and edges inherit, its nodes, and the statement that it is part of. */
interface Scope {
  readonly name: string;
  readonly line: number;
  nodeDefaults: DotAttributes;
  edgeDefaults: DotAttributes;
  readonly members: Set<string>;
  readonly outer: Statement;
}

/** A statement so far: the nodes at the end of its chain, the operator after them, and its edges. */
interface Statement {
  ends: readonly string[] | undefined;
  operator: string | undefined;
  rows: number[];
  keyword: 'graph' | 'node' | 'edge' | undefined;
}

type State =
  | 'header'
  | 'statement'
  | 'subgraph'
  | 'port'
  | 'value'
  | 'attributes'
  | 'equals'
  | 'attribute value'
  | 'end';

/** Reads DOT (https://graphviz.org/doc/info/lang.html), one graph a file, statement by statement. */
export function createDotReader(context: ReaderContext): GraphReader {
  return new DotReader(context);
}

class DotReader implements GraphReader {
  readonly #context: ReaderContext;
  readonly #assignNode: Assign;
  readonly #assignEdge: Assign;
  readonly #tokens: DotTokenizer;
  readonly #scopes: Scope[] = [];
  #state: State = 'header';
  #statement: Statement = newStatement();
  /** An id that is a node, unless = follows. */
  #pending: DotToken | undefined;
  #last: DotToken | undefined;
  #joinsNext = false;
  #name = '';
  #isStrict = false;
  #rowsOfPairs = new Map<string, number>();
  #attribute: string | undefined;
  #attributes = new Map<string, string>();

  constructor(context: ReaderContext) {
    this.#context = context;
    this.#assignNode = createAssigner(context.builder, 'node');
    this.#assignEdge = createAssigner(context.builder, 'edge');
    this.#tokens = new DotTokenizer(context.report, (token) => this.#join(token));
  }

  write(text: string): void {
    this.#tokens.write(text);
  }

  end(): undefined {
    this.#tokens.end();
    if (this.#last !== undefined) this.#take(this.#last);
    const open = this.#scopes.at(-1);
    if (open !== undefined)
      throw this.#error(
        this.#tokens.line,
        `The file ends inside the ${this.#scopes.length === 1 ? 'graph' : 'subgraph'} that opened in line ${open.line}; it seems to be cut off.`,
      );
    if (this.#state !== 'end') throw this.#error(this.#tokens.line, 'Expected "graph { … }" or "digraph { … }".');
    return undefined;
  }

  /** Joins "a" + "b", and holds each token until the next has come. */
  #join(token: DotToken): void {
    const last = this.#last;
    if (last?.form === 'quoted' && token.type === '+') this.#joinsNext = true;
    else if (this.#joinsNext && last !== undefined) {
      if (token.form !== 'quoted') throw this.#unexpected(token, 'a quoted string after +');
      this.#last = { ...last, text: last.text + token.text };
      this.#joinsNext = false;
    } else {
      this.#last = token;
      if (last !== undefined) this.#take(last);
    }
  }

  #take(token: DotToken): void {
    switch (this.#state) {
      case 'header':
        this.#takeHeader(token);
        return;
      case 'statement':
        this.#takeStatement(token);
        return;
      case 'subgraph':
        if (token.type === 'id') this.#name = token.text;
        else if (token.type === '{') this.#openScope(token);
        else throw this.#unexpected(token, '{');
        return;
      case 'port':
        if (token.type !== 'id') throw this.#unexpected(token, 'the name of a port');
        this.#state = 'statement';
        return;
      case 'value':
        if (token.type !== 'id') throw this.#unexpected(token, 'a value');
        this.#setGraphAttribute(this.#attribute!, token);
        this.#state = 'statement';
        return;
      case 'end':
        throw this.#error(token.line, 'More text follows the graph; expected one graph a file.');
      default:
        this.#takeAttribute(token);
        return;
    }
  }

  #takeHeader(token: DotToken): void {
    const word = token.text.toLowerCase();
    const { builder } = this.#context;
    if (token.type === '{') {
      if (this.#name === '') throw this.#unexpected(token, 'graph or digraph');
      this.#name = '';
      this.#openScope(token);
    } else if (token.type !== 'id') throw this.#unexpected(token, 'graph, digraph or {');
    else if (this.#name !== '') builder.setAttribute('title', token.text);
    else if (token.form === 'plain' && word === 'strict') this.#isStrict = true;
    else if (token.form === 'plain' && (word === 'graph' || word === 'digraph')) {
      this.#name = word;
      builder.directedByDefault = word === 'digraph';
    } else throw this.#unexpected(token, 'graph or digraph');
  }

  #takeStatement(token: DotToken): void {
    const statement = this.#statement;
    if (token.type === '=' && this.#pending !== undefined) {
      this.#attribute = this.#pending.text;
      this.#pending = undefined;
      this.#statement = newStatement();
      this.#state = 'value';
      return;
    }
    this.#putPending();
    switch (token.type) {
      case 'id':
        this.#takeId(token);
        return;
      case '->':
      case '--':
        if (statement.ends === undefined || statement.operator !== undefined) throw this.#unexpected(token, 'a node');
        statement.operator = token.type;
        return;
      case ':':
        if (statement.ends?.length !== 1) throw this.#unexpected(token, 'a node');
        this.#context.report.warn('ports', token.line, (count) => `${counted(count, 'port')} ${were(count)} ignored.`);
        this.#state = 'port';
        return;
      case '[':
        if (statement.keyword === undefined && statement.ends === undefined)
          throw this.#unexpected(token, 'a node or edge');
        this.#attributes = new Map();
        this.#attribute = undefined;
        this.#state = 'attributes';
        return;
      case '{':
        this.#name = '';
        this.#openScope(token);
        return;
      case '}':
        this.#closeScope(token);
        return;
      case ';':
      case ',':
        this.#finish(token);
        return;
      default:
        throw this.#unexpected(token, 'a node, an edge or }');
    }
  }

  #takeId(token: DotToken): void {
    const word = token.form === 'plain' ? token.text.toLowerCase() : '';
    if (this.#statement.operator === undefined) this.#statement = newStatement();
    if (word === 'subgraph') {
      this.#name = '';
      this.#state = 'subgraph';
    } else if (word === 'graph' || word === 'node' || word === 'edge') this.#statement.keyword = word;
    else this.#pending = token;
  }

  /** The id that came last is a node after all. */
  #putPending(): void {
    const token = this.#pending;
    if (token === undefined) return;
    this.#pending = undefined;
    this.#addNode(token.text, token.line);
    this.#extend([token.text], token.line);
  }

  #addNode(id: string, line: number): void {
    const { builder } = this.#context;
    const isNew = builder.knownRow(id) === undefined;
    const row = builder.nodeRow(id, line);
    for (const scope of this.#scopes) scope.members.add(id);
    const { name, nodeDefaults } = this.#scopes.at(-1)!;
    if (isNew) putDotNode(this.#assignNode, row, id, nodeDefaults, line);
    if (name.startsWith('cluster')) this.#assignNode(row, 'cluster', name, line);
  }

  /** Goes on with the chain of a statement: the nodes before the operator are joined with these. */
  #extend(ends: readonly string[], line: number): void {
    const statement = this.#statement;
    if (statement.operator !== undefined && statement.ends !== undefined) {
      if (statement.rows.length + statement.ends.length * ends.length > maxEdgesOfStatement) {
        throw this.#error(line, `This statement makes more than ${maxEdgesOfStatement} edges, and no more are read.`);
      }
      for (const source of statement.ends) for (const target of ends) this.#addEdge(source, target, statement, line);
      statement.operator = undefined;
    }
    statement.ends = ends;
  }

  #addEdge(source: string, target: string, statement: Statement, line: number): void {
    const isDirected = statement.operator === '->';
    const pair = JSON.stringify(isDirected || source < target ? [source, target] : [target, source]);
    const known = this.#isStrict ? this.#rowsOfPairs.get(pair) : undefined;
    const row = known ?? this.#context.builder.addEdge(source, target, line, isDirected);
    statement.rows.push(row);
    if (known !== undefined) return;
    if (this.#isStrict) this.#rowsOfPairs.set(pair, row);
    putDotEdge(this.#assignEdge, row, this.#scopes.at(-1)!.edgeDefaults, line);
  }

  #openScope(token: DotToken): void {
    if (this.#scopes.length >= maxDepth)
      throw this.#error(token.line, `Subgraphs are nested more than ${maxDepth} deep, and no deeper is read.`);
    if (this.#statement.operator === undefined) this.#statement = newStatement();
    const outer = this.#scopes.at(-1);
    this.#scopes.push({
      name: this.#name || (outer?.name ?? ''),
      line: token.line,
      nodeDefaults: outer?.nodeDefaults ?? new Map(),
      edgeDefaults: outer?.edgeDefaults ?? new Map(),
      members: new Set(),
      outer: this.#statement,
    });
    this.#statement = newStatement();
    this.#state = 'statement';
  }

  #closeScope(token: DotToken): void {
    this.#finish(token);
    const { members, outer } = this.#scopes.pop()!;
    this.#statement = outer;
    if (this.#scopes.length === 0) this.#state = 'end';
    else this.#extend([...members], token.line);
  }

  #finish(token: DotToken): void {
    if (this.#statement.operator !== undefined) throw this.#unexpected(token, 'a node');
    this.#statement = newStatement();
  }

  /** Inside [ … ]: id = id, with commas or semicolons between; an id alone means true. */
  #takeAttribute(token: DotToken): void {
    if (this.#state === 'attribute value') {
      if (token.type !== 'id') throw this.#unexpected(token, 'a value');
      this.#attributes.set(this.#attribute!, token.text);
      this.#attribute = undefined;
      this.#state = 'attributes';
      return;
    }
    if (this.#state === 'equals') {
      this.#state = token.type === '=' ? 'attribute value' : 'attributes';
      if (token.type === '=') return;
      this.#attributes.set(this.#attribute!, 'true');
    }
    if (token.type === 'id') {
      this.#attribute = token.text;
      this.#state = 'equals';
    } else if (token.type === ']') {
      this.#putAttributes(token);
      this.#state = 'statement';
    } else if (token.type !== ',' && token.type !== ';') throw this.#unexpected(token, 'an attribute or ]');
  }

  #putAttributes({ line }: DotToken): void {
    const { keyword, rows, ends } = this.#statement;
    const scope = this.#scopes.at(-1)!;
    if (keyword === 'node') scope.nodeDefaults = new Map([...scope.nodeDefaults, ...this.#attributes]);
    else if (keyword === 'edge') scope.edgeDefaults = new Map([...scope.edgeDefaults, ...this.#attributes]);
    else if (keyword === 'graph') {
      for (const [name, text] of this.#attributes)
        this.#setGraphAttribute(name, { type: 'id', text, form: 'quoted', line });
    } else if (rows.length > 0) for (const row of rows) putDotEdge(this.#assignEdge, row, this.#attributes, line);
    else
      for (const id of ends ?? [])
        putDotNode(this.#assignNode, this.#context.builder.nodeRow(id, line), id, this.#attributes, line);
  }

  #setGraphAttribute(name: string, { text, line }: DotToken): void {
    if (this.#scopes.length === 1) this.#context.builder.setAttribute(name, text);
    else
      this.#context.report.warn(
        'subgraph-attributes',
        line,
        (count) => `${counted(count, 'attribute')} of subgraphs ${were(count)} ignored.`,
      );
  }

  #unexpected(token: DotToken, expected: string): Error {
    return this.#error(token.line, `Expected ${expected}, but found ${quoted(token.text)}.`);
  }

  #error(line: number, message: string): Error {
    return this.#context.report.error(line, message);
  }
}

function newStatement(): Statement {
  return { ends: undefined, operator: undefined, rows: [], keyword: undefined };
}
