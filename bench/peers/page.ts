import {
  createLayout,
  createRandom,
  gephiPlan,
  type PackedGraph,
  type Positions,
  plantedPartition,
  type Repulsion,
} from '../../engine/index.ts';
import { cosmos } from './cosmos.ts';
import type { PageContestant } from './page-contestant.ts';
import { median, type Quality, qualityOf } from './quality.ts';

/** A comparison on one graph. */
export interface PageOrder {
  readonly nodes: number;
  readonly edges: number;
  readonly seconds: number;
  readonly rounds: number;
}

/** One system on one graph, in the page. */
export interface PageRow extends Quality {
  readonly nodes: number;
  readonly edges: number;
  readonly system: string;
  readonly settings: string;
  readonly device: string;
  /** By the clock, which every system had from the same random start, after one iteration to get ready. */
  readonly seconds: number;
  /** Made in that time. */
  readonly iterations: number;
  /** A whole iteration then, by the clock, rounds interleaved with those of the others. */
  readonly millisecondsPerIteration: number;
}

/** What the benchmark calls in the page. */
export interface PeersPage {
  compare(order: PageOrder): Promise<PageRow[]>;
}

/** Milliseconds of a round: long beside the one wait at its end. */
const roundTime = 500;

/** Ours on WebGPU, Gephi's defaults. */
const isthmus =
  (repulsion: Repulsion) =>
  async (graph: PackedGraph, start: Positions): Promise<PageContestant> => {
    const plan = gephiPlan(graph, 1, { repulsion });
    const run = createLayout(graph, { plan, positions: start, gpu: navigator.gpu, device: 'gpu' });
    // The first iteration also compiles the shaders.
    const { device } = await run.step(1);
    if (device.kind !== 'gpu') throw new Error(`There is no WebGPU to compare: ${device.reason}`);
    const { barnesHutTheta } = plan[0].settings;
    return {
      system: 'isthmus (GPU)',
      settings: `WebGPU; ForceAtlas2, Gephi’s defaults, ${repulsion === 'barnes-hut' ? `Barnes-Hut, θ ${barnesHutTheta}` : repulsion}`,
      device: device.name,
      step: (iterations) => run.step(iterations),
      positions: () => run.read(),
    };
  };

async function compare({ nodes, edges, seconds, rounds }: PageOrder): Promise<PageRow[]> {
  const blocks = Math.round(Math.sqrt(nodes) / 2);
  const graph = plantedPartition({ nodes, edges, blocks, mixing: 0.15, seed: 1 });
  const random = createRandom(1);
  const start = Float32Array.from({ length: 2 * nodes }, () => 1000 * (random() - 0.5));
  const rows: Omit<PageRow, 'millisecondsPerIteration'>[] = [];
  const entered: { readonly contestant: PageContestant; readonly batch: number; readonly times: number[] }[] = [];
  for (const begin of [isthmus('barnes-hut'), isthmus('multipole'), cosmos]) {
    const contestant = await begin(graph, start);
    const { iterations, batch } = await form(contestant, 1000 * seconds);
    const { system, settings, device } = contestant;
    const about = { nodes, edges, system, settings, device, seconds, iterations };
    rows.push({ ...about, ...qualityOf(graph, await contestant.positions()) });
    entered.push({ contestant, batch, times: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { contestant, batch, times } of entered) {
      const begun = performance.now();
      await contestant.step(batch);
      times.push((performance.now() - begun) / batch);
    }
  }
  return rows.map((row, k) => ({ ...row, millisecondsPerIteration: median(entered[k].times) }));
}

/** Makes iterations for so many milliseconds; how many, and how many fill a round. */
async function form(contestant: PageContestant, milliseconds: number) {
  const begun = performance.now();
  let iterations = 0;
  let batch = 1;
  while (performance.now() - begun < milliseconds) {
    const before = performance.now();
    await contestant.step(batch);
    iterations += batch;
    const fitting = Math.round((batch * roundTime) / (performance.now() - before));
    batch = Math.max(1, Math.min(2 * batch, fitting));
  }
  return { iterations, batch };
}

const page: PeersPage = { compare };
Object.assign(globalThis, { peers: page, isReady: true });
