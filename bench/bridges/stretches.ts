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
  const strokesOf = strokesBetween(map, bundling, view);
  return planted.ties.flatMap((tie) => {
    const [a, b] = tie.blocks.map((block) => towns[block]);
    const distance = Math.hypot(b.x - a.x, b.y - a.y);
    if (distance - a.rim - b.rim <= map.closeness.deltaMax) return [];
    const point = (share: number) => toPixel(view, a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share);
    const stretch: Line = [...point(a.rim / distance), ...point(1 - b.rim / distance)];
    const strokes = strokesOf(tie.ends);
    const segments = segmentsOf(stretch, strokes, view.width, view.height);
    const crossed = segments.filter((segment) => segment.strokes.length > 0).length;
    return crossed < segments.length / 2 ? [] : [{ tie, segments }];
  });
}

/** Into how many straight lines the path of a stroke is cut. */
const pieces = 32;

/** Where the strokes of given edges run in the picture; those of a pair without an edge would run straight. */
function strokesBetween({ edges, positions }: GraphMap, bundling: number, view: View): (ends: Uint32Array) => Line[] {
  const keyOf = (a: number, b: number) => Math.min(a, b) * (positions.length / 2) + Math.max(a, b);
  const strokes = new Map<number, number>();
  for (let e = 0; e < edges.energy.length; e++) strokes.set(keyOf(edges.ends[2 * e], edges.ends[2 * e + 1]), e);
  return (ends) =>
    Array.from({ length: ends.length / 2 }, (_, e) => {
      const [a, b] = ends.subarray(2 * e, 2 * e + 2);
      const stroke = strokes.get(keyOf(a, b));
      const path =
        stroke === undefined
          ? [a, b].flatMap((node) => [positions[2 * node], positions[2 * node + 1]])
          : strokePath(edges, positions, stroke, bundling, pieces);
      return Array.from({ length: path.length / 2 - 1 }, (_, k): Line => {
        const from = toPixel(view, path[2 * k], path[2 * k + 1]);
        return [...from, ...toPixel(view, path[2 * k + 2], path[2 * k + 3])];
      });
    }).flat();
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
