import type { Regl } from 'regl';
import type { Frame, Layer } from './frame.ts';
import { legendPicture } from './legend-block.ts';
import { type PlacedText, placeText } from './place-text.ts';
import { createSprites, type Sprite } from './sprites.ts';
import { createTextRaster, type TextRaster } from './text-raster.ts';

/** Where labels and legend stand: the same for all tiles of a drawing. */
interface Placement {
  /** What of a frame decides it. */
  readonly key: readonly unknown[];
  readonly sprites: readonly Sprite[];
}

/** Labels and, where asked for, the legend, on top of everything. */
export function createLabelLayer(regl: Regl): Layer {
  const sprites = createSprites(regl);
  const raster = createTextRaster();
  let last: Placement | undefined;
  return {
    draw(frame) {
      const { map, view, emphasis, legend, inset } = frame;
      const { labels, annotations, positions, settings } = map;
      const key = [labels, annotations, positions, settings, emphasis, legend, inset, ...Object.values(view)];
      if (last === undefined || last.key.some((value, i) => value !== key[i])) {
        const placed = placeText(map, view, frame, raster.measure);
        last = { key, sprites: spritesOf(frame, placed, raster) };
      }
      sprites.draw(frame.tile, last.sprites);
    },
    dispose: sprites.dispose,
  };
}

function spritesOf({ map, view }: Frame, { labels, strong, names, legend }: PlacedText, raster: TextRaster): Sprite[] {
  const { pixelRatio } = view;
  const { palette } = map;
  const { font } = map.settings.labels;
  const sprites = labels.map(({ node, text, size, x, y, width }): Sprite => {
    const reach = size * pixelRatio;
    const [left, middle] = [Math.round(x * pixelRatio), Math.round(y * pixelRatio)];
    return {
      bounds: {
        minX: left - reach,
        minY: middle - reach,
        maxX: left + width * pixelRatio + reach,
        maxY: middle + reach,
      },
      picture() {
        const { canvas, originX, originY } = raster.text(text, size * pixelRatio, palette, font, strong.has(node));
        return { canvas, x: left - originX, y: middle - originY };
      },
    };
  });
  for (const { annotation, size, glyphs } of names) {
    const style = { size: size * pixelRatio, font, color: palette.annotations[annotation.kind], halo: palette.halo };
    sprites.push(raster.name(glyphs, pixelRatio, style));
  }
  if (legend !== undefined) sprites.push(legendPicture(legend, map, pixelRatio));
  return sprites;
}
