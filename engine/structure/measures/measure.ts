import { type RunOptions, throwIfAborted } from '../../base/progress.ts';
import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import { type Energy, energyOf } from '../../layout/energy.ts';
import { createPauses } from '../../layout/pause.ts';
import { checkSettings, type ForceAtlas2Settings } from '../../layout/settings.ts';
import { type Closeness, connectedCloseness } from '../closeness.ts';
import { communities as communitiesOf, type Partition } from '../communities.ts';
import { nonlocalEdges } from '../nonlocal.ts';
import { type EdgeLengths, edgeLengthUniformity } from './edge-lengths.ts';
import { type Equilibrium, equilibriumOf } from './equilibrium.ts';
import { type NeighbourhoodPreservation, neighbourhoodPreservation } from './neighbourhood.ts';
import { type Stress, stress } from './stress.ts';

/** How a layout is measured. */
export interface MeasureOptions extends RunOptions {
  /** Of all samples and of the communities; default 1. */
  readonly seed?: number | undefined;
  /** The forces whose energy counts; default Gephi's defaults for the graph's size. */
  readonly settings?: Partial<ForceAtlas2Settings> | undefined;
  /** The communities that nonlocal edges join; default those that `communities` finds. */
  readonly communities?: Partition | undefined;
}

/** What can be said in numbers of a layout. Each measure says how much of the graph was looked at. */
export interface Measures {
  readonly nodes: number;
  readonly edges: number;
  /** Connected-closeness, 0 to 1: how well nearness tells who is linked; and the distance that counts as near. */
  readonly closeness: Closeness;
  readonly neighbourhoodPreservation: NeighbourhoodPreservation;
  readonly stress: Stress;
  readonly edgeLengths: EdgeLengths;
  /** The share of edges, 0 to 1, that are longer than the closeness's deltaMax and join two communities; null without edges. */
  readonly nonlocalShare: number | null;
  /** The energy under the settings; `energyParts` says of what it consists and how many nodes were summed. */
  readonly energy: number;
  readonly energyParts: Energy;
  readonly equilibrium: Equilibrium;
  readonly settings: ForceAtlas2Settings;
  readonly seed: number;
}

/** Up to so many pairs, of about 9,000 nodes, closeness is exact; beyond, a sample has a standard error of under 0.0004. */
const exactPairs = 40_000_000;
const drawnPairs = 2_000_000;

/**
 * All measures of a layout. Of 100,000 nodes with a million edges they take some seconds, since pairs, pivots and nodes
 * are drawn where all would be too many.
 *
 * @throws UsageError for a setting out of its range, InputError unless there are two finite coordinates a node, AbortError
 * between two measures once the signal fires.
 */
export async function measure(
  graph: PackedGraph,
  positions: Positions,
  options: MeasureOptions = {},
): Promise<Measures> {
  const { seed = 1, signal, onProgress } = options;
  const settings = checkSettings(options.settings ?? {}, graph.nodeCount);
  const pause = createPauses();
  let done = 0;
  const next = async <Result>(work: () => Result): Promise<Result> => {
    await pause();
    throwIfAborted(signal);
    const result = work();
    onProgress?.({ stage: 'measure', done: ++done, total: 7 });
    return result;
  };
  const pairs = (graph.nodeCount ** 2 - graph.nodeCount) / 2;
  const samples = pairs <= exactPairs ? exactPairs : drawnPairs;
  const closeness = await next(() => connectedCloseness(graph, positions, { samples, seed }));
  const preserved = await next(() => neighbourhoodPreservation(graph, positions, { seed }));
  const stressed = await next(() => stress(graph, positions, { seed }));
  const lengths = await next(() => edgeLengthUniformity(graph, positions));
  const nonlocalShare = await next(() => {
    const communities = options.communities ?? communitiesOf(graph, { seed });
    return nonlocalShareOf(graph, positions, communities, closeness.deltaMax);
  });
  const energyParts = await next(() => energyOf(graph, positions, settings, { seed }));
  const equilibrium = await next(() => equilibriumOf(graph, positions, settings));
  return {
    nodes: graph.nodeCount,
    edges: graph.edgeCount,
    closeness,
    neighbourhoodPreservation: preserved,
    stress: stressed,
    edgeLengths: lengths,
    nonlocalShare,
    energy: energyParts.total,
    energyParts,
    equilibrium,
    settings,
    seed,
  };
}

function nonlocalShareOf(
  graph: PackedGraph,
  positions: Positions,
  communities: Partition,
  delta: number,
): number | null {
  const edgesThatCount = graph.targets.length / 2;
  if (edgesThatCount === 0) return null;
  const { nonlocal } = nonlocalEdges(graph, positions, communities, delta);
  return nonlocal.reduce((sum, flag) => sum + flag, 0) / edgesThatCount;
}
