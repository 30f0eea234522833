import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import {
  createRandom,
  gephiPlan,
  layout,
  mapPlan,
  type PackedGraph,
  type Phase,
  plantedPartition,
  readGraph,
} from '../engine/index.ts';
import { type Contestant, graphology, isthmus } from './layout/contestants.ts';
import { errorsOf, median } from './peers/quality.ts';

const rounds = 15;
const largeRounds = 7;
const formingIterations = 200;
const sampleSize = 2000;

/** One system on one graph. */
interface Row {
  readonly graph: string;
  readonly nodes: number;
  readonly edges: number;
  readonly formed: string;
  readonly system: string;
  /** Of a whole iteration: the median and the least of the rounds. */
  readonly millisecondsPerIteration: number;
  readonly leastMilliseconds: number;
  /** How many times as fast as graphology with θ 0.5 and θ 1.2: medians of the ratios within a round. */
  readonly timesGraphology05: number;
  readonly timesGraphology12: number;
  /** ‖F − F_exact‖ / ‖F_exact‖ of the repulsion over a sample of the nodes, at the formed positions. */
  readonly relativeL2: number;
  /** The median over the sample of |F − F_exact| / |F_exact|. */
  readonly medianRelative: number;
}

/**
 * Compares whole iterations with those of graphology-layout-forceatlas2 on formed layouts, rounds interleaved, with the
 * error of the repulsion against exact float64 sums beside every time: ours in plain JavaScript, in WASM, in WASM on two
 * threads, and by Barnes-Hut. `args`: `--quick` leaves out 100,000 nodes.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { graph: sample } = await readGraph(await readFile('software-terms.gexf.gz'));
  const planted = plantedPartition({ nodes: 7500, edges: 85_000, blocks: 40, mixing: 0.15, seed: 1 });
  const map = mapPlan(sample, 2 * formingIterations);
  const rows = [
    ...(await compare('planted partition', planted, 'plain', gephiPlan(planted, formingIterations), rounds)),
    ...(await compare('sample', sample, 'plain', gephiPlan(sample, formingIterations), rounds)),
    ...(await compare('sample', sample, 'LinLog', map, rounds)),
  ];
  if (!args.includes('--quick')) {
    const large = plantedPartition({ nodes: 100_000, edges: 1_000_000, blocks: 200, mixing: 0.15, seed: 1 });
    rows.push(
      ...(await compare('planted partition', large, 'plain', gephiPlan(large, formingIterations), largeRounds)),
    );
  }
  const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores, Node ${process.versions.node}`;
  await mkdir('bench/results', { recursive: true });
  const date = new Date().toISOString().slice(0, 10);
  const result = { benchmark: 'layout', date, machine, rounds, largeRounds, sampledNodes: sampleSize, rows };
  await writeFile('bench/results/layout.json', `${JSON.stringify(result, undefined, 2)}\n`);
  console.log(
    `Whole iterations, medians of ${rounds} interleaved rounds, ${largeRounds} of 100,000 nodes (${machine}).`,
  );
  console.table(rows.map(tableRow));
}

async function compare(
  name: string,
  graph: PackedGraph,
  formed: string,
  plan: readonly Phase[],
  roundCount: number,
): Promise<Row[]> {
  const { positions } = await layout(graph, { plan });
  const { settings } = plan[plan.length - 1];
  const random = createRandom(1);
  const nodes = Array.from({ length: sampleSize }, () => Math.floor(random() * graph.nodeCount));
  const contestants = [
    await isthmus('plain JS', graph, positions, settings),
    await isthmus('WASM', graph, positions, settings),
    await isthmus('WASM, 2 threads', graph, positions, settings),
    await isthmus('Barnes-Hut', graph, positions, settings),
    graphology(0.5, graph, positions, settings),
    graphology(1.2, graph, positions, settings),
  ];
  const times = await timesOf(contestants, roundCount);
  const [fine, coarse] = times.slice(-2);
  const rows = contestants.map(({ system, repulsion }, k): Row => {
    const { approximate, exact } = repulsion(nodes);
    return {
      graph: name,
      nodes: graph.nodeCount,
      edges: graph.edgeCount,
      formed,
      system,
      millisecondsPerIteration: median(times[k]),
      leastMilliseconds: Math.min(...times[k]),
      timesGraphology05: median(times[k].map((time, round) => fine[round] / time)),
      timesGraphology12: median(times[k].map((time, round) => coarse[round] / time)),
      ...errorsOf(approximate, exact),
    };
  });
  for (const { dispose } of contestants) dispose();
  return rows;
}

/** Milliseconds an iteration of every contestant in every round, after iterations that are not timed. */
async function timesOf(contestants: readonly Contestant[], roundCount: number): Promise<number[][]> {
  for (const { step, warmUp } of contestants) await step(warmUp);
  const times = contestants.map((): number[] => []);
  for (let round = 0; round < roundCount; round++) {
    for (const [k, { step, batch }] of contestants.entries()) {
      const start = performance.now();
      await step(batch);
      times[k].push((performance.now() - start) / batch);
    }
  }
  return times;
}

function tableRow(row: Row) {
  return {
    graph: `${row.graph} ${row.nodes}/${row.edges}, ${row.formed}`,
    system: row.system,
    'ms an iteration': Number(row.millisecondsPerIteration.toFixed(2)),
    least: Number(row.leastMilliseconds.toFixed(2)),
    '× graphology θ 0.5': Number(row.timesGraphology05.toFixed(1)),
    '× θ 1.2': Number(row.timesGraphology12.toFixed(1)),
    'relative L2': row.relativeL2.toExponential(1),
    'median relative': row.medianRelative.toExponential(1),
  };
}
