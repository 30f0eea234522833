import { type Box, growBox } from '../base/box.ts';
import { type EdgeMarks, selectStrokes } from '../map/edge-marks.ts';
import { strokesWithin } from '../map/strokes-within.ts';
import { toLayout } from '../map/view.ts';
import type { Frame } from './frame.ts';

/** How many times larger than the part that is drawn the sheet must be for it to be worth looking which strokes are there. */
const leastCut = 3;
/** Device pixels that a stroke may cover beyond half its width: its soft rim, and what rounding moves it by. */
const rim = 3;

/**
 * The edge marks of a frame without strokes that lie outside it; the same object for the same part of the same map. A stroke
 * that swings into its lane has hundreds of corners, which cost as much where they are not seen.
 */
export function createSeenStrokes(lineWidthOf: (frame: Frame) => number): (frame: Frame) => EdgeMarks {
  let last: { readonly key: readonly unknown[]; readonly marks: EdgeMarks } | undefined;
  return (frame) => {
    const { edges, positions, sheet } = frame.map;
    const { view } = frame;
    if (view.perspective !== undefined) return edges;
    const seen = boxOf(frame);
    if (areaOf(seen) * leastCut > areaOf(sheet)) return edges;
    const margin = ((lineWidthOf(frame) / 2 + rim) * view.unitsPerPixel) / view.pixelRatio;
    const key = [edges, positions, margin, ...Object.values(seen)];
    if (last === undefined || key.some((value, k) => value !== last?.key[k])) {
      last = { key, marks: selectStrokes(edges, strokesWithin(edges, positions, growBox(seen, margin))) };
    }
    return last.marks;
  };
}

/** The part of the plane that a tile of a view from above shows. */
function boxOf({ view, tile: { x, y, width, height } }: Frame): Box {
  const [minX, maxY] = toLayout(view, x / view.pixelRatio, y / view.pixelRatio);
  const [maxX, minY] = toLayout(view, (x + width) / view.pixelRatio, (y + height) / view.pixelRatio);
  return { minX, minY, maxX, maxY };
}

function areaOf({ minX, minY, maxX, maxY }: Box): number {
  return (maxX - minX) * (maxY - minY);
}
