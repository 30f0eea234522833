import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Progress } from '../../engine/base/progress.ts';
import { formatOfName, readGraph, type Source, writeGraph } from '../../engine/formats/index.ts';
import { bytesOf } from '../support/formats.ts';

const text =
  '<gexf version="1.3"><graph><nodes><node id="a" label="é"/><node id="b"/></nodes><edges><edge source="a" target="b"/></edges></graph></gexf>';
const bytes = new TextEncoder().encode(text);

test.each<[string, () => Source]>([
  ['text', () => text],
  ['text with a byte-order mark', () => '\ufeff' + text],
  ['a Uint8Array', () => bytes],
  ['an ArrayBuffer', () => bytes.slice().buffer],
  ['a Blob', () => new Blob([bytes])],
  ['a ReadableStream', () => new Blob([bytes]).stream()],
  ['an AsyncIterable', () => new Blob([bytes]).stream() as AsyncIterable<Uint8Array>],
  ['a gzipped Uint8Array', () => readFileSync('software-terms.gexf.gz')],
])('reads %s', async (_, source) => {
  const { format, graph } = await readGraph(source());
  expect(format).toBe('gexf');
  expect(graph.nodeCount).toBeGreaterThan(1);
});

test('a text that declares another encoding is text all the same', async () => {
  const { graph } = await readGraph('<?xml version="1.0" encoding="ISO-8859-1"?>' + text);
  expect(graph.nodes[0].values).toEqual(['é', '']);
});

test('the format that the caller names wins over the content', async () => {
  await expect(readGraph(text, { format: 'json', name: 'x' })).rejects.toThrow(/^x:1: This is not JSON/);
});

test('a nodes table goes with an edge list, in either order of rows', async () => {
  const nodes = 'Id,Label,Size\nb,Bee,2\na,Ay,1\n';
  const { graph, warnings } = await readGraph('source,target\na,b\nb,c\n', {
    name: 'e.csv',
    nodes,
    nodesName: 'n.csv',
  });
  expect(graph.ids).toEqual(['b', 'a', 'c']);
  expect(graph.edges).toEqual(Uint32Array.of(1, 0, 0, 2));
  expect(graph.nodes.map(({ role }) => role)).toEqual(['label', 'size']);
  expect(warnings.map(({ message }) => message)).toEqual([
    '1 node of the edges was not in the nodes table and was added.',
  ]);
});

test('an error in the nodes table names the nodes table', async () => {
  const reading = readGraph('a,b\n', { name: 'e.csv', nodes: 'id\na\na\n', nodesName: 'n.csv' });
  await expect(reading).rejects.toThrow('n.csv:3: Node "a" is given twice, first in line 2; expected each id once.');
});

test('a nodes table with another format is a usage error', async () => {
  await expect(readGraph(text, { nodes: 'id\na\n' })).rejects.toMatchObject({ name: 'UsageError' });
});

test('an abort stops the reading and lets the source go', async () => {
  const controller = new AbortController();
  let released = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      yield new TextEncoder().encode('source,target\n');
      for (;;) yield new TextEncoder().encode('a,b\n'.repeat(5000));
    } finally {
      released = true;
    }
  }
  setTimeout(() => controller.abort(), 60);
  await expect(readGraph(endless(), { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  expect(released).toBe(true);
});

test('an error lets the source go', async () => {
  let released = false;
  async function* broken(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield new TextEncoder().encode('<gexf><nonsense></gexf>'.padEnd(5000));
    } finally {
      released = true;
    }
  }
  await expect(readGraph(broken())).rejects.toMatchObject({ name: 'InputError' });
  expect(released).toBe(true);
});

test('progress ends with all bytes', async () => {
  const seen: Progress[] = [];
  await readGraph(readFileSync('software-terms.gexf.gz'), { onProgress: (progress) => seen.push(progress) });
  expect(seen.at(-1)).toEqual({ stage: 'read', done: 981144, total: 981144 });
  expect(seen.every(({ done, total }) => done <= total)).toBe(true);
});

test('names tell formats by their endings', () => {
  expect(formatOfName('a/b.GEXF')).toEqual({ format: 'gexf', gzip: false });
  expect(formatOfName('x.graphml.gz')).toEqual({ format: 'graphml', gzip: true });
  expect(formatOfName('net.v2/edges.tsv')).toEqual({ format: 'tsv', gzip: false });
  expect(formatOfName('folder.gexf/file')).toBeUndefined();
  expect(formatOfName('plain')).toBeUndefined();
});

test.each(['gml', 'pajek', 'dot'] as const)('%s is read but not written', async (format) => {
  const { graph } = await readGraph(text);
  expect(() => writeGraph(graph, { format })).toThrow(/expected one of GEXF, GraphML, CSV, TSV, JSON\.$/);
});

test('a table of positions needs positions', async () => {
  const { graph } = await readGraph(text);
  await expect(bytesOf(writeGraph(graph, { format: 'csv' }))).rejects.toMatchObject({ name: 'InputError' });
});

test('text that XML cannot hold is replaced, an id that it cannot hold is refused', async () => {
  const labelled = await readGraph('{"nodes":[{"id":"a","label":"bell\\u0007"}],"links":[]}');
  const { graph } = await readGraph(await bytesOf(writeGraph(labelled.graph, { format: 'gexf' })));
  expect(graph.nodes[0].values).toEqual(['bell\ufffd']);
  const named = await readGraph('{"nodes":[{"id":"bell\\u0007"}],"links":[]}');
  await expect(bytesOf(writeGraph(named.graph, { format: 'graphml' }))).rejects.toThrow(
    'The id "bell\\u0007" holds a character that XML cannot; write JSON instead.',
  );
});
