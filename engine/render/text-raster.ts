import type { Palette } from '../map/palettes.ts';

/** A picture of a text with its halo; the origin is the middle of the text's left edge, in texels. */
export interface TextImage {
  readonly canvas: OffscreenCanvas;
  readonly originX: number;
  readonly originY: number;
}

export interface TextRaster {
  /** Width of a text in the unit of its size. */
  measure(text: string, size: number, font: string): number;
  /** The picture of a text at a size in device pixels; the same object as long as nothing changes. */
  text(text: string, size: number, palette: Palette, font: string, strong: boolean): TextImage;
  /** A bare context to measure and draw with. */
  readonly context: OffscreenCanvasRenderingContext2D;
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
  const measure = (text: string, size: number, font: string): number => {
    const key = `${font}\n${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      context.font = fontOf(100, font);
      width = context.measureText(text).width / 100;
      widths.set(key, width);
    }
    return width * size;
  };
  return {
    context,
    measure,
    text(text, size, palette, font, strong) {
      const rounded = Math.round(size * 4) / 4;
      const key = `${rounded}\n${palette.name}\n${strong}\n${font}\n${text}`;
      let image = images.get(key);
      if (image === undefined) {
        if (images.size >= keptImages) images.clear();
        image = drawText(text, rounded, palette, font, strong, measure(text, rounded, font));
        images.set(key, image);
      }
      return image;
    },
  };
}

function drawText(
  text: string,
  size: number,
  palette: Palette,
  font: string,
  strong: boolean,
  width: number,
): TextImage {
  const halo = Math.max(1, size * 0.13);
  const pad = Math.ceil(halo + size * 0.2 + (strong ? width * 0.06 : 0));
  const height = Math.ceil(size * 1.3) + 2 * Math.ceil(halo);
  const canvas = new OffscreenCanvas(Math.ceil(width) + 2 * pad, height);
  const context = contextOf(canvas);
  context.font = fontOf(size, font, strong);
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 2 * halo;
  context.strokeStyle = css(palette.halo, 0.85);
  context.strokeText(text, pad, height / 2);
  context.fillStyle = css(strong ? palette.accent : palette.label);
  context.fillText(text, pad, height / 2);
  return { canvas, originX: pad, originY: Math.round(height / 2) };
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
