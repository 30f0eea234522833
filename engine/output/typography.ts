import { type GraphMap, restyleMap, scaleOf } from '../map/graph-map.ts';
import type { PartialMapSettings } from '../map/settings.ts';
import type { View } from '../map/view.ts';
import type { Paper } from './paper.ts';

/** CSS pixels, 1/96 inch: 5.5 points, which is read at arm's length. */
const smallestText = 5.5 * (96 / 72);
/** CSS pixels of the greatest label on A4, 14 points; on larger sheets, seen from farther, it grows with their size. */
const greatestOnA4 = 14 * (96 / 72);
const growth = 0.75;
/** The title of a sheet, 18 points on A4. */
const headingOnA4 = 18 * (96 / 72);
const halfPoint = 0.5 * (96 / 72);
/** Labels a square metre that have room without crowding, and the fewest on any sheet. */
const labelsPerSquareMetre = 4000;
const fewestLabels = 60;

/** How many labels a sheet of paper carries unless told otherwise: 4,000 a square metre, so A0 4,000 and A4 249. */
export function labelCountOn({ width, height }: Paper): number {
  return Math.max(fewestLabels, Math.round((width * height * labelsPerSquareMetre) / 1e6));
}

/** The font size of the title across the top of a sheet, CSS pixels: 18 points on A4, 51 on A0. */
export function headingOn(paper: Paper): number {
  return headingOnA4 * growthOn(paper);
}

function growthOn({ width, height }: Paper): number {
  return (Math.min(width, height) / 210) ** growth;
}

/**
 * The map with its type set for paper: the least labels are 5.5 points, however large the sheet, since one walks up to
 * it; the greatest grow with the sheet, 14 points on A4 and 40 on A0; all are whole half points. `labels` are settings that were asked for and stay as they are.
 */
export function mapOnPaper(
  map: GraphMap,
  view: View,
  paper: Paper,
  labels: NonNullable<PartialMapSettings['labels']> = {},
): GraphMap {
  const { text } = scaleOf(map, view);
  const greatest = greatestOnA4 * growthOn(paper);
  const sizes = { minSize: smallestText / text, maxSize: Math.max(smallestText, greatest) / text };
  const set = restyleMap(map, { labels: { ...sizes, count: labelCountOn(paper), ...labels } });
  // A PDF has a font for every size of a halo: dozens, not thousands.
  const rounded = set.labels.sizes.map((size) => (Math.round((size * text) / halfPoint) * halfPoint) / text);
  return { ...set, labels: { ...set.labels, sizes: rounded } };
}
