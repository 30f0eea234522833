import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { createRandom, type PackedGraph, plantedPartition } from '../engine/index.ts';
import type { Contestant, Start } from './peers/contestant.ts';
import { graphology, isthmus } from './peers/force-atlas2.ts';
import { compareInBrowser } from './peers/in-browser.ts';
import { d3, ngraph } from './peers/others.ts';
import type { PageRow } from './peers/page.ts';
import { errorsOf, median, type Quality, qualityOf } from './peers/quality.ts';

const rounds = 11;
/** In the browser, where a step of some takes seconds on a software adapter. */
const browserRounds = 5;
const file = 'bench/results/peers.json';
const sampleSize = 500;
const systems: readonly Start[] = [
  isthmus('multipole'),
  isthmus('barnes-hut'),
  graphology(1.2),
  graphology(0.5),
  ngraph,
  d3,
];

/** One system on one graph. */
interface Row extends Quality {
  readonly nodes: number;
  readonly edges: number;
  readonly system: string;
  readonly settings: string;
  /** Of processor time, which every system had from the same random start. */
  readonly seconds: number;
  /** Made in that time. */
  readonly iterations: number;
  /** A whole iteration then, in processor time, rounds interleaved with those of the others. */
  readonly millisecondsPerIteration: number;
  /** Of its own law of repulsion against exact sums of the same, then. */
  readonly relativeL2: number;
  readonly medianRelative: number;
}

/** What is recorded; a part that is not run keeps what it had. */
interface Recorded {
  readonly node?: Part<Row>;
  readonly browser?: Part<PageRow>;
}

interface Part<Each> {
  readonly date: string;
  readonly machine: string;
  readonly rounds: number;
  readonly rows: readonly Each[];
}

/**
 * Compares layouts of the same graphs: in this process, one thread each, the quality reached in the same time, whole
 * iterations and the error of the repulsion; then those that compute on GPUs, in headless Chromium.
 * `args`: `--seconds 10` for every system to form its layout; `--large` adds 100,000 nodes in this process; `--node` or
 * `--browser` runs that part alone.
 */
export async function run(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--seconds');
  const seconds = at === -1 ? 10 : Number(args[at + 1]);
  const sizes = [
    { nodes: 7500, edges: 85_000 },
    { nodes: 10_000, edges: 100_000 },
  ];
  const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.versions.node}`;
  const about = { date: new Date().toISOString().slice(0, 10), machine };
  if (!args.includes('--browser')) {
    const rows: Row[] = [];
    for (const { nodes, edges } of [
      ...sizes,
      ...(args.includes('--large') ? [{ nodes: 100_000, edges: 1_000_000 }] : []),
    ]) {
      const blocks = Math.round(Math.sqrt(nodes) / 2);
      rows.push(...(await compare(plantedPartition({ nodes, edges, blocks, mixing: 0.15, seed: 1 }), seconds)));
    }
    await record({ node: { ...about, rounds, rows } });
    console.log(`One thread each, processor time, medians of ${rounds} interleaved rounds (${machine}).`);
    console.table(rows.map(tableRow));
  }
  if (!args.includes('--node')) {
    const rows = await compareInBrowser(sizes.map((size) => ({ ...size, seconds, rounds: browserRounds })));
    await record({ browser: { ...about, rounds: browserRounds, rows } });
    console.log(`In headless Chromium, by the clock, medians of ${browserRounds} interleaved rounds (${machine}).`);
    console.table(rows.map(pageTableRow));
  }
}

async function record(part: Recorded): Promise<void> {
  const before = await readFile(file, 'utf8').then(JSON.parse, () => ({}));
  await mkdir('bench/results', { recursive: true });
  const { node = before.node, browser = before.browser }: Recorded = part;
  const all = { benchmark: 'peers', sampledNodes: sampleSize, node, browser };
  await writeFile(file, `${JSON.stringify(all, undefined, 2)}\n`);
}

async function compare(graph: PackedGraph, seconds: number): Promise<Row[]> {
  const random = createRandom(1);
  const start = Float32Array.from({ length: 2 * graph.nodeCount }, () => 1000 * (random() - 0.5));
  const sample = Array.from({ length: sampleSize }, () => Math.floor(random() * graph.nodeCount));
  const contestants = systems.map((begin) => begin(graph, start));
  const formed: (Quality & { readonly iterations: number })[] = [];
  for (const contestant of contestants) {
    const iterations = await stepFor(contestant, seconds);
    formed.push({ iterations, ...qualityOf(graph, await contestant.positions()) });
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
      ...formed[k],
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
    ...formedCells(row),
  };
}

function pageTableRow(row: PageRow) {
  return {
    graph: `${row.nodes}/${row.edges}`,
    system: row.system,
    settings: row.settings,
    device: row.device,
    'ms an iteration': Number(row.millisecondsPerIteration.toFixed(1)),
    ...formedCells(row),
  };
}

function formedCells(row: Quality & { readonly seconds: number; readonly iterations: number }) {
  return {
    [`iterations in ${row.seconds} s`]: row.iterations,
    'neighbours kept': row.neighbourhoodPreservation?.toFixed(3),
    stress: row.stress?.toFixed(3),
    'edge lengths σ/mean': row.edgeLengthUniformity?.toFixed(2),
  };
}
