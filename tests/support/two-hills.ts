import { createRandom } from '../../engine/base/random.ts';
import { type PackedGraph, type Positions, pack } from '../../engine/graph/packed-graph.ts';

/** The middles of two crowds of nodes. */
export const hills = [
  { nodes: 240, x: -30, y: 0 },
  { nodes: 120, x: 30, y: 0 },
] as const;

/** A crowd of nodes and one half as large, far from each other, on a plain. */
export function twoHills(): { readonly graph: PackedGraph; readonly positions: Positions } {
  const random = createRandom(5);
  const places = hills.flatMap(({ nodes, x, y }) =>
    Array.from({ length: nodes }, () => {
      const [angle, reach] = [2 * Math.PI * random(), 22 * random()];
      return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
    }),
  );
  const edges = Uint32Array.from(places.slice(1).flatMap((_, node) => [node, node + 1]));
  return {
    graph: pack({ ids: places.map((_, node) => `n${node}`), edges }),
    positions: Float32Array.from(places.flat()),
  };
}
