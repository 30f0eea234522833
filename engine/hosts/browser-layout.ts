import { isErrorOfKind } from '../base/errors.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import type { LayoutOptions, LayoutResult } from '../layout/layout.ts';
import { gephiPlan, type Phase } from '../layout/plan.ts';
import type { Headless } from './headless.ts';
import type { RemoteEngine } from './remote.ts';

/** Milliseconds between two copies of the positions, and so the most work that is lost with a browser. */
const saveInterval = 1000;

/**
 * A layout on the WebGPU of a headless browser. Where that ends before the layout does, the layout goes on from the
 * positions that were copied last, by `onCpu`, and the report says so.
 *
 * @throws as `layout` does, but for the loss of the browser.
 */
export async function layoutInBrowser(
  { engine }: Pick<Headless, 'engine'>,
  graph: PackedGraph,
  options: LayoutOptions,
  onCpu: RemoteEngine['layout'],
): Promise<LayoutResult> {
  const { plan = gephiPlan(graph), seed = 1, onProgress } = options;
  const begun = performance.now();
  const iterations = iterationsOf(plan);
  let made = 0;
  let positions: Positions | undefined = options.positions;
  const finish = (device: LayoutResult['device'], placed: Positions): LayoutResult => {
    return { positions: placed, iterations, device, seed, plan, milliseconds: performance.now() - begun };
  };
  try {
    const run = await engine.createLayout(graph, { ...options, plan, seed, device: 'gpu' });
    let slice = 1;
    let device = run.device;
    do {
      const sliceBegun = performance.now();
      const step = await run.step(Math.min(slice, iterations - made));
      positions = await run.read();
      made = step.iteration;
      device = step.device;
      const fitting = Math.floor((slice * saveInterval) / (performance.now() - sliceBegun));
      slice = Math.max(1, Math.min(fitting, 4 * slice));
    } while (made < iterations);
    run.dispose();
    return finish({ ...device, name: `${device.name}, in headless Chromium` }, positions);
  } catch (error) {
    if (!isErrorOfKind(error, 'DeviceError')) throw error;
    const rest = await onCpu(graph, {
      ...options,
      plan: restOf(plan, made),
      seed,
      positions,
      device: 'cpu',
      onProgress: onProgress && ((news) => onProgress({ ...news, done: made + news.done, total: iterations })),
    });
    const warning = `${(error as Error).message} The layout went on from iteration ${made} on the CPU.`;
    return finish({ ...rest.device, reason: 'The browser with the GPU was lost.', warning }, rest.positions);
  }
}

function iterationsOf(plan: readonly Phase[]): number {
  return plan.reduce((sum, phase) => sum + phase.iterations, 0);
}

/** The plan without its first iterations. */
function restOf(plan: readonly Phase[], made: number): Phase[] {
  let left = made;
  return plan.map((phase) => {
    const skipped = Math.min(left, phase.iterations);
    left -= skipped;
    return { ...phase, iterations: phase.iterations - skipped };
  });
}
