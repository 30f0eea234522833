import type { PackedGraph } from '../../graph/packed-graph.ts';
import type { Bridge } from './kinds.ts';
import { rounded, type Scene } from './scene.ts';

const fewestMemberships = 3;
/** Fewer links than this per node are hardly any: not every second node has a partner. */
const mostLinks = 0.25;
/** In a disc with fewer nodes there is nothing to name. */
const fewestNodes = 4;

/**
 * Discs of radius Δ whose nodes belong to three or more bridges but hardly to one another: they lie together because each
 * is drawn in several directions, so there is nothing here to name. Of overlapping discs the fullest is kept.
 */
export function emptyDiscs(scene: Scene, bridges: readonly Bridge[]): Bridge[] {
  const { graph, positions, delta } = scene;
  const memberships = membershipsOf(graph.nodeCount, bridges);
  const centres = [...memberships.keys()].sort((a, b) => a - b);
  const inDisc = discFinder(scene);
  const found: Bridge[] = [];
  const discs = centres
    .map((centre) => ({ centre, nodes: inDisc(centre) }))
    .filter(({ nodes }) => nodes.length >= fewestNodes)
    .map((disc) => ({ ...disc, crossing: new Set(disc.nodes.flatMap((node) => memberships.get(node) ?? [])) }))
    .filter(({ crossing }) => crossing.size >= fewestMemberships)
    .map((disc) => ({ ...disc, links: linksWithin(graph, disc.nodes, mostLinks * disc.nodes.length) }))
    .filter(({ links }) => links < Infinity)
    .sort((a, b) => b.crossing.size - a.crossing.size || b.nodes.length - a.nodes.length || a.centre - b.centre);
  for (const { centre, nodes, crossing, links } of discs) {
    const x = positions[2 * centre];
    const y = positions[2 * centre + 1];
    if (found.some((disc) => Math.hypot(disc.x - x, disc.y - y) < 2 * delta)) continue;
    found.push({
      kind: 'not-annotatable',
      traits: ['not-annotatable'],
      label: '',
      description: `${nodes.length} nodes lie together with ${links} links among them, drawn here by ${crossing.size} bridges: the place means nothing.`,
      ends: [],
      nodes: Uint32Array.from(nodes),
      middle: new Uint32Array(0),
      edges: new Uint32Array(0),
      paths: [],
      x,
      y,
      width: 2 * delta,
      strength: crossing.size,
      evidence: rounded({ nodes: nodes.length, inducedLinks: links, memberships: crossing.size }),
    });
  }
  return found;
}

/** By node, the bridges that it carries. */
function membershipsOf(nodeCount: number, bridges: readonly Bridge[]): Map<number, number[]> {
  const memberships = new Map<number, number[]>();
  bridges.forEach(({ nodes }, bridge) => {
    for (const node of nodes) {
      if (node >= nodeCount) continue;
      const list = memberships.get(node);
      if (list === undefined) memberships.set(node, [bridge]);
      else list.push(bridge);
    }
  });
  return memberships;
}

/** All nodes within Δ of a node, by a grid of that size. */
function discFinder({ positions, delta }: Scene): (node: number) => number[] {
  const cells = new Map<string, number[]>();
  const cellOf = (node: number) => [
    Math.floor(positions[2 * node] / delta),
    Math.floor(positions[2 * node + 1] / delta),
  ];
  for (let node = 0; node < positions.length / 2; node++) {
    const key = cellOf(node).join();
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [node]);
    else cell.push(node);
  }
  return (node) => {
    const [column, row] = cellOf(node);
    const near: number[] = [];
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) near.push(...(cells.get(`${column + dx},${row + dy}`) ?? []));
    }
    return near.filter(
      (other) =>
        Math.hypot(positions[2 * other] - positions[2 * node], positions[2 * other + 1] - positions[2 * node + 1]) <=
        delta,
    );
  };
}

/** Links among these nodes; Infinity where there are more than `most`, which saves counting crowds. */
function linksWithin({ offsets, targets }: PackedGraph, nodes: readonly number[], most: number): number {
  const isInside = new Set(nodes);
  let ends = 0;
  for (const node of nodes) {
    for (const other of new Set(targets.subarray(offsets[node], offsets[node + 1]))) if (isInside.has(other)) ends++;
    if (ends > 2 * most) return Infinity;
  }
  return ends / 2;
}
