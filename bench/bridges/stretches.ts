import { type GraphMap, type Positions, strokePath, toPixel, type View } from '../../engine/index.ts';
import type { PlantedBridges, Tie } from './planted.ts';
import { type Line, type Segment, segmentsOf } from './visibility.ts';

/** A far pair on the map, ready to be measured in every picture of the same view. */
export interface Stretch {
  readonly tie: Tie;
  readonly segments: readonly Segment[];
}

/** Where a block ends: the distance from its middle that this share of its nodes keeps within. */
const rimShare = 0.9;

interface Town {
  readonly x: number;
  readonly y: number;
  readonly rim: number;
}

/**
 * The ties whose blocks lie far apart on this map, with the pixels between the rims of the two blocks. A layout may draw
 * blocks together that the plan holds apart: where the gap between the rims is no longer than the map's Δ, nearness
 * shows the tie, and where strokes cross less than half of the stretch, there is hardly a stretch: both are left out.
 */
export function stretchesOf(planted: PlantedBridges, map: GraphMap, bundling: number, view: View): Stretch[] {
  const towns = Array.from({ length: planted.blocks }, (_, block) => townOf(map.positions, block, planted.blocks));
  const strokesOf = strokesOn(map, bundling, view);
  return planted.ties.flatMap((tie) => {
    const [a, b] = tie.blocks.map((block) => towns[block]);
    const distance = Math.hypot(b.x - a.x, b.y - a.y);
    if (distance - a.rim - b.rim <= map.closeness.deltaMax) return [];
    const point = (share: number) => toPixel(view, a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share);
    const stretch: Line = [...point(a.rim / distance), ...point(1 - b.rim / distance)];
    const segments = segmentsOf(stretch, strokesOf(tie), view.width, view.height);
    const crossed = segments.filter((segment) => segment.strokes.length > 0).length;
    return crossed < segments.length / 2 ? [] : [{ tie, segments }];
  });
}

/** Into how many straight lines the path of a gathered stroke is cut. */
const pieces = 32;

/** Where the strokes of ties run in the picture; those of a pair without an edge as a bridge's would. */
function strokesOn(map: GraphMap, bundling: number, view: View): (tie: Tie) => Line[] {
  const axesOf = axesOn(map);
  const steps = bundling === 0 ? 1 : pieces;
  return ({ kind, ends }) => {
    const axes = kind === 'none' ? gathered(map.positions, ends) : axesOf(ends);
    return Array.from({ length: ends.length / 2 }, (_, e) => {
      const path = strokePath({ ends, axes }, map.positions, e, bundling, steps);
      return Array.from({ length: steps }, (_, k): Line => {
        const from = toPixel(view, path[2 * k], path[2 * k + 1]);
        return [...from, ...toPixel(view, path[2 * k + 2], path[2 * k + 3])];
      });
    }).flat();
  };
}

/** Looks up the axes of edges, which may run either way there. */
function axesOn({ edges, graph }: GraphMap): (ends: Uint32Array) => Uint32Array {
  const found = new Map<number, readonly [number, number]>();
  for (let e = 0; e < edges.energy.length; e++) {
    const [a, b, from, to] = [edges.ends[2 * e], edges.ends[2 * e + 1], edges.axes[2 * e], edges.axes[2 * e + 1]];
    found.set(a * graph.nodeCount + b, [from, to]);
    found.set(b * graph.nodeCount + a, [to, from]);
  }
  return (ends) => ends.map((_, k) => found.get(ends[k - (k % 2)] * graph.nodeCount + ends[k - (k % 2) + 1])![k % 2]);
}

/** The axis that all these edges would have: on both sides the node nearest to the mean of their ends. */
function gathered(positions: Positions, ends: Uint32Array): Uint32Array {
  const axis = [0, 1].map((side) => {
    const nodes = [...ends].filter((_, k) => k % 2 === side);
    const [x, y] = [0, 1].map((k) => nodes.reduce((sum, node) => sum + positions[2 * node + k], 0) / nodes.length);
    const distance = (node: number) => Math.hypot(positions[2 * node] - x, positions[2 * node + 1] - y);
    return nodes.reduce((best, node) => (distance(node) < distance(best) ? node : best));
  });
  return ends.map((_, k) => axis[k % 2]);
}

/** A block's middle (the median, which strays leave alone) and its rim. */
function townOf(positions: Positions, block: number, blocks: number): Town {
  const members = Array.from(
    { length: Math.ceil((positions.length / 2 - block) / blocks) },
    (_, i) => block + i * blocks,
  );
  const sorted = (values: number[]) => Float64Array.from(values).sort();
  const x = sorted(members.map((node) => positions[2 * node]))[members.length >> 1];
  const y = sorted(members.map((node) => positions[2 * node + 1]))[members.length >> 1];
  const distances = sorted(members.map((node) => Math.hypot(positions[2 * node] - x, positions[2 * node + 1] - y)));
  return { x, y, rim: distances[Math.floor(rimShare * members.length)] };
}
