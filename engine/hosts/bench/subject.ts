import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import { createLayout } from '../../layout/layout.ts';
import { gephiPlan } from '../../layout/plan.ts';
import { repulsionOf } from '../../layout/repulsion.ts';
import type { ForceAtlas2Settings, Repulsion } from '../../layout/settings.ts';
import { type Relief, type ReliefOptions, relief } from '../../relief/relief.ts';
import type { BenchDevice } from './result.ts';
import { type Measured, wallTime } from './timing.ts';

/** A layout under way that can be timed. */
export interface LayoutTrial {
  /** How repulsion is summed now, where the settings only name a wish. */
  readonly repulsion: Repulsion;
  /** Makes that many iterations. */
  step(iterations: number): Promise<unknown>;
  /** Makes that many iterations; milliseconds each. */
  time(iterations: number): Promise<Measured>;
  read(): Promise<Positions>;
  dispose(): void;
}

/** A processor to measure: the same work on the CPU and on GPUs. */
export interface Subject {
  readonly device: BenchDevice;
  startLayout(graph: PackedGraph, settings: ForceAtlas2Settings, positions: Positions): Promise<LayoutTrial>;
  /** The repulsion on all nodes, x0, y0, x1, y1, …, as the layout sums it. */
  repulsion(graph: PackedGraph, positions: Positions, settings: ForceAtlas2Settings): Promise<ArrayLike<number>>;
  relief(positions: Positions, options: ReliefOptions): Promise<Relief>;
  /** Makes the last relief anew, without moving nodes and cells. */
  timeRelief(): Promise<Measured>;
  dispose(): void;
}

/** This thread. */
export function cpuSubject(name: string): Subject {
  let again: () => Relief = () => relief(new Float32Array(0));
  return {
    device: { kind: 'cpu', name: `${name}, one thread`, isSoftware: false, adapter: null },
    async startLayout(graph, settings, positions) {
      const run = createLayout(graph, { plan: gephiPlan(graph, 1, settings), positions });
      return {
        repulsion: settings.repulsion,
        step: (iterations) => run.step(iterations),
        time: async (iterations) => ({
          wall: (await wallTime(() => run.step(iterations))) / iterations,
          timestamp: undefined,
        }),
        read: () => run.read(),
        dispose: () => run.dispose(),
      };
    },
    repulsion: async (graph, positions, settings) => repulsionOf(graph, positions, settings),
    async relief(positions, options) {
      again = () => relief(positions, options);
      return again();
    },
    timeRelief: async () => ({ wall: await wallTime(again), timestamp: undefined }),
    dispose() {},
  };
}
