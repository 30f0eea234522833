import type { Positions } from '../graph/packed-graph.ts';
import type { Speed } from './cpu/speed.ts';
import type { Held } from './held.ts';
import type { ForceAtlas2Settings, Repulsion } from './settings.ts';

/** Where a layout runs, and why there. */
export interface DeviceReport {
  readonly kind: 'cpu' | 'gpu';
  readonly name: string;
  readonly reason: string;
  /** What did not go as it was asked for, in sentences. */
  readonly warning?: string;
  /** How repulsion is summed now on a GPU, which leaves `multipole` for `barnes-hut` while nodes are crowded. */
  readonly repulsion?: Repulsion;
}

/** All that a layout needs to go on, on whatever device. */
export interface LayoutState {
  readonly positions: Positions;
  readonly speed: Speed;
  /** Iterations made so far. */
  readonly iteration: number;
}

/** ForceAtlas2 on one device, moved on by some iterations at a time. */
export interface Run {
  /** How repulsion is summed now, where the settings only name a wish. */
  readonly repulsion?: Repulsion;
  /** Changes the settings. Speed, forces and positions stay, or go on from this state, at rest. */
  enter(settings: ForceAtlas2Settings, state?: Omit<LayoutState, 'iteration'>): Promise<void>;
  /** Holds these nodes from now on, and no others; under the momentum rule it warms the layout. */
  hold(held: Held): void;
  /** Makes between one and that many iterations, as many as leave the thread and the GPU free now and then, and says how many. */
  advance(atMost: number): Promise<number>;
  /** Positions and speed as they are now. */
  read(): Promise<Omit<LayoutState, 'iteration'>>;
  dispose(): void;
}
