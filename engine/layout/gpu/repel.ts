import type { Repulsion } from '../settings.ts';

/** One of several equal parts of the nodes. */
export interface Part {
  readonly number: number;
  readonly of: number;
}

/** Adds the repulsion to the forces of a layout, and measures swinging and traction. */
export interface GpuRepulsion {
  /** How it is summed now. */
  readonly runs: Repulsion;
  /** Parts into which an iteration may be cut, each to be submitted by itself; absent if it is one piece. */
  readonly divisibleBy?: number;
  /** Encodes the repulsion of an iteration, the how manyeth under these settings, on a part of the nodes or on all. */
  encode(encoder: GPUComputePassEncoder, iteration: number, part?: Part): void;
  /** Iterations from this one on that may be submitted before `review` is due; absent if it never is. */
  untilReview?(iteration: number): number;
  /**
   * Looks how crowded the nodes are, and may change how repulsion is summed from this iteration on. What it sees is the
   * same at the same iteration, however iterations are put into submits. `reach`: nodes nearer than this must act on each
   * other one by one.
   */
  review?(iteration: number, reach: number): Promise<void>;
  dispose(): void;
}
