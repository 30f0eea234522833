import type { Box } from '../base/box.ts';
import { type GraphMap, scaleOf } from '../map/graph-map.ts';
import { describeLegend, type Legend } from '../map/legend.ts';
import type { Color } from '../map/palettes.ts';
import { toPixel, type View } from '../map/view.ts';
import { contextOf } from './canvas-context.ts';
import type { MeasureFont } from './frame.ts';
import { legendRows, type Pen, type Row } from './legend-rows.ts';
import type { Sprite } from './sprites.ts';
import { css, fontOf } from './text-raster.ts';

/** A legend that has found its corner. */
export interface LegendLayout {
  readonly rows: readonly Row[];
  /** Legend units are this many CSS pixels. */
  readonly unit: number;
  /** Legend units from the legend's border to its rows. */
  readonly padding: number;
  /** The place it covers, CSS pixels of the drawing. */
  readonly box: Box;
  /** How many nodes lie there, or nearly. */
  readonly covered: number;
}

const padding = 14;
/** Legend units between the legend and what is around it. */
const margin = 18;
const cornerRadius = 6;

/** The opacity of the legend's ground, and the radius of its corners in legend units. */
export const legendGround = { opacity: 0.78, cornerRadius };

/**
 * Sets the legend in the corner where it covers the fewest nodes, `inset` CSS pixels and a margin from the border, and
 * below a title across the top, which it then need not have itself.
 */
export function layOutLegend(
  map: GraphMap,
  view: View,
  { inset, heading, isCompact }: LegendPlace,
  measure: MeasureFont,
): LegendLayout {
  const unit = Math.max(isCompact ? leastOnPaper : leastOnScreen, (Math.min(view.width, view.height) / 1200) ** 0.7);
  const font = map.settings.labels.font;
  const rows = legendRows(
    map,
    contentOf(heading === undefined ? map : { ...map, title: '' }, isCompact),
    view.unitsPerPixel * unit,
    scaleOf(map, view).node / unit,
    (text, size, strong) => measure(text, size, font, strong),
  );
  const width = Math.max(...rows.map((row) => row.width), 120) + 2 * padding;
  const height = rows.reduce((sum, row) => sum + row.height, 0) + 2 * padding;
  const corner = emptiestCorner(map, view, {
    width: width * unit,
    height: height * unit,
    gap: margin * unit + inset,
    space: margin * unit,
    top: heading?.maxY ?? margin * unit + inset,
  });
  return { rows, unit, padding, ...corner };
}

/** Where a legend may stand. */
export interface LegendPlace {
  /** CSS pixels along the border that it must not touch. */
  readonly inset: number;
  /** The title across the top. */
  readonly heading?: Box | undefined;
  /** Smaller type and fewer colours, for small paper. */
  readonly isCompact: boolean;
}

/** The least size of a legend unit, CSS pixels: letters of 5 points on a screen, of 4 points on paper, which is sharper. */
const leastOnScreen = 0.75;
const leastOnPaper = 0.6;
const compactCategories = 4;

function contentOf(map: GraphMap, isCompact: boolean): Legend {
  const legend = describeLegend(map);
  const { colors } = legend;
  if (!isCompact || colors?.kind !== 'categories' || colors.entries.length <= compactCategories) return legend;
  const others = colors.others + colors.entries.length - compactCategories;
  return { ...legend, colors: { ...colors, entries: colors.entries.slice(0, compactCategories), others } };
}

/** What a legend takes of a drawing with the space around it, CSS pixels. */
export function legendRoom({ box, unit }: LegendLayout): { readonly width: number; readonly height: number } {
  const space = 2 * margin * unit;
  return { width: box.maxX - box.minX + space, height: box.maxY - box.minY + space };
}

/** The rows of a legend from top to bottom, from its top left on, in legend units. */
export function drawLegend({ rows, padding: left }: LegendLayout, pen: Pen): void {
  let y = left;
  for (const row of rows) {
    row.draw(pen, left, y);
    y += row.height;
  }
}

/** The legend as a sprite, drawn when it is needed. */
export function legendPicture(layout: LegendLayout, map: GraphMap, pixelRatio: number): Sprite {
  const { box, unit } = layout;
  const [x, y] = [Math.round(box.minX * pixelRatio), Math.round(box.minY * pixelRatio)];
  const ratio = unit * pixelRatio;
  const [width, height] = [(box.maxX - box.minX) / unit, (box.maxY - box.minY) / unit];
  let canvas: OffscreenCanvas | undefined;
  const draw = (): OffscreenCanvas => {
    const drawn = new OffscreenCanvas(Math.ceil(width * ratio), Math.ceil(height * ratio));
    const context = contextOf(drawn);
    context.scale(ratio, ratio);
    context.fillStyle = css(map.palette.paper, legendGround.opacity);
    context.beginPath();
    context.roundRect(0, 0, width, height, cornerRadius);
    context.fill();
    drawLegend(layout, canvasPen(context, map.settings.labels.font, map.palette.label));
    return drawn;
  };
  return {
    bounds: { minX: x, minY: y, maxX: x + Math.ceil(width * ratio), maxY: y + Math.ceil(height * ratio) },
    picture() {
      canvas ??= draw();
      return { canvas, x, y };
    },
  };
}

function canvasPen(context: OffscreenCanvasRenderingContext2D, font: string, label: Color): Pen {
  return {
    text(text, x, y, size, opacity = 1, strong = false) {
      context.font = fontOf(size, font, strong);
      context.textBaseline = 'middle';
      context.fillStyle = css(label, opacity);
      context.fillText(text, x, y);
    },
    disc(x, y, radius, color) {
      context.fillStyle = css(color);
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
    },
    line(points, color, opacity, width) {
      context.strokeStyle = css(color, opacity);
      context.lineWidth = width;
      context.beginPath();
      for (let k = 0; k < points.length; k += 2) context.lineTo(points[k], points[k + 1]);
      context.stroke();
    },
    ramp(x, y, width, height, colors) {
      const gradient = context.createLinearGradient(x, 0, x + width, 0);
      colors.forEach((color, i) => {
        gradient.addColorStop(i / (colors.length - 1), css(color));
      });
      context.fillStyle = gradient;
      context.fillRect(x, y, width, height);
    },
  };
}

interface CornerSize {
  readonly width: number;
  readonly height: number;
  /** From the border, and from the border above what is taken there. */
  readonly gap: number;
  readonly top: number;
  /** To the nodes around. */
  readonly space: number;
}

function emptiestCorner(
  map: GraphMap,
  view: View,
  { width, height, gap, top, space }: CornerSize,
): Pick<LegendLayout, 'box' | 'covered'> {
  const corners: Box[] = [];
  for (const y of [view.height - height - gap, top]) {
    for (const x of [gap, view.width - width - gap])
      corners.push({ minX: x, minY: y, maxX: x + width, maxY: y + height });
  }
  const counts = corners.map(() => 0);
  for (let i = 0; i < map.graph.nodeCount; i++) {
    const [x, y] = toPixel(view, map.positions[2 * i], map.positions[2 * i + 1]);
    corners.forEach((box, c) => {
      if (x > box.minX - space && x < box.maxX + space && y > box.minY - space && y < box.maxY + space) counts[c]++;
    });
  }
  const covered = Math.min(...counts);
  return { box: corners[counts.indexOf(covered)], covered };
}
