import type { Regl } from 'regl';
import type { PlacedLabel } from '../map/labels.ts';
import type { Color } from '../map/palettes.ts';
import { areSame, type Frame, type Layer } from './frame.ts';
import { legendPicture } from './legend-block.ts';
import { type PlacedText, placeText } from './place-text.ts';
import { createSprites, type Sprite } from './sprites.ts';
import { createTextRaster, haloReach, type TextRaster, type TextStyle } from './text-raster.ts';

/** Where labels and legend stand: the same for all tiles of a drawing. */
interface Placement {
  /** What of a frame decides it. */
  readonly key: readonly unknown[];
  readonly sprites: readonly Sprite[];
}

/** A line of text that has found its place. */
type PlacedLine = Omit<PlacedLabel, 'node'>;

/** Labels and, where asked for, the legend, on top of everything. */
export function createLabelLayer(regl: Regl): Layer {
  const sprites = createSprites(regl);
  const raster = createTextRaster();
  let last: Placement | undefined;
  return {
    draw(frame) {
      const { map, view, emphasis, legend, inset, heading } = frame;
      const { labels, annotations, positions, settings } = map;
      const key = [labels, annotations, positions, settings, emphasis, legend, inset, heading, ...Object.values(view)];
      if (last === undefined || !areSame(key, last.key)) {
        const placed = placeText(map, view, frame, raster.measure);
        last = { key, sprites: spritesOf(frame, placed, raster) };
      }
      sprites.draw(frame.tile, last.sprites);
    },
    dispose: sprites.dispose,
  };
}

function spritesOf({ map, view }: Frame, placed: PlacedText, raster: TextRaster): Sprite[] {
  const { pixelRatio } = view;
  const { palette } = map;
  const { font } = map.settings.labels;
  const { labels, strong, names, legend, heading } = placed;
  const styleOf = (size: number, color: Color, isStrong: boolean): TextStyle => {
    const [device, reach] = [size * pixelRatio, haloReach(size) * pixelRatio];
    return { size: device, font, strong: isStrong, color, halo: palette.halo, reach };
  };
  const line = ({ text, size, x, y, width }: PlacedLine, style: TextStyle): Sprite => {
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
        const { canvas, originX, originY } = raster.text(text, style);
        return { canvas, x: left - originX, y: middle - originY };
      },
    };
  };
  const sprites = labels.map((label) => {
    const isStrong = strong.has(label.node);
    return line(label, styleOf(label.size, isStrong ? palette.accent : palette.label, isStrong));
  });
  for (const { annotation, size, glyphs } of names) {
    sprites.push(raster.name(glyphs, pixelRatio, styleOf(size, palette.annotations[annotation.kind], true)));
  }
  if (heading !== undefined) sprites.push(line(heading, styleOf(heading.size, palette.label, true)));
  if (legend !== undefined) sprites.push(legendPicture(legend, map, pixelRatio));
  return sprites;
}
