import { bundleWidth, corridorOf, middleCandidates } from './corridor.ts';
import { clearDistance } from './geometry.ts';
import type { Bridge, BridgeKind } from './kinds.ts';
import type { PairOfPlaces } from './links.ts';
import { wordsOf } from './names.ts';
import { endOf, isBent, rounded, routeBy, type Scene } from './scene.ts';

const crumbs = { fewest: 3, coverage: 0.5, largestGap: 3, spread: 1 / 3 };
/** Chance below this many links counts as this many, lest a bridge be infinitely strong. */
const leastExpected = 0.5;

/** The bridge between two places that are joined by more than chance. */
export function bridgeAcross(scene: Scene, pair: PairOfPlaces): Bridge {
  const { graph, positions, places, delta } = scene;
  const a = places.all[pair.a];
  const b = places.all[pair.b];
  const candidates = middleCandidates(graph, positions, places, a, b);
  const ends = [endOf(a), endOf(b)] as const;
  const route = routeBy(scene, ends, [...a.members, ...b.members, ...candidates], candidates);
  const corridor = corridorOf(positions, route.bare, ends, candidates, delta);
  const { middle, coverage, spread } = corridor;
  const largestGap = corridor.largestGap / delta;
  const isStrewn =
    middle.length >= crumbs.fewest &&
    coverage >= crumbs.coverage &&
    largestGap <= crumbs.largestGap &&
    spread >= crumbs.spread;
  const traits: BridgeKind[] = [];
  if (isStrewn) traits.push('breadcrumbs');
  if (middle.length > 0) traits.push('nodes-in-the-middle');
  if (isBent(route)) traits.push('bent');
  traits.push('bridge');
  const width = Math.max(delta / 10, bundleWidth(graph, positions, [a, b], pair.edges));
  const strands = pair.edges.length + pair.mediators.length;
  const { survivors, strongest, matching, expected, surprise } = pair;
  const carriers = carriersOf(scene, pair);
  const via = wordsOf(graph, carriers);
  return {
    kind: traits[0],
    traits,
    label: `${a.words[0] ?? ''} – ${b.words[0] ?? ''}`,
    description: `${pair.edges.length} links join ${a.name} to ${b.name} where chance would give ${expected.toFixed(1)}; ${survivors} do without the strongest node. They run through ${via.join(', ')}.`,
    ends,
    nodes: Uint32Array.from(new Set([...middle, ...carriers])),
    middle: Uint32Array.from(middle),
    edges: Uint32Array.from(pair.edges),
    paths: [route.path],
    ...route.label,
    width,
    strength: matching * Math.log2(1 + strands / Math.max(leastExpected, expected)),
    evidence: rounded({
      links: pair.edges.length,
      strongest,
      survivors,
      expected,
      ...(surprise < Infinity && { surprise }),
      matching,
      artifactScore: strongest / strands,
      gap: clearDistance(positions, a, b) / delta,
      detour: route.detour,
      crossings: route.crossings,
      middleNodes: middle.length,
      coverage,
      largestGap,
      width: width / delta,
    }),
  };
}

/** The nodes at the ends of its links and its mediators, those with the most links first. */
export function carriersOf({ graph }: Scene, pair: PairOfPlaces): Uint32Array {
  const links = new Map<number, number>(pair.mediators.map((node) => [node, 2]));
  for (const e of pair.edges) {
    for (const node of [graph.edges[2 * e], graph.edges[2 * e + 1]]) links.set(node, (links.get(node) ?? 0) + 1);
  }
  return Uint32Array.from(links.keys()).sort((p, q) => links.get(q)! - links.get(p)! || p - q);
}
