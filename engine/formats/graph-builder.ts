import { type EdgeType, type PackedGraph, pack } from '../graph/packed-graph.ts';
import { Growing } from './growing.ts';
import { counted, quoted, type Report, were } from './report.ts';
import { TableBuilder } from './table-builder.ts';
import { parseDecimalComma, parseNumber } from './values.ts';

const undeclared = 0xffffffff;

const byDefault = 0;
const directed = 1;
const undirected = 2;

/** What to do with an edge to a node that the file never declares: the format's rule. */
export type MissingNodes = 'refuse' | 'create';

/**
 * Grows a graph's tables while a file is read: nodes and edges in any order, ids of any spelling. Nodes stand in the
 * order of their declaration.
 */
export class GraphBuilder {
  readonly nodes: TableBuilder;
  readonly edges: TableBuilder;
  /** The direction of edges that do not give their own; also of those that came before it was set. */
  directedByDefault = false;
  readonly #report: Report;
  readonly #attributes = new Map<string, string>();
  /** The number of each id in order of first mention; a Map, so that `constructor` and `__proto__` are ids like others. */
  readonly #references = new Map<string, number>();
  readonly #rowOfReference = new Growing((length) => new Uint32Array(length));
  readonly #lineOfReference = new Growing((length) => new Uint32Array(length));
  readonly #ids: string[] = [];
  readonly #ends = new Growing((length) => new Uint32Array(length));
  readonly #directions = new Growing((length) => new Uint8Array(length));
  #edgeCount = 0;
  readonly #directionCounts = [0, 0, 0];

  constructor(report: Report) {
    this.#report = report;
    this.nodes = new TableBuilder('node', report);
    this.edges = new TableBuilder('edge', report);
  }

  get nodeCount(): number {
    return this.#ids.length;
  }

  get edgeCount(): number {
    return this.#edgeCount;
  }

  /** What the file says of itself; the last value of a name stays. */
  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value);
  }

  /** Declares a node and returns its row. */
  addNode(id: string, line: number): number {
    const reference = this.#reference(id, line);
    if (this.#rowOfReference.get(reference) !== undeclared) {
      const first = this.#lineOfReference.get(reference);
      throw this.#report.error(
        line,
        `Node ${quoted(id)} is given twice, first in line ${first}; expected each id once.`,
      );
    }
    return this.#declare(id, reference, line);
  }

  /** The row of a node, declared here if it was not before. */
  nodeRow(id: string, line: number): number {
    const reference = this.#reference(id, line);
    const row = this.#rowOfReference.get(reference);
    return row === undeclared ? this.#declare(id, reference, line) : row;
  }

  /** The row of a node that was declared, or undefined. */
  knownRow(id: string): number | undefined {
    const reference = this.#references.get(id);
    const row = reference === undefined ? undeclared : this.#rowOfReference.get(reference);
    return row === undeclared ? undefined : row;
  }

  /** Adds an edge and returns its row; its ends may be declared later. */
  addEdge(source: string, target: string, line: number, isDirected?: boolean): number {
    const row = this.#edgeCount++;
    this.#ends.set(2 * row, this.#reference(source, line));
    this.#ends.set(2 * row + 1, this.#reference(target, line));
    const direction = isDirected === undefined ? byDefault : isDirected ? directed : undirected;
    this.#directions.set(row, direction);
    this.#directionCounts[direction]++;
    return row;
  }

  /** Takes an edge's weight as the file spells it; empty text is none, hence 1. Negative weights are kept and counted. */
  setWeight(row: number, text: string, line: number): void {
    if (text.trim() === '') return;
    let value = parseNumber(text);
    if (value === undefined) {
      value = parseDecimalComma(text);
      if (value !== undefined) this.#report.warn('comma-weight', line, commaWeights);
    }
    if (value === undefined || !Number.isFinite(value)) {
      throw this.#report.error(
        line,
        `The edge weight ${quoted(text)} cannot be read; expected a finite number such as 2.5.`,
      );
    }
    if (value < 0) {
      this.#report.warn(
        'negative-weight',
        line,
        (count) =>
          `${counted(count, 'edge has a negative weight', 'edges have negative weights')}, which a layout takes as 0.`,
      );
    }
    this.edges.role('weight').setNumber(row, value);
  }

  /**
   * Packs what was read.
   *
   * @throws InputError if an edge names a node that was never declared and the format wants nodes declared.
   */
  finish(missingNodes: MissingNodes): PackedGraph {
    for (const [id, reference] of this.#references) {
      if (this.#rowOfReference.get(reference) !== undeclared) continue;
      const line = this.#lineOfReference.get(reference);
      if (missingNodes === 'refuse') {
        throw this.#report.error(line, `An edge names node ${quoted(id)}, but the file has no such node.`);
      }
      this.#declare(id, reference, line);
    }
    const edges = this.#ends.take(2 * this.#edgeCount);
    for (let i = 0; i < edges.length; i++) edges[i] = this.#rowOfReference.get(edges[i]);
    return pack({
      ids: this.#ids,
      edges,
      edgeType: this.#edgeType(),
      nodes: this.nodes.finish(this.#ids.length),
      edgeColumns: this.edges.finish(this.#edgeCount),
      attributes: Object.fromEntries(this.#attributes),
    });
  }

  /** Also fills the column of role `directed` where a graph mixes both. */
  #edgeType(): EdgeType {
    const count = this.#edgeCount;
    const fallback = this.directedByDefault ? directed : undirected;
    if (count === 0) return this.directedByDefault ? 'directed' : 'undirected';
    const counts = [...this.#directionCounts];
    counts[fallback] += counts[byDefault];
    if (counts[directed] === count) return 'directed';
    if (counts[undirected] === count) return 'undirected';
    const column = this.edges.role('directed');
    for (let row = 0; row < count; row++) {
      column.setBoolean(row, (this.#directions.get(row) || fallback) === directed);
    }
    return 'mixed';
  }

  #reference(id: string, line: number): number {
    const known = this.#references.get(id);
    if (known !== undefined) return known;
    const reference = this.#references.size;
    this.#references.set(id, reference);
    this.#rowOfReference.set(reference, undeclared);
    this.#lineOfReference.set(reference, line);
    return reference;
  }

  #declare(id: string, reference: number, line: number): number {
    const row = this.#ids.length;
    this.#ids.push(id);
    this.#rowOfReference.set(reference, row);
    this.#lineOfReference.set(reference, line);
    return row;
  }
}

function commaWeights(count: number): string {
  return `${counted(count, 'edge weight')} with a decimal comma ${were(count)} read as decimal.`;
}
