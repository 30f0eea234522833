import type { Box } from '../base/box.ts';
import { type GraphMap, scaleOf } from '../map/graph-map.ts';
import type { Legend } from '../map/legend.ts';
import type { Color } from '../map/palettes.ts';
import { toPixel, type View } from '../map/view.ts';
import { legendRows, type Pen } from './legend-rows.ts';
import type { Sprite } from './sprites.ts';
import { contextOf, css, fontOf, type TextRaster } from './text-raster.ts';

/** A legend that has found its corner. */
export interface LegendBlock {
  readonly sprite: Sprite;
  /** The place it covers, CSS pixels of the drawing. */
  readonly box: Box;
}

const padding = 14;
const margin = 18;

/** Draws the legend and sets it in the corner where it covers the fewest nodes. */
export function legendBlock(map: GraphMap, legend: Legend, view: View, raster: TextRaster): LegendBlock {
  const unit = Math.max(0.75, (Math.min(view.width, view.height) / 1200) ** 0.7);
  const font = map.settings.labels.font;
  const rows = legendRows(
    map,
    legend,
    view.unitsPerPixel * unit,
    scaleOf(map, view).node / unit,
    (text, size, strong) => raster.measure(text, size, font, strong),
  );
  const width = Math.max(...rows.map((row) => row.width), 120) + 2 * padding;
  const height = rows.reduce((sum, row) => sum + row.height, 0) + 2 * padding;
  const ratio = unit * view.pixelRatio;
  const canvas = new OffscreenCanvas(Math.ceil(width * ratio), Math.ceil(height * ratio));
  const context = contextOf(canvas);
  context.scale(ratio, ratio);
  context.fillStyle = css(map.palette.paper, 0.78);
  context.beginPath();
  context.roundRect(0, 0, width, height, 6);
  context.fill();
  const pen = canvasPen(context, font, map.palette.label);
  let y = padding;
  for (const row of rows) {
    row.draw(pen, padding, y);
    y += row.height;
  }
  const box = emptiestCorner(map, view, width * unit, height * unit, margin * unit);
  const sprite = {
    image: { canvas },
    x: Math.round(box.minX * view.pixelRatio),
    y: Math.round(box.minY * view.pixelRatio),
  };
  return { sprite, box };
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

function emptiestCorner(map: GraphMap, view: View, width: number, height: number, gap: number): Box {
  const corners: Box[] = [];
  for (const y of [view.height - height - gap, gap]) {
    for (const x of [gap, view.width - width - gap])
      corners.push({ minX: x, minY: y, maxX: x + width, maxY: y + height });
  }
  const covered = corners.map(() => 0);
  for (let i = 0; i < map.graph.nodeCount; i++) {
    const [x, y] = toPixel(view, map.positions[2 * i], map.positions[2 * i + 1]);
    corners.forEach((box, c) => {
      if (x > box.minX - gap && x < box.maxX + gap && y > box.minY - gap && y < box.maxY + gap) covered[c]++;
    });
  }
  return corners[covered.indexOf(Math.min(...covered))];
}
