import type { Palette } from '../map/palettes.ts';

/** A picture of a text with its halo; the origin is the middle of the text's left edge, in texels. */
export interface TextImage {
  readonly canvas: OffscreenCanvas;
  readonly originX: number;
  readonly originY: number;
}

export interface TextRaster {
  /** Width of a text in the unit of its size; strong text is bold. */
  measure(text: string, size: number, font: string, strong?: boolean): number;
  /** The picture of a text at a size in device pixels; the same object as long as nothing changes. */
  text(text: string, size: number, palette: Palette, font: string, strong: boolean): TextImage;
}

const keptImages = 4000;

/** The font of a label: heavier where it is larger, as on a printed map. */
export function fontOf(size: number, font: string, strong = false): string {
  return `${strong ? 700 : 500} ${size}px ${font}`;
}

/** Sets text with the browser's own shaping, and keeps the pictures of the last few thousand labels. */
export function createTextRaster(): TextRaster {
  const context = contextOf(new OffscreenCanvas(1, 1));
  const widths = new Map<string, number>();
  const images = new Map<string, TextImage>();
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
        if (images.size >= keptImages) images.clear();
        image = drawText(context, text, rounded, palette, font, strong);
        images.set(key, image);
      }
      return image;
    },
  };
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
