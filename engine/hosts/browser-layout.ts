import { isErrorOfKind } from '../base/errors.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import type { LayoutOptions, LayoutResult } from '../layout/layout.ts';
import { gephiPlan, type Phase, plannedIterations } from '../layout/plan.ts';
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
  const planned = plannedIterations(plan);
  let made = 0;
  let phase = plan[0]?.name;
  let stopped: LayoutResult['stopped'] | undefined;
  let positions: Positions | undefined = options.positions;
  try {
    const run = await engine.createLayout(graph, { ...options, plan, seed, device: 'gpu' });
    let slice = 1;
    let { device } = run;
    do {
      const sliceBegun = performance.now();
      const step = await run.step(Math.max(1, Math.min(slice, planned - made)));
      positions = await run.read();
      ({ iteration: made, device, phase, stopped } = step);
      const fitting = Math.floor((slice * saveInterval) / (performance.now() - sliceBegun));
      slice = Math.max(1, Math.min(fitting, 4 * slice));
    } while (stopped === undefined);
    run.dispose();
    const report = { ...device, name: `${device.name}, in headless Chromium` };
    return {
      positions,
      iterations: made,
      stopped,
      device: report,
      seed,
      plan,
      milliseconds: performance.now() - begun,
    };
  } catch (error) {
    if (!isErrorOfKind(error, 'DeviceError')) throw error;
    const rest = await onCpu(graph, {
      ...options,
      plan: restOf(plan, phase, made),
      seed,
      positions,
      device: 'cpu',
      onProgress: onProgress && ((news) => onProgress({ ...news, done: made + news.done })),
    });
    const warning = `${(error as Error).message} The layout went on from iteration ${made} on the CPU.`;
    const device = { ...rest.device, reason: 'The browser with the GPU was lost.', warning };
    return { ...rest, iterations: made + rest.iterations, device, plan, milliseconds: performance.now() - begun };
  }
}

/** The plan from this phase on, without the iterations that are made. */
function restOf(plan: readonly Phase[], phase: string | undefined, made: number): Phase[] {
  const first = plan.findIndex(({ name }) => name === phase);
  return plan.slice(first).map((due, k) => {
    if (k > 0 || due.iterations === 'auto') return due;
    return { ...due, iterations: Math.max(0, plannedIterations(plan.slice(0, first + 1)) - made) };
  });
}
