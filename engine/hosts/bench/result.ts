import type { Repulsion } from '../../layout/settings.ts';

/** What `isthmus bench` prints; docs/bench-schema.json describes it for machines, docs/bench.md for people. */
export interface BenchResult {
  /** The name and version of this form; a form that readers of version 1 would misread gets another version. */
  readonly schema: 'isthmus-bench/1';
  readonly version: string;
  /** The commit it was built from; null outside of a checkout. */
  readonly commit: string | null;
  /** ISO 8601, in UTC. */
  readonly date: string;
  readonly seed: number;
  readonly isQuick: boolean;
  readonly machine: Machine;
  readonly devices: readonly BenchDevice[];
  readonly layout: readonly LayoutRow[];
  readonly relief: readonly ReliefRow[];
  /** What was not measured, and why. */
  readonly skipped: readonly Skipped[];
}

/** What the benchmark ran on, without what tells one owner from another. */
export interface Machine {
  readonly platform: string;
  readonly cpu: string;
  /** Logical cores; null where the browser keeps silent, as below. */
  readonly cores: number | null;
  readonly memoryBytes: number | null;
  /** Node or the browser, with its version. */
  readonly runtime: string;
  readonly power: 'mains' | 'battery' | null;
}

export type DeviceKind = 'cpu' | 'gpu';

/** One processor that was measured. */
export interface BenchDevice {
  readonly kind: DeviceKind;
  readonly name: string;
  /** True for a GPU's programs run by the CPU (SwiftShader, llvmpipe, WARP): such times tell nothing of a GPU. */
  readonly isSoftware: boolean;
  /** The adapter in its own words; null for the CPU. */
  readonly adapter: Adapter | null;
}

export interface Adapter {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  readonly driver: string | null;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
}

/** Milliseconds: the median of all rounds, and the least. */
export interface Milliseconds {
  readonly median: number;
  readonly least: number;
}

export interface Timings {
  /** By the clock on the wall: on a GPU until the queue had done a batch, shared out. */
  readonly wall: Milliseconds;
  /** By the GPU's timestamp queries; null where there are none. */
  readonly timestamp: Milliseconds | null;
}

interface Row {
  readonly device: DeviceKind;
  readonly isSoftware: boolean;
  readonly nodes: number;
  readonly edges: number;
  readonly rounds: number;
}

/** Whole iterations of ForceAtlas2 under Gephi's defaults, on a layout that had already formed. */
export interface LayoutRow extends Row {
  readonly repulsion: Repulsion;
  readonly theta: number;
  /** Iterations made before the first round. */
  readonly formedBy: number;
  readonly iterationsPerRound: number;
  readonly millisecondsPerIteration: Timings;
  /** Of the repulsion, against exact sums in double precision, at the start of the first round. */
  readonly error: ForceError;
}

export interface ForceError {
  /** ‖F − F_exact‖ / ‖F_exact‖ over the sample. */
  readonly relativeL2: number;
  /** The median of |F − F_exact| / |F_exact|. */
  readonly medianRelative: number;
  readonly sampledNodes: number;
}

/** The relief under the formed layout. */
export interface ReliefRow extends Row {
  readonly cells: number;
  /** Field, peak and steepness; on a GPU without bringing nodes there and cells back. */
  readonly milliseconds: Timings;
  /** The same from positions in memory to cells in memory. */
  readonly roundTrip: Milliseconds;
  /** Against exact sums in double precision. */
  readonly error: { readonly largestShareOfPeak: number; readonly sampledCells: number };
}

/** A size that was left out. */
export interface Skipped {
  readonly device: DeviceKind;
  readonly nodes: number;
  readonly edges: number;
  readonly reason: string;
}
