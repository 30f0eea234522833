import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { MultiGraph } from 'graphology';
import gexf from 'graphology-gexf';
import { createRandom, readGraph } from '../engine/index.ts';

/** graphology-gexf needs minutes and gigabytes for a million edges: beyond this many it runs only when asked to. */
const largestForPeer = 100_000;

type System = 'isthmus' | 'graphology-gexf';

interface Reading {
  readonly nodes: number;
  readonly edges: number;
  readonly milliseconds: number;
  /** The largest resident set of the whole process, in MB. */
  readonly megabytes: number;
}

const rounds = 3;

/**
 * Generates GEXF files with so many edges as `args` name (default 100,000 and 1,000,000) and a tenth as many nodes, and
 * reads them by both systems in turn, each time in a process of its own; medians. Over 100,000 edges graphology-gexf takes
 * part with `--peer` only (minutes, gigabytes).
 */
export async function run(args: readonly string[]): Promise<void> {
  if (args[0] === 'child') {
    console.log(JSON.stringify(await read(args[1] as System, args[2])));
    return;
  }
  const named = args.map(Number).filter(Number.isInteger);
  const rows = await compare(named.length > 0 ? named : [100_000, 1_000_000], args.includes('--peer'));
  console.table(rows);
  const machine = `${cpus()[0].model}, Node ${process.versions.node}`;
  const result = { benchmark: 'reading', date: new Date().toISOString().slice(0, 10), machine, rounds, rows };
  await mkdir('bench/results', { recursive: true });
  await writeFile('bench/results/reading.json', `${JSON.stringify(result, null, 2)}\n`);
}

async function compare(edges: readonly number[], withPeer: boolean): Promise<readonly object[]> {
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-reading-'));
  const rows: object[] = [];
  try {
    for (const count of edges) {
      const file = join(folder, `${count}.gexf`);
      await pipeline(Readable.from(gexfOf(count / 10, count)), createWriteStream(file));
      const systems: System[] = withPeer || count <= largestForPeer ? ['isthmus', 'graphology-gexf'] : ['isthmus'];
      const readings = systems.map((): Reading[] => []);
      for (let round = 0; round < rounds; round++) {
        for (const [i, system] of systems.entries()) readings[i].push(await readInChild(system, file));
      }
      for (const [i, system] of systems.entries()) rows.push(rowOf(system, (await stat(file)).size, readings[i]));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return rows;
}

/** A GEXF file as Gephi writes it: labels, an attribute, colours, sizes, positions and weights; piece by piece. */
function* gexfOf(nodes: number, edges: number): Generator<string> {
  const random = createRandom(1);
  const below = (limit: number): number => Math.floor(random() * limit);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n';
  yield '<graph defaultedgetype="undirected">\n<attributes class="node"><attribute id="0" title="community" type="integer"/></attributes>\n<nodes>\n';
  let piece = '';
  for (let i = 0; i < nodes; i++) {
    piece += `<node id="${i}" label="Node ${i}"><attvalues><attvalue for="0" value="${below(50)}"/></attvalues><viz:size value="${(1 + random() * 9).toFixed(2)}"/><viz:position x="${(random() * 2000 - 1000).toFixed(3)}" y="${(random() * 2000 - 1000).toFixed(3)}"/><viz:color r="${below(256)}" g="${below(256)}" b="${below(256)}"/></node>\n`;
    if (piece.length > 1 << 16) {
      yield piece;
      piece = '';
    }
  }
  yield `${piece}</nodes>\n<edges>\n`;
  piece = '';
  for (let i = 0; i < edges; i++) {
    piece += `<edge id="${i}" source="${below(nodes)}" target="${below(nodes)}" weight="${random().toFixed(4)}"/>\n`;
    if (piece.length > 1 << 16) {
      yield piece;
      piece = '';
    }
  }
  yield `${piece}</edges>\n</graph>\n</gexf>\n`;
}

async function readInChild(system: System, file: string): Promise<Reading> {
  const main = `import { run } from '${import.meta.url}'; await run(['child', ...process.argv.slice(1)]);`;
  const options = ['--max-old-space-size=8192', '--input-type=module', '--eval', main, '--', system, file];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  return JSON.parse(stdout) as Reading;
}

async function read(system: System, file: string): Promise<Reading> {
  const start = performance.now();
  const [nodes, edges] = system === 'isthmus' ? await readByUs(file) : readByPeer(file);
  const milliseconds = performance.now() - start;
  return { nodes, edges, milliseconds, megabytes: process.resourceUsage().maxRSS / 1024 };
}

async function readByUs(file: string): Promise<[number, number]> {
  const { graph } = await readGraph(createReadStream(file), { name: file });
  return [graph.nodeCount, graph.edgeCount];
}

function readByPeer(file: string): [number, number] {
  const graph = gexf.parse(MultiGraph, readFileSync(file, 'utf8'));
  return [graph.order, graph.size];
}

function rowOf(system: System, bytes: number, readings: readonly Reading[]): object {
  const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];
  return {
    system,
    nodes: readings[0].nodes,
    edges: readings[0].edges,
    'file MB': Math.round(bytes / 1e6),
    seconds: Number((median(readings.map(({ milliseconds }) => milliseconds)) / 1000).toFixed(2)),
    'peak MB': Math.round(median(readings.map(({ megabytes }) => megabytes))),
  };
}
