import { type Box, growBox } from '../base/box.ts';
import { type EdgeMarks, selectStrokes } from '../map/edge-marks.ts';
import { strokesWithin } from '../map/strokes-within.ts';
import { boxOfView } from '../map/view.ts';
import { areSame, type Frame } from './frame.ts';

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
    const { view, tile } = frame;
    if (view.perspective !== undefined) return edges;
    const [x, y, width, height] = [tile.x, tile.y, tile.width, tile.height].map((side) => side / view.pixelRatio);
    const seen = boxOfView(view, { x, y, width, height });
    if (areaOf(seen) * leastCut > areaOf(sheet)) return edges;
    const margin = ((lineWidthOf(frame) / 2 + rim) * view.unitsPerPixel) / view.pixelRatio;
    const key = [edges, positions, margin, ...Object.values(seen)];
    if (last === undefined || !areSame(key, last.key)) {
      last = { key, marks: selectStrokes(edges, strokesWithin(edges, positions, growBox(seen, margin))) };
    }
    return last.marks;
  };
}

function areaOf({ minX, minY, maxX, maxY }: Box): number {
  return (maxX - minX) * (maxY - minY);
}
