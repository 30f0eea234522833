import { createPageEngine, gephiPlan, plantedPartition } from '../../../engine/index.ts';

/** What the test asks of the page. */
export interface ThreadsPage {
  /** Lays a graph out in a worker; the device's name and the positions. */
  lay(threads: number): Promise<{ readonly device: string; readonly positions: readonly number[] }>;
}

const graph = plantedPartition({ nodes: 4000, edges: 12_000, blocks: 8, seed: 1 });
const engine = createPageEngine(
  new Worker(new URL('../../../engine/hosts/worker.ts', import.meta.url), { type: 'module' }),
);

const page: ThreadsPage = {
  async lay(threads) {
    const { device, positions } = await engine.layout(graph, { plan: gephiPlan(graph, 150), threads });
    return { device: device.name, positions: [...positions] };
  },
};
Object.assign(globalThis, { threads: page, isReady: true });
