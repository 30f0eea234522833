import type { PackedGraph } from '../../graph/packed-graph.ts';
import { levelOf } from './level.ts';
import { type Partition, partitionOf } from './partition.ts';
import { qualityOf } from './quality.ts';

/** How communities are found: by an algorithm, or as a column of the file says. */
export type CommunityMethod = 'leiden' | 'louvain' | 'inference' | 'clique-percolation' | { readonly column: string };

/** How good a partition is by the measure that its method goes by. */
export interface CommunityScore {
  /** More is better of the first two, less of the others. */
  readonly name: 'modularity' | 'Potts quality' | 'description length' | 'codelength';
  readonly value: number;
  /** What the value counts; '' for a plain number. */
  readonly unit: '' | 'nats per edge' | 'bits per step';
  /** What one community of all nodes scores: a partition that is no better shows no structure. */
  readonly baseline: number;
}

/** A partition of the nodes, and how it came about. */
export interface Communities extends Partition {
  readonly method: CommunityMethod | 'infomap';
  readonly score: CommunityScore;
  /** Newman's modularity at resolution 1, edges counted by weight whatever the method; 0 for a graph without edges. */
  readonly modularity: number;
  /** Whether the method went by edge weights; `none` where the edges do not differ in weight. */
  readonly weights: 'used' | 'ignored' | 'none';
  /** The settings that had a say, by name. */
  readonly settings: Readonly<Record<string, number | string>>;
  /** What each community is called, where the file says so; '' for one that has no name. */
  readonly names?: readonly string[] | undefined;
  /** Nodes of which the method knows nothing, each left alone: without a value in the column, in no clique. */
  readonly unplaced: number;
}

/** What a method knows beside the community of each node. */
export type Finding = Pick<Communities, 'method' | 'settings'> & {
  readonly isWeighted: boolean;
  readonly score?: CommunityScore;
  readonly names?: readonly string[];
  readonly unplaced?: number;
};

/** The result of a method that labelled every node; without a score of its own, its score is the modularity. */
export function foundCommunities(graph: PackedGraph, labels: Uint32Array, finding: Finding): Communities {
  const partition = partitionOf(labels);
  const modularity = qualityOf(levelOf(graph), partition.of, 'modularity', 1);
  const { method, settings, isWeighted, names, unplaced = 0 } = finding;
  const isVaried = graph.weights.some((weight) => weight !== graph.weights[0]);
  return {
    ...partition,
    method,
    score: finding.score ?? { name: 'modularity', value: modularity, unit: '', baseline: 0 },
    modularity,
    weights: isVaried ? (isWeighted ? 'used' : 'ignored') : 'none',
    settings,
    ...(names !== undefined && { names: namesByRank(partition, names) }),
    unplaced,
  };
}

/** The name of each community, which is that of any of its nodes. */
function namesByRank({ of, count }: Partition, nameOfNode: readonly string[]): string[] {
  const names = new Array<string>(count).fill('');
  of.forEach((community, node) => {
    names[community] = nameOfNode[node];
  });
  return names;
}

const methodNames = {
  leiden: 'Leiden',
  louvain: 'Louvain',
  inference: 'statistical inference',
  'clique-percolation': 'clique percolation',
  infomap: 'Infomap',
} as const;

/** A line for a reader: how many communities, by which method, and how good. */
export function describeCommunities(communities: Communities): string {
  const { count, method, score, weights, unplaced } = communities;
  const by = typeof method === 'object' ? `the column ${JSON.stringify(method.column)}` : methodNames[method];
  const format = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
  const value = [format.format(score.value), score.unit].filter((part) => part !== '').join(' ');
  const parts = [
    `${score.name} ${value}`,
    score.baseline === 0 ? '' : `${format.format(score.baseline)} for a single community`,
    weights === 'ignored' ? 'edge weights ignored' : '',
    unplaced === 0 ? '' : `${format.format(unplaced)} of the nodes in none and left alone`,
  ];
  return `${new Intl.NumberFormat('en').format(count)} by ${by}: ${parts.filter((part) => part !== '').join(', ')}`;
}
