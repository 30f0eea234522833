import { degreeOf, labelOf } from '../../graph/packed-graph.ts';
import type { Artifact } from './artifacts.ts';
import { pointOf } from './corridor.ts';
import { middleOf } from './geometry.ts';
import type { Bridge, BridgeKind } from './kinds.ts';
import { endOfNodes, isBent, rounded, routeBy, type Scene } from './scene.ts';

/** An artifact as a feature of the map: its ends are the two groups of neighbours, its path leads over its node. */
export function artifactBridge(scene: Scene, artifact: Artifact): Bridge {
  const { graph, positions, places, delta } = scene;
  const { node, inA, inB, gap, survivors, surprise, insideA, insideB } = artifact;
  const [a, b] = [artifact.a, artifact.b].map((place) => places.all[place]);
  const ends = [
    endOfNodes(graph, a.community, { nodes: inA, ...middleOf(positions, inA) }),
    endOfNodes(graph, b.community, { nodes: inB, ...middleOf(positions, inB) }),
  ] as const;
  const route = routeBy(
    scene,
    [ends[0], pointOf(positions, node), ends[1]],
    [...a.members, ...b.members, node],
    [node],
  );
  // A stray belongs to a community that lies elsewhere: its end of the bridge holds nothing but itself.
  const isStray = places.of[node] === -1 && places.home[node] !== -1;
  const traits: BridgeKind[] = isStray ? ['into-nothingness', 'artifact'] : ['artifact'];
  if (isBent(route)) traits.push('bent');
  const through = Math.min(inA.length, inB.length);
  const word = labelOf(graph, node);
  const isEdgeOfGroups = new Set([...inA, ...inB]);
  return {
    kind: traits[0],
    traits,
    label: word,
    description: `Only ${word} joins ${ends[0].name} (${inA.length} links) to ${ends[1].name} (${inB.length} links): no link goes from one group to the other.`,
    ends,
    nodes: Uint32Array.of(node),
    edges: edgesAt(scene, node, isEdgeOfGroups),
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

/** One edge for each link of a node to one of these. */
function edgesAt({ graph }: Scene, node: number, others: Set<number>): Uint32Array {
  const edgeTo = new Map<number, number>();
  for (let e = graph.edgeCount - 1; e >= 0; e--) {
    const [source, target] = [graph.edges[2 * e], graph.edges[2 * e + 1]];
    if (source !== node && target !== node) continue;
    const other = source === node ? target : source;
    if (others.has(other)) edgeTo.set(other, e);
  }
  return Uint32Array.from(edgeTo.values()).sort();
}
