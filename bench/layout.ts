import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import iterate from 'graphology-layout-forceatlas2/iterate.js';
import {
  checkSettings,
  createLayout,
  defaultSettings,
  type ForceAtlas2Settings,
  gephiPlan,
  layout,
  mapPlan,
  type PackedGraph,
  type Positions,
  plantedPartition,
  readGraph,
  repulsionOf,
} from '../engine/index.ts';

const rounds = 15;
const formingIterations = 200;

/** One system on one graph: the median time of a whole iteration, and how far its repulsion is off. */
interface Row {
  readonly graph: string;
  readonly nodes: number;
  readonly edges: number;
  readonly formed: string;
  readonly system: string;
  readonly theta: number;
  readonly millisecondsPerIteration: number;
  /** ‖F − F_exact‖ / ‖F_exact‖ over all nodes. */
  readonly relativeL2: number;
  /** The median over the nodes of |F − F_exact| / |F_exact|. */
  readonly medianRelative: number;
}

interface Contestant {
  readonly system: string;
  readonly theta: number;
  /** The error of the repulsion at the formed positions. */
  readonly error: readonly [relativeL2: number, medianRelative: number];
  /** Makes one whole iteration. */
  step(): Promise<unknown>;
}

/**
 * Compares whole iterations with those of graphology-layout-forceatlas2 on formed layouts: one thread, rounds
 * interleaved, medians, with the error of the repulsion against exact float64 sums beside every time.
 * `args`: `--large` adds 100,000 nodes (some minutes).
 */
export async function run(args: readonly string[]): Promise<void> {
  const { graph: sample } = await readGraph(await readFile('software-terms.gexf.gz'));
  const planted = plantedPartition({ nodes: 7500, edges: 85_000, blocks: 40, mixing: 0.15, seed: 1 });
  const rows = [
    ...(await compare('sample', sample, 'plain', gephiPlan(sample, formingIterations))),
    ...(await compare('sample', sample, 'map', mapPlan(sample, 2 * formingIterations))),
    ...(await compare('planted partition', planted, 'plain', gephiPlan(planted, formingIterations))),
  ];
  if (args.includes('--large')) {
    const large = plantedPartition({ nodes: 100_000, edges: 1_000_000, blocks: 200, mixing: 0.15, seed: 1 });
    rows.push(...(await compare('planted partition', large, 'plain', gephiPlan(large, 30))));
  }
  const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.versions.node}`;
  await mkdir('bench/results', { recursive: true });
  const result = { benchmark: 'layout', date: new Date().toISOString().slice(0, 10), machine, rounds, rows };
  await writeFile('bench/results/layout.json', `${JSON.stringify(result, undefined, 2)}\n`);
  console.log(`Whole iterations, one thread, medians of ${rounds} interleaved rounds (${machine}).`);
  console.table(rows.map(tableRow));
}

async function compare(name: string, graph: PackedGraph, formed: string, plan: ReturnType<typeof gephiPlan>) {
  const { positions } = await layout(graph, { plan });
  const { settings } = plan[plan.length - 1];
  const contestants = [
    ...[defaultSettings(graph.nodeCount).barnesHutTheta, 0.8, 2].map((theta) =>
      isthmus(graph, positions, { ...settings, barnesHutTheta: theta }),
    ),
    ...[0.5, 1.2].map((theta) => graphology(graph, positions, { ...settings, barnesHutTheta: theta })),
  ];
  const times = contestants.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [k, { step }] of contestants.entries()) {
      const start = performance.now();
      await step();
      times[k].push(performance.now() - start);
    }
  }
  return contestants.map(({ system, theta, error }, k): Row => {
    return {
      graph: name,
      nodes: graph.nodeCount,
      edges: graph.edgeCount,
      formed,
      system,
      theta,
      millisecondsPerIteration: median(times[k]),
      relativeL2: error[0],
      medianRelative: error[1],
    };
  });
}

function isthmus(graph: PackedGraph, positions: Positions, settings: ForceAtlas2Settings): Contestant {
  const run = createLayout(graph, { plan: gephiPlan(graph, 1, settings), positions });
  const exact = repulsionOf(graph, positions, { ...settings, repulsion: 'exact' });
  return {
    system: 'isthmus',
    theta: settings.barnesHutTheta,
    error: errorOf(repulsionOf(graph, positions, { ...settings, repulsion: 'barnes-hut' }), exact),
    step: () => run.step(1),
  };
}

function graphology(graph: PackedGraph, positions: Positions, settings: ForceAtlas2Settings): Contestant {
  const theirs = checkSettings({ rule: 'graphology', barnesHutTheta: settings.barnesHutTheta }, graph.nodeCount);
  const options = {
    linLogMode: settings.linLogMode,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 1,
    scalingRatio: theirs.scalingRatio,
    strongGravityMode: settings.strongGravityMode,
    gravity: settings.gravity,
    slowDown: 1,
    barnesHutOptimize: true,
    barnesHutTheta: theirs.barnesHutTheta,
  };
  const weights = graph.edgeColumns.find(({ role }) => role === 'weight');
  const edges = new Float32Array(3 * graph.edgeCount);
  const nodes = new Float32Array(10 * graph.nodeCount);
  for (let i = 0; i < graph.nodeCount; i++) {
    nodes.set([positions[2 * i], positions[2 * i + 1], 0, 0, 0, 0, 1, 1, 1, 0], 10 * i);
  }
  for (let e = 0; e < graph.edgeCount; e++) {
    const [source, target] = [10 * graph.edges[2 * e], 10 * graph.edges[2 * e + 1]];
    const weight = weights?.kind === 'number' ? weights.values[e] : 1;
    edges.set([source, target, weight], 3 * e);
    nodes[source + 6] += weight;
    nodes[target + 6] += weight;
  }
  // One iteration without gravity and edges leaves the repulsion in dx and dy.
  const still = nodes.slice();
  iterate({ ...options, gravity: 0 }, still, new Float32Array(0));
  const forces = Float64Array.from({ length: 2 * graph.nodeCount }, (_, k) => still[10 * (k >> 1) + 2 + (k % 2)]);
  return {
    system: 'graphology',
    theta: options.barnesHutTheta,
    error: errorOf(forces, repulsionOf(graph, positions, { ...theirs, repulsion: 'exact' })),
    step: async () => iterate(options, nodes, edges),
  };
}

function errorOf(forces: Float64Array, exact: Float64Array): [relativeL2: number, medianRelative: number] {
  let difference = 0;
  let length = 0;
  const relative: number[] = [];
  for (let k = 0; k < exact.length; k += 2) {
    const off = (forces[k] - exact[k]) ** 2 + (forces[k + 1] - exact[k + 1]) ** 2;
    const square = exact[k] ** 2 + exact[k + 1] ** 2;
    difference += off;
    length += square;
    relative.push(Math.sqrt(off / square));
  }
  return [Math.sqrt(difference / length), median(relative)];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function tableRow(row: Row) {
  return {
    graph: `${row.graph} ${row.nodes}/${row.edges}, ${row.formed}`,
    system: `${row.system} θ ${row.theta}`,
    'ms an iteration': Number(row.millisecondsPerIteration.toFixed(1)),
    'relative L2': row.relativeL2.toExponential(1),
    'median relative': row.medianRelative.toExponential(1),
  };
}
