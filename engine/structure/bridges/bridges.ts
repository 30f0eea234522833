import { IsthmusError } from '../../base/errors.ts';
import { type RunOptions, throwIfAborted } from '../../base/progress.ts';
import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import { connectedCloseness } from '../closeness.ts';
import { communities as communitiesOf, type Partition } from '../communities.ts';
import { bridgeAcross } from './across.ts';
import { artifactBridge, edgesAt } from './artifact-bridges.ts';
import { findArtifacts } from './artifacts.ts';
import { branchingOf } from './branching.ts';
import { surpriseThreshold } from './chance.ts';
import { emptyDiscs } from './discs.ts';
import { clearDistance, quantile } from './geometry.ts';
import { type Bridge, type Bridges, bridgeKinds } from './kinds.ts';
import { type PairOfPlaces, pairsOfPlaces } from './links.ts';
import { findPlaces, type Place, type Places } from './places.ts';
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
  const { communities, places } =
    options.communities === undefined
      ? nearPlaces(graph, positions, delta, seed)
      : {
          communities: options.communities,
          places: findPlaces(graph, positions, options.communities, delta),
        };
  const scene: Scene = { graph, positions, delta, places, terrain: createTerrain(positions, delta) };
  const joined = pairsOfPlaces(graph, positions, places);
  const branching = communitiesWithPlaces(places)
    .filter((group) => group.length >= 3)
    .flatMap((group) => branchingOf(scene, group) ?? []);
  const branched = new Set(branching.map(({ ends }) => ends[0].community));
  const matched = [...joined.pairs.values()].filter(({ matching }) => matching >= 2);
  const threshold = surpriseThreshold(
    matched.map(({ surprise }) => surprise),
    (places.all.length * (places.all.length - 1)) / 2,
    rate,
  );
  const isJoined = (pair?: PairOfPlaces) => pair !== undefined && pair.matching >= 2 && pair.surprise >= threshold;
  const far = matched.filter(
    (pair) => isJoined(pair) && clearDistance(positions, places.all[pair.a], places.all[pair.b]) > delta,
  );
  const artifacts = findArtifacts(graph, positions, places, joined, {
    delta,
    rate,
    isJoined: (key) => isJoined(joined.pairs.get(key)),
  }).slice(0, limit);
  const apart = far.filter(({ a, b }) => !(isOneCommunity(places, a, b) && branched.has(places.all[a].community)));
  const total = apart.length + artifacts.length;
  const tell = (done: number): void => {
    throwIfAborted(options.signal);
    options.onProgress?.({ stage: 'bridges', done, total });
  };
  const across = apart.map((pair, i) => {
    tell(i);
    return bridgeAcross(scene, pair);
  });
  const incident = edgesAt(
    graph,
    artifacts.map(({ node }) => node),
  );
  const seeming = artifacts.map((artifact, i) => {
    tell(apart.length + i);
    return artifactBridge(scene, artifact, incident.get(artifact.node)!);
  });
  const singles = communitiesWithPlaces(places)
    .filter((group) => group.length === 1)
    .map(([place]) => landmarkOf(scene, place));
  const crossing = [...across, ...seeming];
  const all = [...singles, ...branching, ...crossing, ...emptyDiscs(scene, crossing)];
  return { bridges: ranked(all, limit), communities, delta };
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

interface Located {
  readonly communities: Partition;
  readonly places: Places;
}

/** Communities at the coarsest resolution at which half of the nodes are in places of an RMS radius of at most Δ / 2. */
function nearPlaces(graph: PackedGraph, positions: Positions, delta: number, seed: number): Located {
  for (let resolution = 1; ; resolution *= 2) {
    const communities = communitiesOf(graph, { seed, resolution });
    const places = findPlaces(graph, positions, communities, delta);
    const radii = places.all.flatMap(({ radius, nodes }) => new Array<number>(nodes.length).fill(radius));
    if (!(quantile(radii, 0.5) > delta / 2) || resolution >= 16) return { communities, places };
  }
}

function isOneCommunity({ all }: Places, a: number, b: number): boolean {
  return all[a].community === all[b].community;
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
