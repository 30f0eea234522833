import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import iterate from 'graphology-layout-forceatlas2/iterate.js';
import {
  createLayout,
  type ForceAtlas2Settings,
  gephiPlan,
  type PackedGraph,
  type Positions,
  repulsionOf,
  type ThreadHost,
} from '../../engine/index.ts';
import { pick, sumPairs } from '../peers/contestant.ts';

/** A layout of a system, under way. */
export interface Contestant {
  readonly system: string;
  /** Iterations before any is timed, and how many are timed together. */
  readonly warmUp: number;
  readonly batch: number;
  /** Makes that many whole iterations. */
  step(iterations: number): unknown;
  /** The repulsion on some nodes at the start, and the exact sums of it: x0, y0, x1, y1, … */
  repulsion(nodes: readonly number[]): { readonly approximate: Float64Array; readonly exact: Float64Array };
  dispose(): void;
}

/** The forms of our engine that are compared. */
export type Form = 'plain JS' | 'WASM' | 'WASM, 2 threads' | 'Barnes-Hut';

/** Longer than threads take to start. */
const startUp = 1000;

export async function isthmus(
  form: Form,
  graph: PackedGraph,
  positions: Positions,
  given: ForceAtlas2Settings,
): Promise<Contestant> {
  const repulsion = form === 'Barnes-Hut' ? 'barnes-hut' : 'multipole';
  const settings: ForceAtlas2Settings = { ...given, rule: 'gephi', repulsion };
  const begin = () => {
    const run = createLayout(graph, { plan: gephiPlan(graph, 1, settings), positions, ...threadsOf(form) });
    return { run, approximate: repulsionOf(graph, positions, settings) };
  };
  const { run, approximate } = form === 'plain JS' ? withoutWasm(begin) : begin();
  const expected = {
    'plain JS': 'one thread',
    WASM: 'one thread, WASM',
    'WASM, 2 threads': '2 threads, WASM',
    'Barnes-Hut': 'one thread',
  };
  if (run.device.name !== `CPU, ${expected[form]}`) throw new Error(`${form} ran on ${run.device.name}.`);
  if (form === 'WASM, 2 threads') await new Promise((resolve) => setTimeout(resolve, startUp));
  const masses = new Float64Array(graph.nodeCount).fill(1);
  for (const node of graph.edges) masses[node]++;
  return {
    system: `isthmus, ${form}`,
    warmUp: 12,
    batch: 4,
    step: (iterations) => run.step(iterations),
    repulsion: (nodes) => ({
      approximate: pick(approximate, nodes),
      exact: exactSums(positions, masses, settings.scalingRatio, nodes),
    }),
    dispose: () => run.dispose(),
  };
}

/** The library as shipped opens no threads by itself: its worker's module is what they run. */
function threadsOf(form: Form) {
  if (form !== 'WASM, 2 threads') return {};
  const threadHost: ThreadHost = {
    available: 2,
    open(forces) {
      // The bench itself is run with flags that a file does not take.
      const worker = new Worker(pathToFileURL('dist/node-worker.js'), { workerData: { forces }, execArgv: [] });
      worker.unref();
      return () => void worker.terminate();
    },
  };
  return { threads: 2, threadHost };
}

/** What a browser without WASM makes of it. */
function withoutWasm<T>(work: () => T): T {
  const api = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly') as PropertyDescriptor;
  Reflect.deleteProperty(globalThis, 'WebAssembly');
  try {
    return work();
  } finally {
    Object.defineProperty(globalThis, 'WebAssembly', api);
  }
}

export function graphology(
  barnesHutTheta: number,
  graph: PackedGraph,
  positions: Positions,
  settings: ForceAtlas2Settings,
): Contestant {
  const options = {
    linLogMode: settings.linLogMode,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 1,
    scalingRatio: 1,
    strongGravityMode: settings.strongGravityMode,
    gravity: settings.gravity,
    slowDown: 1,
    barnesHutOptimize: true,
    barnesHutTheta,
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
  const masses = Float64Array.from({ length: graph.nodeCount }, (_, i) => still[10 * i + 6]);
  return {
    system: `graphology, θ ${barnesHutTheta}`,
    warmUp: 2,
    batch: 1,
    step: () => iterate(options, nodes, edges),
    repulsion: (sample) => ({
      approximate: pick(forces, sample),
      exact: exactSums(positions, masses, options.scalingRatio, sample),
    }),
    dispose() {},
  };
}

function exactSums(
  positions: Positions,
  masses: Float64Array,
  scalingRatio: number,
  nodes: readonly number[],
): Float64Array {
  return sumPairs(positions, nodes, (square, i, j) => (scalingRatio * masses[i] * masses[j]) / square);
}
