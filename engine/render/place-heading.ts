import type { Box } from '../base/box.ts';
import type { GraphMap } from '../map/graph-map.ts';
import type { PlacedLabel } from '../map/labels.ts';
import type { View } from '../map/view.ts';
import type { MeasureFont } from './frame.ts';
import { fitText } from './legend-rows.ts';

/** The title across the top of a sheet. */
export interface PlacedHeading extends Omit<PlacedLabel, 'node'> {
  /** What it keeps free, CSS pixels of the drawing. */
  readonly box: Box;
}

/** The height that a title takes, in font sizes. */
export const headingSpace = 1.5;
/** A long title is set smaller, down to this share of its size, before it is cut. */
const smallest = 0.5;

/** Sets a map's title in the middle of the top, `inset` CSS pixels from the border, `size` CSS pixels or smaller to fit. */
export function placeHeading(
  map: GraphMap,
  view: View,
  { size, inset }: { readonly size: number; readonly inset: number },
  measure: MeasureFont,
): PlacedHeading {
  const { font } = map.settings.labels;
  const room = view.width - 2 * inset;
  const measureStrong = (text: string, at: number): number => measure(text, at, font, true);
  const fitting = size * Math.min(1, Math.max(smallest, room / Math.max(1, measureStrong(map.title, size))));
  const text = fitText(map.title, fitting, room, measureStrong);
  const width = measureStrong(text, fitting);
  const x = (view.width - width) / 2;
  const height = headingSpace * size;
  const box = { minX: x, minY: inset, maxX: x + width, maxY: inset + height };
  return { text, size: fitting, x, y: inset + height / 2, width, box };
}
