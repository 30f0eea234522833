import { IsthmusError } from '../base/errors.ts';
import { createRandom } from '../base/random.ts';
import type { PackedGraph } from '../graph/packed-graph.ts';
import { leiden } from './communities/leiden.ts';
import { type Level, levelOf } from './communities/level.ts';
import { louvain } from './communities/louvain.ts';
import { type Partition, partitionOf } from './communities/partition.ts';
import { massModel, modularityOf, pottsQualityOf, type Quality } from './communities/quality.ts';

export type { Partition, Quality };

/** How communities are found. */
export type CommunityMethod = 'leiden' | 'louvain';

/** Options of `communities`. */
export interface CommunitiesOptions {
  /** Default `leiden`. */
  readonly method?: CommunityMethod | undefined;
  /** Seed of the order in which nodes are visited (default 1). */
  readonly seed?: number | undefined;
  /** Above 1 for more and smaller communities, below 1 for fewer (default 1). */
  readonly resolution?: number | undefined;
  /**
   * What Leiden makes as large as it can: Newman's modularity (default), or the constant Potts model, whose resolution is
   * the density (edge weight per pair of nodes) that a community has to exceed.
   */
  readonly quality?: Quality | undefined;
}

/** How good a partition is by the measure that its method went by. */
export interface CommunityScore {
  readonly name: 'modularity' | 'Potts quality';
  readonly value: number;
  /** What the value counts; '' for a plain number. */
  readonly unit: string;
}

/** A partition of the nodes, and how it came about. */
export interface Communities extends Partition {
  readonly method: CommunityMethod;
  readonly score: CommunityScore;
  /** Newman's modularity at resolution 1, weights counted whatever the method; 0 for a graph without edges. */
  readonly modularity: number;
  /** Whether the method went by edge weights; `none` where the graph has no edges of different weight. */
  readonly weights: 'used' | 'ignored' | 'none';
  /** The settings that had a say, by name. */
  readonly settings: Readonly<Record<string, number | string>>;
}

/**
 * Finds communities. Edges count in both directions; self-loops and edges without a positive weight do not count. Nodes
 * without edges are communities of their own. The same seed gives the same communities.
 *
 * @throws UsageError for a resolution that is not above 0.
 */
export function communities(graph: PackedGraph, options: CommunitiesOptions = {}): Communities {
  const { method = 'leiden', seed = 1, resolution = 1, quality = 'modularity' } = options;
  if (!(resolution > 0 && resolution < Infinity)) {
    throw new IsthmusError('UsageError', `Communities need a finite resolution above 0, but ${resolution} came.`);
  }
  const level = levelOf(graph);
  const random = createRandom(seed);
  const labels =
    method === 'louvain'
      ? louvain(level, resolution, random)
      : leiden(level, massModel(level, quality, resolution), random);
  const partition = partitionOf(labels);
  return {
    ...partition,
    method,
    score: scoreOf(level, partition, quality, resolution),
    modularity: modularityOf(level, partition.of),
    weights: level.weights.some((weight) => weight !== level.weights[0]) ? 'used' : 'none',
    settings: { seed, resolution, quality },
  };
}

function scoreOf(level: Level, { of }: Partition, quality: Quality, resolution: number): CommunityScore {
  return quality === 'cpm'
    ? { name: 'Potts quality', value: pottsQualityOf(level, of, resolution), unit: '' }
    : { name: 'modularity', value: modularityOf(level, of, resolution), unit: '' };
}
