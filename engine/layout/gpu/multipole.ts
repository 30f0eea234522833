import { createBarnesHut } from './barnes-hut.ts';
import { createPyramid, type GpuPyramid } from './pyramid.ts';
import type { GpuRepulsion } from './repel.ts';
import type { GpuState } from './state.ts';
import { type Crowding, createSurvey } from './survey.ts';

/** Operations in units of one pair of bodies: a cell with bodies, its 27 translations above all; any cell; and a body in the tree. */
const occupiedCost = 360;
const cellCost = 12;
const treeCost = 800;

/** What is chosen anew must be cheaper than what runs by this factor. */
const worthwhile = 0.8;

/** Where bodies are so near each other that the pyramid would have to sum most pairs, nothing is gained by it. */
function costOf({ pairs, occupied, depth }: Crowding): number {
  return pairs + occupiedCost * occupied + cellCost * 4 ** depth;
}

/**
 * The depth of the pyramid that costs least where bodies are crowded like this, or `undefined` if the tree costs less;
 * `now` is what runs, which is left only for something clearly better.
 *
 * @param reach bodies nearer than this must act on each other one by one, so that no cell may be narrower
 */
export function chooseDepth(
  survey: readonly Crowding[],
  nodeCount: number,
  reach: number,
  now?: { readonly depth: number | undefined },
): number | undefined {
  const weigh = (depth: number | undefined, cost: number) =>
    now !== undefined && now.depth === depth ? worthwhile * cost : cost;
  let best: number | undefined;
  let least = weigh(undefined, treeCost * nodeCount);
  for (const crowding of survey) {
    const cost = weigh(crowding.depth, costOf(crowding));
    if (crowding.side < reach || cost >= least) continue;
    best = crowding.depth;
    least = cost;
  }
  return best;
}

/** Iterations between two reviews: nodes fly at first. Where `auto` looks too, and the tree sorts its bodies anyway. */
function reviewInterval(iteration: number): number {
  return iteration < 40 ? 10 : 40;
}

/** Repulsion over the pyramid, or over the tree while nodes are too crowded for it. */
export async function createMultipole(device: GPUDevice, nodeCount: number, state: GpuState): Promise<GpuRepulsion> {
  const survey = await createSurvey(device, nodeCount, state);
  let pyramid: GpuPyramid | undefined;
  let tree: GpuRepulsion | undefined;
  let depth: number | undefined;
  let found: Promise<readonly Crowding[]> | undefined;
  const enter = async (chosen: number | undefined) => {
    if (chosen === undefined) {
      tree ??= await createBarnesHut(device, nodeCount, state);
    } else {
      pyramid ??= await createPyramid(device, nodeCount, state);
      if (pyramid.depth !== chosen) pyramid.deepen(chosen);
    }
    depth = chosen;
  };
  return {
    get runs() {
      return depth === undefined ? 'barnes-hut' : 'multipole';
    },
    encode(encoder, iteration) {
      if (depth === undefined) tree?.encode(encoder, iteration);
      else pyramid?.encode(encoder);
    },
    untilReview: (iteration) => reviewInterval(iteration) - (iteration % reviewInterval(iteration)),
    async review(iteration, reach) {
      if (iteration % reviewInterval(iteration) !== 0) return;
      if (iteration === 0) {
        await enter(chooseDepth(await survey.take(), nodeCount, reach));
        found = undefined;
        return;
      }
      // What was found one review ago: the GPU has long been done with it, so nothing waits.
      if (found !== undefined) await enter(chooseDepth(await found, nodeCount, reach, { depth }));
      found = survey.take();
      found.catch(() => {});
    },
    dispose() {
      for (const part of [survey, pyramid, tree]) part?.dispose();
    },
  };
}
