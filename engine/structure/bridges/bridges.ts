import { IsthmusError } from '../../base/errors.ts';
import { type RunOptions, throwIfAborted } from '../../base/progress.ts';
import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import { connectedCloseness } from '../closeness.ts';
import { communities as communitiesOf, type Partition } from '../communities.ts';
import { bridgeAcross } from './across.ts';
import { artifactBridge, edgesAt } from './artifact-bridges.ts';
import { findArtifacts } from './artifacts.ts';
import { branchingOf } from './branching.ts';
import { emptyDiscs } from './discs.ts';
import { clearDistance } from './geometry.ts';
import { type Bridge, type Bridges, bridgeKinds } from './kinds.ts';
import { pairsOfPlaces } from './links.ts';
import { locate } from './locate.ts';
import type { Place, Places } from './places.ts';
import type { Scene } from './scene.ts';
import { landmarkOf } from './single.ts';
import { createTerrain } from './terrain.ts';

/** How bridges are found. */
export interface BridgesOptions extends RunOptions {
  /** The clusters that bridges connect; by default communities no wider than what counts as near. */
  readonly communities?: Partition | undefined;
  /** Δ, layout units, above 0; by default `deltaMax` of `connectedCloseness`. */
  readonly delta?: number | undefined;
  /** The share of bridges found that may be due to chance, above 0 and below 1 (default 0.05). */
  readonly falseDiscoveryRate?: number | undefined;
  /** The most of each kind, the strongest first, 0 or more (default 100). */
  readonly limit?: number | undefined;
  /** Seed of the communities and of the sampled closeness (default 1). */
  readonly seed?: number | undefined;
}

/**
 * Finds what connects the far regions of a map, and what only seems to. Links count once whatever their weight and
 * number of parallel edges; self-loops don't count. The tests of the kinds are written down in docs/bridges.md.
 *
 * @throws UsageError for an option out of range, InputError where positions or communities don't fit the graph.
 */
export function findBridges(graph: PackedGraph, positions: Positions, options: BridgesOptions = {}): Bridges {
  const { seed = 1, limit = 100, falseDiscoveryRate: rate = 0.05 } = options;
  check(graph, positions, options);
  const delta = options.delta ?? connectedCloseness(graph, positions, { seed }).deltaMax;
  if (delta === 0) {
    return { bridges: [], communities: options.communities ?? communitiesOf(graph, { seed }), delta };
  }
  const { communities, places } = locate(graph, positions, delta, { communities: options.communities, seed });
  const scene: Scene = { graph, positions, delta, places, terrain: createTerrain(positions, delta) };
  const groups = communitiesWithPlaces(places);
  const branching = groups.filter(({ length }) => length >= 3).flatMap((group) => branchingOf(scene, group) ?? []);
  const branched = new Set(branching.map(({ ends }) => ends[0].community));
  const crossing = crossingBridges(scene, branched, { ...options, rate, limit });
  const singles = groups.filter(({ length }) => length === 1).map(([place]) => landmarkOf(scene, place));
  const all = [...singles, ...branching, ...crossing, ...emptyDiscs(scene, crossing)];
  return { bridges: ranked(all, limit), communities, delta };
}

/** Bridges and artifacts between places; those within a branching community are told by its branches. */
function crossingBridges(
  scene: Scene,
  branched: ReadonlySet<number>,
  { rate, limit, signal, onProgress }: RunOptions & { readonly rate: number; readonly limit: number },
): Bridge[] {
  const { graph, positions, places, delta } = scene;
  const joined = pairsOfPlaces(graph, positions, places, rate);
  const far = [...joined.pairs.values()].filter((pair) => {
    const a = places.all[pair.a];
    const b = places.all[pair.b];
    const isWithin = a.community === b.community && branched.has(a.community);
    return pair.isJoined && !isWithin && clearDistance(positions, a, b) > delta;
  });
  const artifacts = findArtifacts(graph, positions, places, joined, { delta, rate }).slice(0, limit);
  const hubs = artifacts.map(({ node }) => node);
  const incident = edgesAt(graph, hubs);
  const total = far.length + artifacts.length;
  const tell = (done: number): void => {
    throwIfAborted(signal);
    onProgress?.({ stage: 'bridges', done, total });
  };
  const across = far.map((pair, i) => {
    tell(i);
    return bridgeAcross(scene, pair);
  });
  const seeming = artifacts.map((artifact, i) => {
    tell(far.length + i);
    return artifactBridge(scene, artifact, incident.get(artifact.node)!);
  });
  return [...across, ...seeming];
}

function check(graph: PackedGraph, positions: Positions, options: BridgesOptions): void {
  const { communities, delta = 1, limit = 0, falseDiscoveryRate = 0.05 } = options;
  if (positions.length !== graph.nodeCount * 2) {
    const message = `Expected ${graph.nodeCount * 2} coordinates for ${graph.nodeCount} nodes, but ${positions.length} came.`;
    throw new IsthmusError('InputError', message);
  }
  if (communities !== undefined && communities.of.length !== graph.nodeCount) {
    const message = `Expected the communities of ${graph.nodeCount} nodes, but those of ${communities.of.length} came.`;
    throw new IsthmusError('InputError', message);
  }
  if (!(delta > 0 && delta < Infinity)) {
    throw new IsthmusError('UsageError', `Bridges need a finite Δ above 0, but ${delta} came.`);
  }
  if (!(limit >= 0)) {
    throw new IsthmusError('UsageError', `Bridges need a limit of 0 or more, but ${limit} came.`);
  }
  if (!(falseDiscoveryRate > 0 && falseDiscoveryRate < 1)) {
    const message = `Bridges need a false discovery rate above 0 and below 1, but ${falseDiscoveryRate} came.`;
    throw new IsthmusError('UsageError', message);
  }
}

/** The places of each community that has any. */
function communitiesWithPlaces({ all }: Places): Place[][] {
  const groups = new Map<number, Place[]>();
  for (const place of all) {
    const group = groups.get(place.community);
    if (group === undefined) groups.set(place.community, [place]);
    else group.push(place);
  }
  return [...groups.values()];
}

/** The strongest of each kind, kinds in their order. */
function ranked(all: readonly Bridge[], limit: number): Bridge[] {
  return bridgeKinds.flatMap((kind) =>
    all
      .filter((bridge) => bridge.kind === kind)
      .sort((a, b) => b.strength - a.strength)
      .slice(0, limit),
  );
}
