import type { Positions } from '../../engine/index.ts';

/** A layout of a system in the page, under way. */
export interface PageContestant {
  readonly system: string;
  /** What is set other than by default, and what the defaults that matter are. */
  readonly settings: string;
  /** What it computes on, in the browser's words. */
  readonly device: string;
  /** Whole iterations, done when this returns. */
  step(iterations: number): Promise<unknown>;
  positions(): Promise<Positions>;
}
