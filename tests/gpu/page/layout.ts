import { readGraph } from '../../../engine/formats/index.ts';
import { plantedPartition } from '../../../engine/graph/generators.ts';
import type { PackedGraph } from '../../../engine/graph/packed-graph.ts';
import { createLayout, type DeviceReport, layout, type Step } from '../../../engine/layout/layout.ts';
import { gephiPlan } from '../../../engine/layout/plan.ts';
import type { Repulsion } from '../../../engine/layout/settings.ts';

type Planted = Parameters<typeof plantedPartition>[0];

/** A layout by Gephi's defaults that was made on the GPU of the page. */
export interface Outcome {
  readonly device: DeviceReport;
  readonly positions: readonly number[];
}

/** How a layout went whose GPU was lost at iteration 100. */
export interface Loss extends Outcome {
  readonly before: Step;
  readonly after: Step;
}

/** What the tests call in the page. */
export interface LayoutPage {
  layOut(graph: Planted | 'sample', iterations: number, repulsion: Repulsion): Promise<Outcome>;
  loseAt100(graph: Planted, iterations: number): Promise<Loss>;
}

/** Served from the root of the repository. */
async function sample(): Promise<PackedGraph> {
  const answer = await fetch('/software-terms.gexf.gz');
  return (await readGraph(await answer.arrayBuffer())).graph;
}

async function layOut(given: Planted | 'sample', iterations: number, repulsion: Repulsion): Promise<Outcome> {
  const graph = given === 'sample' ? await sample() : plantedPartition(given);
  const plan = gephiPlan(graph, iterations, { repulsion });
  const { device, positions } = await layout(graph, { plan, gpu: navigator.gpu, device: 'gpu' });
  return { device, positions: [...positions] };
}

async function loseAt100(given: Planted, iterations: number): Promise<Loss> {
  const devices: GPUDevice[] = [];
  const requestAdapter = async () => {
    const adapter = await navigator.gpu.requestAdapter();
    if (adapter === null) return null;
    const { features, limits, info } = adapter;
    const requestDevice = async (descriptor?: GPUDeviceDescriptor) => {
      const device = await adapter.requestDevice(descriptor);
      devices.push(device);
      return device;
    };
    return { features, limits, info, requestDevice };
  };
  const graph = plantedPartition(given);
  const gpu = { requestAdapter } as unknown as GPU;
  const run = createLayout(graph, { plan: gephiPlan(graph, iterations), gpu, device: 'gpu' });
  const before = await run.step(100);
  devices[0].destroy();
  const after = await run.step(iterations - 100);
  const positions = [...(await run.read())];
  run.dispose();
  return { before, after, device: after.device, positions };
}

const page: LayoutPage = { layOut, loseAt100 };
Object.assign(globalThis, { layouts: page, isReady: true });
