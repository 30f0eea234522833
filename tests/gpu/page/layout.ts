import { plantedPartition } from '../../../engine/graph/generators.ts';
import { createLayout, type Step } from '../../../engine/layout/layout.ts';
import { gephiPlan } from '../../../engine/layout/plan.ts';

/** How a layout went whose GPU was lost at iteration 100. */
export interface Outcome {
  readonly before: Step;
  readonly after: Step;
  readonly positions: readonly number[];
}

declare global {
  interface Window {
    layOut: (graph: Parameters<typeof plantedPartition>[0], iterations: number) => Promise<Outcome>;
  }
}

window.layOut = async (options, iterations) => {
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
  const graph = plantedPartition(options);
  const gpu = { requestAdapter } as unknown as GPU;
  const run = createLayout(graph, { plan: gephiPlan(graph, iterations), gpu, device: 'gpu' });
  const before = await run.step(100);
  devices[0].destroy();
  const after = await run.step(iterations - 100);
  const positions = [...(await run.read())];
  run.dispose();
  return { before, after, positions };
};
