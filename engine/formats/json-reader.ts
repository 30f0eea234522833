import { createAssigner } from './assign.ts';
import type { GraphReader, ReaderContext } from './format.ts';
import { type Json, type JsonObject, JsonStream, jsonText } from './json-stream.ts';
import { parseBoolean } from './values.ts';

/**
 * Reads graphology's serialisation and node-link data (d3, networkx, sigma): an object with `nodes` and `edges` or
 * `links`, element by element. Nodes without an id are called by their place, from 0.
 */
export function createJsonReader({ builder, report }: ReaderContext): GraphReader {
  const assign = { node: createAssigner(builder, 'node'), edge: createAssigner(builder, 'edge') };
  let kind: 'graphology' | 'node-link' | undefined;
  let hasNodes = false;

  /** Sets all values of an element but those that have been used. */
  const putValues = (
    table: 'node' | 'edge',
    row: number,
    values: JsonObject,
    used: readonly string[],
    line: number,
  ): void => {
    for (const [name, value] of values) {
      if (value === null || used.includes(name)) continue;
      if (name === 'attributes' && value instanceof Map) putValues(table, row, value, [], line);
      else assign[table](row, name, plainValue(value), line);
    }
  };

  const takeNode = (node: Json, line: number): void => {
    if (!(node instanceof Map)) throw report.error(line, `A node is an object, but found ${jsonText(node)}.`);
    kind ??= node.has('key') && !node.has('id') ? 'graphology' : 'node-link';
    const key = kind === 'graphology' ? 'key' : 'id';
    const given = node.get(key);
    if (given === null || given instanceof Map || typeof given === 'boolean') {
      throw report.error(line, `The ${key} of a node is text or a number, but found ${jsonText(given)}.`);
    }
    const row = builder.addNode(given === undefined ? String(builder.nodeCount) : idOf(given), line);
    const name = node.get('name');
    if (given === undefined && name !== undefined && !node.has('label')) node.set('label', name);
    putValues('node', row, node, [key], line);
  };

  const takeEdge = (edge: Json, line: number): void => {
    if (!(edge instanceof Map)) throw report.error(line, `An edge is an object, but found ${jsonText(edge)}.`);
    if (edge.get('attributes') instanceof Map) kind ??= 'graphology';
    const [source, target] = ['source', 'target'].map((end) => {
      const given = edge.get(end);
      if (typeof given === 'string' || typeof given === 'number' || Array.isArray(given)) return idOf(given);
      throw report.error(line, `An edge has no ${end}; expected the id of a node.`);
    });
    const undirected = edge.get('undirected');
    const directed = edge.get('directed');
    const isDirected =
      typeof undirected === 'boolean' ? !undirected : typeof directed === 'boolean' ? directed : undefined;
    const row = builder.addEdge(source, target, line, isDirected);
    const used = ['source', 'target', ...(isDirected === undefined ? [] : ['undirected', 'directed'])];
    const key = edge.get('key');
    if (kind === 'graphology' && key !== undefined && !edge.has('id')) {
      builder.edges.role('id').setString(row, idOf(key));
      used.push('key');
    }
    const value = edge.get('value');
    if (typeof value === 'number' && !edge.has('weight')) {
      edge.delete('value');
      edge.set('weight', value);
    }
    putValues('edge', row, edge, used, line);
  };

  const takeMember = (key: string, value: Json): void => {
    if (key === 'options' && value instanceof Map) {
      kind = 'graphology';
      builder.directedByDefault = value.get('type') !== 'undirected';
    } else if (key === 'directed') builder.directedByDefault = parseBoolean(String(value)) === true;
    else if (key === 'attributes' || key === 'graph') {
      if (value instanceof Map) for (const [name, text] of value) builder.setAttribute(name, textOfJson(text));
    } else if (key !== 'multigraph') builder.setAttribute(key, textOfJson(value));
  };

  const stream = new JsonStream(report, {
    streams: (key) => key === 'nodes' || key === 'edges' || key === 'links',
    element: (key, value, line) => {
      if (key === 'nodes') takeNode(value, line);
      else takeEdge(value, line);
    },
    member: (key, value, line) => {
      hasNodes ||= key === 'nodes' && Array.isArray(value);
      if (key === 'nodes' || key === 'edges' || key === 'links') {
        if (!Array.isArray(value))
          throw report.error(line, `${JSON.stringify(key)} is a list, but found ${jsonText(value)}.`);
      } else takeMember(key, value);
    },
  });
  return {
    write: (text) => stream.write(text),
    end: () => {
      stream.end();
      if (!hasNodes)
        throw report.error(
          undefined,
          'The JSON has no list "nodes"; expected graphology\'s serialisation or node-link data.',
        );
      return kind ?? 'node-link';
    },
  };
}

function idOf(value: Json): string {
  return typeof value === 'string' ? value : jsonText(value);
}

function textOfJson(value: Json): string {
  return typeof value === 'string' ? value : jsonText(value);
}

/** Lists and objects become JSON text, integers beyond 2^53 stay text. */
function plainValue(value: Exclude<Json, null>): string | number | boolean {
  return typeof value === 'object' ? jsonText(value) : value;
}
