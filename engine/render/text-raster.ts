import type { Glyph } from '../map/annotations/place.ts';
import type { Color, Palette } from '../map/palettes.ts';
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
  /** The picture of a text at a size in device pixels; the same object as long as nothing changes. */
  text(text: string, size: number, palette: Palette, font: string, strong: boolean): TextImage;
  /** Bold text whose glyphs stand and turn as they are placed; `pixelRatio` is device pixels per unit of their places. */
  name(glyphs: readonly Glyph[], pixelRatio: number, style: NameStyle): Sprite;
}

/** How the label of an annotation is set; the size is device pixels. */
export interface NameStyle {
  readonly size: number;
  readonly font: string;
  readonly color: Color;
  readonly halo: Color;
}

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
    text(text, size, palette, font, strong) {
      const rounded = Math.round(size * 4) / 4;
      const key = `${rounded}\n${palette.name}\n${strong}\n${font}\n${text}`;
      let image = images.get(key);
      if (image === undefined) {
        image = drawText(context, text, rounded, palette, font, strong);
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
  { size, font, color, halo }: NameStyle,
): Sprite {
  measuring.font = fontOf(size, font, true);
  const reach = Math.max(...glyphs.map(({ text }) => measuring.measureText(text).width / 2)) + size;
  const xs = glyphs.map(({ x }) => x * pixelRatio);
  const ys = glyphs.map(({ y }) => y * pixelRatio);
  const [minX, minY] = [Math.floor(Math.min(...xs) - reach), Math.floor(Math.min(...ys) - reach)];
  const [maxX, maxY] = [Math.ceil(Math.max(...xs) + reach), Math.ceil(Math.max(...ys) + reach)];
  const draw = (): OffscreenCanvas => {
    const canvas = new OffscreenCanvas(maxX - minX, maxY - minY);
    const context = contextOf(canvas);
    context.font = fontOf(size, font, true);
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = Math.max(2, size * 0.28);
    context.strokeStyle = css(halo, 0.9);
    context.fillStyle = css(color);
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
function drawText(
  measuring: OffscreenCanvasRenderingContext2D,
  text: string,
  size: number,
  palette: Palette,
  font: string,
  strong: boolean,
): TextImage {
  const halo = Math.max(1, size * 0.13);
  measuring.font = fontOf(size, font, strong);
  measuring.textBaseline = 'middle';
  const ink = measuring.measureText(text);
  const room = (length: number): number => Math.ceil(Math.max(0, length) + halo) + 2;
  const originX = room(ink.actualBoundingBoxLeft);
  const originY = room(ink.actualBoundingBoxAscent);
  const canvas = new OffscreenCanvas(
    originX + room(Math.max(ink.width, ink.actualBoundingBoxRight)),
    originY + room(ink.actualBoundingBoxDescent),
  );
  const context = contextOf(canvas);
  context.font = measuring.font;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 2 * halo;
  context.strokeStyle = css(palette.halo, 0.85);
  context.strokeText(text, originX, originY);
  context.fillStyle = css(strong ? palette.accent : palette.label);
  context.fillText(text, originX, originY);
  return { canvas, originX, originY };
}

/** A colour as CSS writes it. */
export function css(color: number, alpha = 1): string {
  return `rgba(${color >> 16}, ${(color >> 8) & 255}, ${color & 255}, ${alpha})`;
}

/** The 2-D context of a canvas. */
export function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser offers no 2-D canvas for text.');
  return context;
}
