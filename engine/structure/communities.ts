import { IsthmusError } from '../base/errors.ts';
import { createRandom } from '../base/random.ts';
import type { PackedGraph } from '../graph/packed-graph.ts';
import { cliquePercolation, singleMembership } from './communities/clique-percolation.ts';
import { columnCommunities } from './communities/column.ts';
import { descriptionLengthOf } from './communities/description-length.ts';
import { type Communities, type CommunityMethod, foundCommunities } from './communities/found.ts';
import { inferPartition, unweightedLevel } from './communities/inference.ts';
import { leiden } from './communities/leiden.ts';
import { levelOf } from './communities/level.ts';
import { louvain } from './communities/louvain.ts';
import { massModel, type Quality, qualityOf } from './communities/quality.ts';

export type { Communities, CommunityMethod, CommunityScore } from './communities/found.ts';
export type { Partition } from './communities/partition.ts';
export type { Quality } from './communities/quality.ts';

/** Options of `communities`. */
export interface CommunitiesOptions {
  /** Default `leiden`. */
  readonly method?: CommunityMethod | undefined;
  /** Seed of the order in which nodes are visited (default 1). */
  readonly seed?: number | undefined;
  /** Leiden and Louvain: above 1 for more and smaller communities, below 1 for fewer (default 1). */
  readonly resolution?: number | undefined;
  /**
   * What Leiden makes as large as it can: Newman's modularity (default), or the constant Potts model, whose resolution is
   * the density (edge weight per pair of nodes) that a community has to exceed.
   */
  readonly quality?: Quality | undefined;
  /** Clique percolation: nodes of the cliques, 2 or more (default 4). */
  readonly k?: number | undefined;
}

/**
 * Finds communities. Edges count in both directions; self-loops and edges without a positive weight do not count. Nodes
 * without edges are communities of their own. The same seed gives the same communities.
 *
 * Leiden and Louvain go by weights. Statistical inference and clique percolation ignore them, and count every edge.
 *
 * @throws UsageError for an option out of range or a column that does not exist; InputError if the graph is too dense for
 * clique percolation.
 */
export function communities(graph: PackedGraph, options: CommunitiesOptions = {}): Communities {
  const { method = 'leiden', seed = 1, k = 4 } = options;
  if (typeof method === 'object') return columnCommunities(graph, method.column);
  switch (method) {
    case 'leiden':
    case 'louvain':
      return byQuality(graph, method, options);
    case 'inference':
      return byInference(graph, seed);
    case 'clique-percolation': {
      const found = cliquePercolation(graph, { k });
      const labels = singleMembership(graph, found);
      const unplaced = labels.reduce((sum, label) => sum + (label < found.count ? 0 : 1), 0);
      return foundCommunities(graph, labels, { method, isWeighted: false, settings: { k }, unplaced });
    }
    default:
      throw new IsthmusError('UsageError', `There is no method ${JSON.stringify(method)} that finds communities.`);
  }
}

function byQuality(graph: PackedGraph, method: 'leiden' | 'louvain', options: CommunitiesOptions): Communities {
  const { seed = 1, resolution = 1, quality = 'modularity' } = options;
  if (!(resolution > 0 && resolution < Infinity)) {
    throw new IsthmusError('UsageError', `Communities need a finite resolution above 0, but ${resolution} came.`);
  }
  if (method === 'louvain' && quality !== 'modularity') {
    throw new IsthmusError('UsageError', `Louvain goes by modularity, but the quality ${quality} was asked for.`);
  }
  const level = levelOf(graph);
  const random = createRandom(seed);
  const labels =
    method === 'louvain'
      ? louvain(level, resolution, random)
      : leiden(level, massModel(level, quality, resolution), random);
  const score = {
    name: quality === 'cpm' ? 'Potts quality' : 'modularity',
    value: qualityOf(level, labels, quality, resolution),
    unit: '',
    baseline: quality === 'cpm' ? qualityOf(level, allTogether(graph), quality, resolution) : 1 - resolution,
  } as const;
  return foundCommunities(graph, labels, { method, isWeighted: true, settings: { seed, resolution, quality }, score });
}

function byInference(graph: PackedGraph, seed: number): Communities {
  const level = unweightedLevel(graph);
  const { labels, model } = inferPartition(level, createRandom(seed));
  const perEdge = (of: Uint32Array) => descriptionLengthOf(level, of, model) / Math.max(1, model.edges);
  const score = {
    name: 'description length',
    value: perEdge(labels),
    unit: 'nats per edge',
    baseline: perEdge(allTogether(graph)),
  } as const;
  const settings = { seed, densities: model.isUniform ? 'uniform' : 'free' };
  return foundCommunities(graph, labels, { method: 'inference', isWeighted: false, settings, score });
}

/** Labels that put every node into one community. */
function allTogether({ nodeCount }: PackedGraph): Uint32Array {
  return new Uint32Array(nodeCount);
}
