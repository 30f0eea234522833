import { degreeOf, labelOf, type PackedGraph } from '../../graph/packed-graph.ts';
import type { Artifact } from './artifacts.ts';
import { isInside, pointOf } from './corridor.ts';
import { middleOf } from './geometry.ts';
import type { Bridge, BridgeEnd, BridgeKind } from './kinds.ts';
import { nameOf, wordsOf } from './names.ts';
import type { Place } from './places.ts';
import { isBent, rounded, routeBy, type Scene } from './scene.ts';

/**
 * An artifact as a feature of the map: its ends are the two groups of neighbours, its path leads over its node.
 * `incident` are the edges at that node.
 */
export function artifactBridge(scene: Scene, artifact: Artifact, incident: readonly number[]): Bridge {
  const { graph, positions, places, delta } = scene;
  const { node, inA, inB, gap, survivors, surprise, insideA, insideB } = artifact;
  const [a, b] = [artifact.a, artifact.b].map((place) => places.all[place]);
  const ends = [endOfGroup(scene, a, inA), endOfGroup(scene, b, inB)] as const;
  const route = routeBy(
    scene,
    [ends[0], pointOf(positions, node), ends[1]],
    [...a.members, ...b.members, node],
    [node],
  );
  const isAlone = places.of[node] === -1 && !isInside(positions, node, a) && !isInside(positions, node, b);
  const traits: BridgeKind[] = isAlone ? ['into-nothingness', 'artifact'] : ['artifact'];
  if (isBent(route)) traits.push('bent');
  const through = Math.min(inA.length, inB.length);
  const word = labelOf(graph, node);
  return {
    kind: traits[0],
    traits,
    label: word,
    description: `Only ${word} joins ${ends[0].name} (${inA.length} links) to ${ends[1].name} (${inB.length} links): no link goes from one group to the other.`,
    ends,
    nodes: Uint32Array.of(node),
    middle: new Uint32Array(0),
    edges: linksTo(graph, node, incident, new Set([...inA, ...inB])),
    paths: [route.path],
    ...pointOf(positions, node),
    width: delta / 10,
    strength: artifact.strength,
    evidence: rounded({
      hubLinksA: inA.length,
      hubLinksB: inB.length,
      insideA,
      insideB,
      links: degreeOf(graph, node),
      linksBetween: 0,
      survivors,
      isStrict: survivors === 0 ? 1 : 0,
      artifactScore: through / (through + survivors),
      ...(surprise < Infinity && { surprise }),
      gap: gap / delta,
      detour: route.detour,
      crossings: route.crossings,
    }),
  };
}

/** Some nodes of a place as an end, named by those of them that mark out the place. */
function endOfGroup({ graph, positions }: Scene, { nodes, community }: Place, group: readonly number[]): BridgeEnd {
  const isInGroup = new Set(group);
  // Strays have no rank in the place and come last.
  const ranked = Uint32Array.from(new Set([...nodes.filter((node) => isInGroup.has(node)), ...group]));
  const words = wordsOf(graph, ranked);
  return { name: nameOf(words), words, community, nodes: ranked, ...middleOf(positions, group) };
}

/** The edges at each of these nodes, in the graph's order. */
export function edgesAt({ edges, edgeCount }: PackedGraph, nodes: Iterable<number>): Map<number, number[]> {
  const at = new Map<number, number[]>(Array.from(nodes, (node) => [node, []]));
  for (let e = 0; e < edgeCount; e++) {
    at.get(edges[2 * e])?.push(e);
    at.get(edges[2 * e + 1])?.push(e);
  }
  return at;
}

/** One of these edges at a node for each link to one of these others. */
function linksTo({ edges }: PackedGraph, node: number, incident: readonly number[], others: Set<number>): Uint32Array {
  const edgeTo = new Map<number, number>();
  for (const e of incident) {
    const other = edges[2 * e] === node ? edges[2 * e + 1] : edges[2 * e];
    if (others.has(other) && !edgeTo.has(other)) edgeTo.set(other, e);
  }
  return Uint32Array.from(edgeTo.values());
}
