import type { Glyph } from '../map/annotations/place.ts';
import type { Color } from '../map/palettes.ts';
import { contextOf } from './canvas-context.ts';
import type { MeasureFont } from './frame.ts';
import type { Sprite } from './sprites.ts';

/** A picture of a text with its halo; the origin is the middle of the text's left edge, in texels. */
export interface TextImage {
  readonly canvas: OffscreenCanvas;
  readonly originX: number;
  readonly originY: number;
}

export interface TextRaster {
  readonly measure: MeasureFont;
  /** From the middle of a line, on which text stands here, down to its baseline: font sizes. */
  baseline(font: string): number;
  /** The picture of a text; the same object as long as nothing changes. */
  text(text: string, style: TextStyle): TextImage;
  /** Text whose glyphs stand and turn as they are placed; `pixelRatio` is device pixels per unit of their places. */
  name(glyphs: readonly Glyph[], pixelRatio: number, style: TextStyle): Sprite;
}

/** How a text is set; lengths are device pixels. */
export interface TextStyle {
  readonly size: number;
  readonly font: string;
  readonly strong: boolean;
  readonly color: Color;
  readonly halo: Color;
  /** How far the halo reaches beyond the letters. */
  readonly reach: number;
}

/**
 * How far a text's halo reaches beyond its letters, CSS pixels: it grows with the size up to half a millimetre on paper,
 * which parts letters of any size from their ground; more would hide what is around them.
 */
export function haloReach(size: number): number {
  return Math.min(0.13 * size, 2);
}

/** The opacity of halos: what is under them still shimmers through. */
export const haloOpacity = 0.85;

/** Pixels of pictures that are kept: the labels of a few screens, or of a tile of a poster. */
const keptPixels = 1 << 24;

/** The font of a label: heavier where it is larger, as on a printed map. */
export function fontOf(size: number, font: string, strong = false): string {
  return `${strong ? 700 : 500} ${size}px ${font}`;
}

/** Sets text with the browser's own shaping, and keeps the pictures of the last few thousand labels. */
export function createTextRaster(): TextRaster {
  const context = contextOf(new OffscreenCanvas(1, 1));
  const widths = new Map<string, number>();
  const images = new Map<string, TextImage>();
  let kept = 0;
  const measure = (text: string, size: number, font: string, strong = false): number => {
    const key = `${strong}\n${font}\n${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      context.font = fontOf(100, font, strong);
      width = context.measureText(text).width / 100;
      widths.set(key, width);
    }
    return width * size;
  };
  return {
    measure,
    baseline(font) {
      const ascent = (from: CanvasTextBaseline): number => {
        context.font = fontOf(100, font);
        context.textBaseline = from;
        return context.measureText('x').actualBoundingBoxAscent;
      };
      return (ascent('alphabetic') - ascent('middle')) / 100;
    },
    text(text, style) {
      const rounded = { ...style, size: Math.round(style.size * 4) / 4 };
      const key = `${Object.values(rounded).join('\n')}\n${text}`;
      let image = images.get(key);
      if (image === undefined) {
        image = drawText(context, text, rounded);
        if (kept > keptPixels) {
          images.clear();
          kept = 0;
        }
        kept += image.canvas.width * image.canvas.height;
        images.set(key, image);
      }
      return image;
    },
    name: (glyphs, pixelRatio, style) => nameSprite(context, glyphs, pixelRatio, style),
  };
}

/** All halos first: that of a glyph would else cover its neighbour. */
function nameSprite(
  measuring: OffscreenCanvasRenderingContext2D,
  glyphs: readonly Glyph[],
  pixelRatio: number,
  style: TextStyle,
): Sprite {
  const { size } = style;
  measuring.font = fontOf(size, style.font, style.strong);
  const reach = Math.max(...glyphs.map(({ text }) => measuring.measureText(text).width / 2)) + size;
  const xs = glyphs.map(({ x }) => x * pixelRatio);
  const ys = glyphs.map(({ y }) => y * pixelRatio);
  const [minX, minY] = [Math.floor(Math.min(...xs) - reach), Math.floor(Math.min(...ys) - reach)];
  const [maxX, maxY] = [Math.ceil(Math.max(...xs) + reach), Math.ceil(Math.max(...ys) + reach)];
  const draw = (): OffscreenCanvas => {
    const canvas = new OffscreenCanvas(maxX - minX, maxY - minY);
    const context = contextOf(canvas);
    setStyle(context, style);
    context.textAlign = 'center';
    for (const write of [context.strokeText, context.fillText]) {
      glyphs.forEach(({ text, angle }, k) => {
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        context.setTransform(cos, sin, -sin, cos, xs[k] - minX, ys[k] - minY);
        write.call(context, text, 0, 0);
      });
    }
    return canvas;
  };
  return { bounds: { minX, minY, maxX, maxY }, picture: () => ({ canvas: draw(), x: minX, y: minY }) };
}

/** `measuring` is any context: the picture is made as large as its glyphs, accents and overhangs included. */
function drawText(measuring: OffscreenCanvasRenderingContext2D, text: string, style: TextStyle): TextImage {
  measuring.font = fontOf(style.size, style.font, style.strong);
  measuring.textBaseline = 'middle';
  const ink = measuring.measureText(text);
  const room = (length: number): number => Math.ceil(Math.max(0, length) + Math.max(1, style.reach)) + 2;
  const originX = room(ink.actualBoundingBoxLeft);
  const originY = room(ink.actualBoundingBoxAscent);
  const canvas = new OffscreenCanvas(
    originX + room(Math.max(ink.width, ink.actualBoundingBoxRight)),
    originY + room(ink.actualBoundingBoxDescent),
  );
  const context = contextOf(canvas);
  setStyle(context, style);
  context.strokeText(text, originX, originY);
  context.fillText(text, originX, originY);
  return { canvas, originX, originY };
}

function setStyle(context: OffscreenCanvasRenderingContext2D, style: TextStyle): void {
  const { size, font, strong, color, halo, reach } = style;
  context.font = fontOf(size, font, strong);
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 2 * Math.max(1, reach);
  context.strokeStyle = css(halo, haloOpacity);
  context.fillStyle = css(color);
}

/** A colour as CSS writes it. */
export function css(color: number, alpha = 1): string {
  return `rgba(${color >> 16}, ${(color >> 8) & 255}, ${color & 255}, ${alpha})`;
}
