import type { Box } from '../base/box.ts';
import { type AnnotationKind, linesOf } from '../map/annotations/annotation.ts';
import { crossReach } from '../map/annotations/place.ts';
import { type GraphMap, scaleOf } from '../map/graph-map.ts';
import type { Color } from '../map/palettes.ts';
import { toPixel, type View } from '../map/view.ts';
import { annotationLine } from '../render/draw-annotations.ts';
import { drawLegend, type LegendLayout, legendGround } from '../render/legend-block.ts';
import type { Pen } from '../render/legend-rows.ts';
import type { PlacedText } from '../render/place-text.ts';
import { haloOpacity, haloReach } from '../render/text-raster.ts';

/** The lines of the annotation layers as SVG, in CSS pixels of the drawing. */
export function annotationLines(map: GraphMap, view: View): string {
  if (!map.settings.annotations.show) return '';
  const scale = scaleOf(map, view).line;
  return map.annotations
    .map(({ kind, shape }) => {
      const lines = linesOf(shape).map((line) => line.map(([x, y]) => toPixel(view, x, y)));
      if (shape.type === 'Point' && kind === 'landmark') {
        const [x, y] = toPixel(view, ...shape.coordinates);
        const reach = crossReach * scale;
        lines.push(
          [
            [x - reach, y],
            [x + reach, y],
          ],
          [
            [x, y - reach],
            [x, y + reach],
          ],
        );
      }
      return lines.length === 0 ? '' : strokes(kind, lines, scale, map);
    })
    .join('');
}

function strokes(
  kind: AnnotationKind,
  lines: readonly (readonly (readonly [number, number])[])[],
  scale: number,
  { palette }: GraphMap,
): string {
  const { width, rim, opacity } = annotationLine(kind);
  const path = lines.map((line) => `M${line.map(([x, y]) => `${short(x)} ${short(y)}`).join('L')}`).join('');
  const shared = `d="${path}" fill="none" stroke-linecap="round" stroke-linejoin="round"`;
  return (
    `<path ${shared} stroke="${hex(palette.paper)}" stroke-opacity="0.6" stroke-width="${short((width + 2 * rim) * scale)}"/>` +
    `<path ${shared} stroke="${hex(palette.annotations[kind])}" stroke-opacity="${opacity}" stroke-width="${short(width * scale)}"/>\n`
  );
}

/**
 * Names, title and legend as SVG text, in CSS pixels of the drawing; the browser that opens it shapes every script.
 *
 * @param baseline from the middle of a line down to its baseline, in font sizes: readers other than browsers know no middle.
 */
export function textElements(map: GraphMap, placed: PlacedText, baseline: number): string {
  const { labels, strong, names, legend, heading } = placed;
  const { palette } = map;
  const inkOf = (fill: Color, isStrong: boolean): Ink => {
    return { fill, halo: palette.halo, weight: isStrong ? 700 : 500, baseline };
  };
  const parts = labels.map(({ node, text, size, x, y }) => {
    const isStrong = strong.has(node);
    const ink = inkOf(isStrong ? palette.accent : palette.label, isStrong);
    return textElement(text, size, ink, haloReach(size), `x="${short(x)}" y="${short(y)}"`);
  });
  for (const { annotation, size, glyphs } of names) {
    const ink = inkOf(palette.annotations[annotation.kind], true);
    // All halos first: that of a glyph would else cover its neighbour.
    const turned = glyphs.map(({ text, x, y, angle }) => {
      const turn = `translate(${short(x)} ${short(y)}) rotate(${short((angle * 180) / Math.PI)})`;
      return { text, place: `text-anchor="middle" transform="${turn}"` };
    });
    parts.push(
      ...turned.map(({ text, place }) =>
        textElement(text, size, { ...ink, fill: palette.halo }, haloReach(size), place),
      ),
    );
    parts.push(...turned.map(({ text, place }) => textElement(text, size, ink, 0, place)));
  }
  if (heading !== undefined) {
    const { text, size, x, y } = heading;
    const place = `x="${short(x)}" y="${short(y)}"`;
    parts.push(textElement(text, size, inkOf(palette.label, true), haloReach(size), place));
  }
  if (legend !== undefined) parts.push(legendElement(legend, map, baseline));
  const font = attribute(map.settings.labels.font);
  return `<g font-family="${font}" stroke-linejoin="round">\n${parts.join('\n')}\n</g>\n`;
}

/** All that is written on nodes and annotations, and the title. */
export function textsOf({ labels, names, heading }: PlacedText): string[] {
  const written = [...labels.map(({ text }) => text), ...names.map(({ annotation }) => annotation.label)];
  return heading === undefined ? written : [heading.text, ...written];
}

/** What of a text reaches into a region, CSS pixels of the drawing. */
export function textWithin(placed: PlacedText, region: Box): PlacedText {
  const touches = (minX: number, minY: number, maxX: number, maxY: number): boolean =>
    maxX > region.minX && minX < region.maxX && maxY > region.minY && minY < region.maxY;
  const { labels, names, legend, heading } = placed;
  const within = <Block extends { readonly box: Box }>(block: Block | undefined): Block | undefined =>
    block !== undefined && touches(block.box.minX, block.box.minY, block.box.maxX, block.box.maxY) ? block : undefined;
  return {
    ...placed,
    labels: labels.filter(({ x, y, width, size }) => touches(x - size, y - size, x + width + size, y + size)),
    names: names.filter(({ size, glyphs }) =>
      glyphs.some(({ x, y }) => touches(x - size, y - size, x + size, y + size)),
    ),
    legend: within(legend),
    heading: within(heading),
  };
}

interface Ink {
  readonly fill: Color;
  readonly halo: Color;
  readonly weight: number;
  readonly baseline: number;
}

/** `halo` is how far the halo reaches beyond the letters, CSS pixels; 0 for none. */
function textElement(text: string, size: number, ink: Ink, halo: number, place: string): string {
  const rim =
    halo > 0
      ? ` paint-order="stroke" stroke="${hex(ink.halo)}" stroke-opacity="${haloOpacity}" stroke-width="${short(2 * halo)}"`
      : '';
  const font = `dy="${short(size * ink.baseline)}" font-size="${short(size)}" font-weight="${ink.weight}" fill="${hex(ink.fill)}"`;
  return `<text ${place} ${font}${rim}>${content(text)}</text>`;
}

function legendElement(legend: LegendLayout, { palette }: GraphMap, baseline: number): string {
  const { box, unit } = legend;
  const [width, height] = [(box.maxX - box.minX) / unit, (box.maxY - box.minY) / unit];
  const { opacity, cornerRadius } = legendGround;
  const parts = [
    `<rect width="${short(width)}" height="${short(height)}" rx="${cornerRadius}" fill="${hex(palette.paper)}" fill-opacity="${opacity}"/>`,
  ];
  drawLegend(legend, svgPen(parts, palette.label, baseline));
  return `<g transform="translate(${short(box.minX)} ${short(box.minY)}) scale(${unit})">\n${parts.join('\n')}\n</g>`;
}

/** A pen that writes SVG elements. */
function svgPen(parts: string[], label: Color, baseline: number): Pen {
  let ramps = 0;
  return {
    text(text, x, y, size, opacity = 1, strong = false) {
      const font = `dy="${short(size * baseline)}" font-size="${size}" font-weight="${strong ? 700 : 500}"`;
      const place = `x="${short(x)}" y="${short(y)}"`;
      parts.push(`<text ${place} ${font} fill="${hex(label)}" fill-opacity="${opacity}">${content(text)}</text>`);
    },
    disc(x, y, radius, color) {
      parts.push(`<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="${hex(color)}"/>`);
    },
    line(points, color, opacity, width) {
      const stroke = `stroke="${hex(color)}" stroke-opacity="${opacity}" stroke-width="${width}"`;
      parts.push(`<polyline points="${points.map(short).join(' ')}" fill="none" ${stroke}/>`);
    },
    ramp(x, y, width, height, colors) {
      const id = `ramp${++ramps}`;
      const stops = colors.map((color, k) => `<stop offset="${k / (colors.length - 1)}" stop-color="${hex(color)}"/>`);
      parts.push(`<linearGradient id="${id}">${stops.join('')}</linearGradient>`);
      parts.push(
        `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="url(#${id})"/>`,
      );
    },
  };
}

/** A number as SVG needs it: hundredths of a CSS pixel are finer than any printer. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A colour as SVG writes it. */
export function hex(color: Color): string {
  return `#${color.toString(16).padStart(6, '0')}`;
}

/** Text as XML can hold it. */
export function content(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

function attribute(text: string): string {
  return content(text).replace(/"/g, '&quot;');
}
