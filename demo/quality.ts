import { type EdgeMarks, type GraphMap, selectStrokes } from '../engine/index.ts';

/** How finely a map in motion is drawn, so that the GPU at hand keeps up. At rest everything is drawn. */
export interface Quality {
  /** The share of pixels and edges that a frame in motion gets, 0.01 to 1. */
  share(): number;
  /** Learns from a frame drawn at that share. */
  learn(milliseconds: number): void;
}

/** A frame in motion should take no longer, in milliseconds. */
const budget = 45;
const least = 0.01;

/** Starts low where the driver says that there is no GPU behind it, and finds its level by what frames cost. */
export function createQuality(device: string): Quality {
  let share = /swiftshader|llvmpipe|softpipe|software|basic render/i.test(device) ? 0.03 : 1;
  return {
    share: () => share,
    learn(milliseconds) {
      if (milliseconds > 1.5 * budget) share *= Math.max(0.3, budget / milliseconds);
      else if (milliseconds < 0.6 * budget) share *= 1.25;
      share = Math.min(1, Math.max(least, share));
    },
  };
}

/** Keeps the last thinned edges, since their buffers are dear. */
export function createThinning(): (map: GraphMap, share: number) => GraphMap {
  let last: { from: EdgeMarks; every: number; to: EdgeMarks } | undefined;
  return (map, share) => {
    // Powers of two, so that small changes of the share leave the buffers alone.
    const every = 2 ** Math.round(Math.log2(1 / share));
    if (every === 1) return map;
    if (last?.from !== map.edges || last.every !== every) {
      last = { from: map.edges, every, to: everyNth(map.edges, every) };
    }
    return { ...map, edges: last.to };
  };
}

function everyNth(marks: EdgeMarks, every: number): EdgeMarks {
  const count = Math.ceil(marks.energy.length / every);
  return selectStrokes(
    marks,
    Uint32Array.from({ length: count }, (_, i) => i * every),
  );
}
