import type { PackedGraph, Positions } from '../graph/packed-graph.ts';

/**
 * Gives all edges of a bridge the same axis: at each end the node of theirs that lies nearest to the middle of them. Writes
 * into `axes`, two nodes an edge, the first on the side of its source.
 *
 * @param places the place of every node; the bridge joins two of them
 * @param bridge indices of its edges, one or more
 */
export function gatherInto(
  axes: Uint32Array,
  { edges }: PackedGraph,
  positions: Positions,
  places: Uint32Array,
  bridge: readonly number[],
): void {
  const first = places[edges[2 * bridge[0]]];
  // On which side of an edge the first place lies: 0 its source, 1 its target.
  const sideOf = (e: number) => (places[edges[2 * e]] === first ? 0 : 1);
  const middleOn = (side: number) =>
    middleNode(
      positions,
      bridge.map((e) => edges[2 * e + (side === 0 ? sideOf(e) : 1 - sideOf(e))]),
    );
  const [here, there] = [middleOn(0), middleOn(1)];
  for (const e of bridge) {
    axes[2 * e + sideOf(e)] = here;
    axes[2 * e + 1 - sideOf(e)] = there;
  }
}

/** The node nearest to the mean of these. */
function middleNode(positions: Positions, nodes: readonly number[]): number {
  const x = nodes.reduce((sum, node) => sum + positions[2 * node], 0) / nodes.length;
  const y = nodes.reduce((sum, node) => sum + positions[2 * node + 1], 0) / nodes.length;
  const distance = (node: number) => Math.hypot(positions[2 * node] - x, positions[2 * node + 1] - y);
  return nodes.reduce((best, node) => (distance(node) < distance(best) ? node : best));
}
