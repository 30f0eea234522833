import { isErrorOfKind } from '../../base/errors.ts';
import { type RunOptions, throwIfAborted } from '../../base/progress.ts';
import { plantedPartition } from '../../graph/generators.ts';
import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import { defaultSettings, type Repulsion } from '../../layout/settings.ts';
import { partedStart, randomStart } from '../../layout/start.ts';
import { planRelief } from '../../relief/relief.ts';
import { exactRepulsion, forceErrorOf, reliefErrorOf, sampleOf, sampleSize } from './errors.ts';
import type { BenchResult, LayoutRow, Machine, ReliefRow, Skipped } from './result.ts';
import type { Subject } from './subject.ts';
import { millisecondsOf, repeat, timingsOf, wallTime } from './timing.ts';

/** A graph to generate. */
export interface GraphSize {
  readonly nodes: number;
  readonly edges: number;
}

/** What is measured, and how long it may take. */
export interface BenchOptions extends RunOptions {
  readonly subjects: readonly Subject[];
  readonly machine: Machine;
  readonly version: string;
  readonly commit: string | null;
  readonly seed: number;
  readonly isQuick: boolean;
  readonly sizes: readonly GraphSize[];
  /** Seconds after which no further size is begun that would go beyond them. */
  readonly budget: number;
  /** Of the relief; default a million. */
  readonly cells?: number | undefined;
}

/** The sizes that people compare. */
export const standardSizes: readonly GraphSize[] = [
  { nodes: 7500, edges: 85_000 },
  { nodes: 10_000, edges: 100_000 },
  { nodes: 100_000, edges: 1_000_000 },
  { nodes: 1_000_000, edges: 10_000_000 },
];

/** A round of iterations lasts at least this many milliseconds, or it would measure the clock. */
const shortestRound = 50;

/**
 * Measures layout and relief, size by size, on each subject: the same generated graphs (planted partitions), Gephi's
 * rule with multipole repulsion and then with Barnes-Hut's, a layout that has formed; medians of rounds, with the error beside every figure.
 *
 * What a device has no room for, or fails at, is told under `skipped`.
 *
 * @throws AbortError.
 */
export async function bench(options: BenchOptions): Promise<BenchResult> {
  const {
    subjects,
    machine,
    version,
    commit,
    seed,
    isQuick,
    sizes,
    budget,
    cells = 1_000_000,
    signal,
    onProgress,
  } = options;
  const begun = performance.now();
  const rounds = isQuick ? 5 : 11;
  const layout: LayoutRow[] = [];
  const relief: ReliefRow[] = [];
  const skipped: Skipped[] = [];
  /** Seconds an edge that the last size took. */
  const cost = new Map<Subject, number>();
  const total = sizes.length * subjects.length;
  let done = 0;
  for (const size of sizes) {
    let graph: PackedGraph | undefined;
    for (const subject of subjects) {
      throwIfAborted(signal);
      onProgress?.({ stage: 'bench', done: done++, total });
      const estimate = (cost.get(subject) ?? 0) * size.edges;
      if ((performance.now() - begun) / 1000 + estimate > budget) {
        const reason = `It would take about ${Math.ceil(estimate)} s more, but the whole benchmark has ${budget} s.`;
        skipped.push({ device: subject.device.kind, ...size, reason });
        continue;
      }
      graph ??= graphOf(size, seed);
      const order: Order = { subject, graph, seed, rounds, formingSeconds: budget / 6, cells, signal };
      const milliseconds = await wallTime(async () => {
        try {
          let formed: Formed | undefined;
          for (const repulsion of modesFor(size)) {
            const trial = await benchLayout(order, repulsion, formed);
            ({ formed } = trial);
            if (trial.row.repulsion === repulsion) layout.push(trial.row);
            else {
              const reason = `On this graph ${repulsion} repulsion runs as ${trial.row.repulsion}.`;
              skipped.push({ device: subject.device.kind, ...size, reason });
            }
          }
          if (formed !== undefined) relief.push(await benchRelief(order, formed.positions));
        } catch (error) {
          if (!isErrorOfKind(error, 'DeviceError')) throw error;
          skipped.push({ device: subject.device.kind, ...size, reason: (error as Error).message });
        }
      });
      cost.set(subject, milliseconds / 1000 / size.edges);
    }
  }
  onProgress?.({ stage: 'bench', done, total });
  const about = { version, commit, date: new Date().toISOString(), seed, isQuick, machine };
  return {
    schema: 'isthmus-bench/1',
    ...about,
    devices: subjects.map(({ device }) => device),
    layout,
    relief,
    skipped,
  };
}

function graphOf({ nodes, edges }: GraphSize, seed: number): PackedGraph {
  return plantedPartition({ nodes, edges, blocks: Math.max(1, Math.round(Math.sqrt(nodes) / 2)), mixing: 0.15, seed });
}

/** All pairs are no match for a tree in larger graphs. */
function modesFor({ nodes }: GraphSize): readonly Repulsion[] {
  return ['multipole', nodes < 1000 ? 'exact' : 'barnes-hut'];
}

/** So many iterations form a layout well enough to be measured; large ones would take too long to finish. */
function formingIterations(nodes: number): number {
  return Math.max(30, Math.min(200, Math.round(200 * Math.sqrt(7500 / nodes))));
}

/** One graph to measure on one subject. */
interface Order {
  readonly subject: Subject;
  readonly graph: PackedGraph;
  readonly seed: number;
  readonly rounds: number;
  /** After so many a layout has formed well enough. */
  readonly formingSeconds: number;
  readonly cells: number;
  readonly signal: AbortSignal | undefined;
}

/** A layout that has formed, and by how many iterations. */
interface Formed {
  readonly positions: Positions;
  readonly formedBy: number;
}

/** So many iterations bring a formed layout into the stride of another mode. */
const settlingIterations = 30;

async function benchLayout(order: Order, repulsion: Repulsion, formed: Formed | undefined) {
  const { subject, graph, seed, rounds, formingSeconds, signal } = order;
  const { nodeCount: nodes, edgeCount: edges } = graph;
  const settings = { ...defaultSettings(nodes), repulsion };
  const start = formed?.positions ?? partedStart(graph, randomStart(nodes, seed), seed);
  const trial = await subject.startLayout(graph, settings, start);
  try {
    const end = performance.now() + 1000 * formingSeconds;
    const wanted = formed === undefined ? formingIterations(nodes) : settlingIterations;
    let made = 0;
    for (; made < wanted && performance.now() < end; made += 5) {
      throwIfAborted(signal);
      await trial.step(5);
    }
    const formedBy = made + (formed?.formedBy ?? 0);
    const positions = await trial.read();
    const sample = sampleOf(nodes, sampleSize, seed);
    const exact = exactRepulsion(graph, positions, settings, sample);
    const error = forceErrorOf(await subject.repulsion(graph, positions, settings), exact, sample);
    const { wall } = await trial.time(2);
    const iterationsPerRound = Math.max(2, Math.ceil(shortestRound / wall));
    const measured = await repeat(rounds, async () => {
      throwIfAborted(signal);
      return trial.time(iterationsPerRound);
    });
    const row: LayoutRow = {
      device: subject.device.kind,
      isSoftware: subject.device.isSoftware,
      nodes,
      edges,
      repulsion: trial.repulsion,
      theta: settings.barnesHutTheta,
      formedBy,
      rounds,
      iterationsPerRound,
      millisecondsPerIteration: timingsOf(measured),
      error,
    };
    return { row, formed: { positions, formedBy } };
  } finally {
    trial.dispose();
  }
}

async function benchRelief({ subject, graph, seed, rounds, cells }: Order, positions: Positions): Promise<ReliefRow> {
  const options = { cells };
  const { field, peak } = await subject.relief(positions, options);
  const { width, height } = field;
  const sample = sampleOf(width * height, sampleSize, seed);
  const { device } = subject;
  return {
    device: device.kind,
    isSoftware: device.isSoftware,
    nodes: graph.nodeCount,
    edges: graph.edgeCount,
    cells: width * height,
    rounds,
    milliseconds: timingsOf(await repeat(rounds, () => subject.timeRelief())),
    roundTrip: millisecondsOf(await repeat(rounds, () => wallTime(() => subject.relief(positions, options)))),
    error: reliefErrorOf(field, peak, positions, planRelief(positions, options).spread, sample),
  };
}
