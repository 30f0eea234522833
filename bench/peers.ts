import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { createRandom, type PackedGraph, plantedPartition } from '../engine/index.ts';
import type { Contestant, Start } from './peers/contestant.ts';
import { graphology, isthmus } from './peers/force-atlas2.ts';
import { d3, ngraph } from './peers/others.ts';
import { errorsOf, median, neighbourhoodPreservation } from './peers/quality.ts';

const rounds = 11;
const sampleSize = 500;
const systems: readonly Start[] = [isthmus, graphology(1.2), graphology(0.5), ngraph, d3];

/** One system on one graph. */
interface Row {
  readonly nodes: number;
  readonly edges: number;
  readonly system: string;
  readonly settings: string;
  /** Of processor time, which every system had from the same random start. */
  readonly seconds: number;
  /** Made in that time. */
  readonly iterations: number;
  /** The mean share of a node's neighbours among as many nearest nodes, after that time. */
  readonly neighbourhoodPreservation: number;
  /** A whole iteration then, in processor time, rounds interleaved with those of the others. */
  readonly millisecondsPerIteration: number;
  /** Of its own law of repulsion against exact sums of the same, then. */
  readonly relativeL2: number;
  readonly medianRelative: number;
}

/**
 * Compares layouts of the same graph in one process, one thread: the quality reached in the same time, whole iterations
 * and the error of the repulsion.
 * `args`: `--seconds 10` of processor time for every system to form its layout; `--large` adds 100,000 nodes.
 */
export async function run(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--seconds');
  const seconds = at === -1 ? 10 : Number(args[at + 1]);
  const sizes = [[7500, 85_000], [10_000, 100_000], ...(args.includes('--large') ? [[100_000, 1_000_000]] : [])];
  const rows: Row[] = [];
  for (const [nodes, edges] of sizes) {
    const blocks = Math.round(Math.sqrt(nodes) / 2);
    rows.push(...(await compare(plantedPartition({ nodes, edges, blocks, mixing: 0.15, seed: 1 }), seconds)));
  }
  const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.versions.node}`;
  const date = new Date().toISOString().slice(0, 10);
  const result = { benchmark: 'peers', date, machine, rounds, sampledNodes: sampleSize, rows };
  await mkdir('bench/results', { recursive: true });
  await writeFile('bench/results/peers.json', `${JSON.stringify(result, undefined, 2)}\n`);
  console.log(`One thread each, processor time, medians of ${rounds} interleaved rounds (${machine}).`);
  console.table(rows.map(tableRow));
}

async function compare(graph: PackedGraph, seconds: number): Promise<Row[]> {
  const random = createRandom(1);
  const start = Float32Array.from({ length: 2 * graph.nodeCount }, () => 1000 * (random() - 0.5));
  const sample = Array.from({ length: sampleSize }, () => Math.floor(random() * graph.nodeCount));
  const contestants = systems.map((begin) => begin(graph, start));
  const formed: { iterations: number; preservation: number }[] = [];
  for (const contestant of contestants) {
    const iterations = await stepFor(contestant, seconds);
    const preservation = neighbourhoodPreservation(graph, await contestant.positions(), sample);
    formed.push({ iterations, preservation });
  }
  const errors: ReturnType<typeof errorsOf>[] = [];
  for (const contestant of contestants) {
    const { approximate, exact } = await contestant.repulsion(sample);
    errors.push(errorsOf(approximate, exact));
  }
  const times = contestants.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [k, { step }] of contestants.entries()) {
      const begun = secondsUsed();
      await step();
      times[k].push(1000 * (secondsUsed() - begun));
    }
  }
  return contestants.map(({ system, settings }, k): Row => {
    return {
      nodes: graph.nodeCount,
      edges: graph.edgeCount,
      system,
      settings,
      seconds,
      iterations: formed[k].iterations,
      neighbourhoodPreservation: formed[k].preservation,
      millisecondsPerIteration: median(times[k]),
      ...errors[k],
    };
  });
}

/** Makes iterations for so many seconds of processor time; how many. */
async function stepFor({ step }: Contestant, seconds: number): Promise<number> {
  const end = secondsUsed() + seconds;
  let iterations = 0;
  while (secondsUsed() < end) {
    await step();
    iterations++;
  }
  return iterations;
}

/** Processor time of this process, which other programs on a busy machine do not lengthen. */
function secondsUsed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function tableRow(row: Row) {
  return {
    graph: `${row.nodes}/${row.edges}`,
    system: row.system,
    settings: row.settings,
    'ms an iteration': Number(row.millisecondsPerIteration.toFixed(1)),
    'relative L2': row.relativeL2.toExponential(1),
    'median error': row.medianRelative.toExponential(1),
    [`iterations in ${row.seconds} s`]: row.iterations,
    'neighbours kept': row.neighbourhoodPreservation.toFixed(3),
  };
}
