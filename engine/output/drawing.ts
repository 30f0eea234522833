import type { Box } from '../base/box.ts';
import type { GraphMap } from '../map/graph-map.ts';
import type { View } from '../map/view.ts';
import type { Tile } from '../render/frame.ts';
import { placeText } from '../render/place-text.ts';
import type { DrawOptions } from '../render/renderer.ts';
import { createTextRaster } from '../render/text-raster.ts';
import { type MissingScript, scriptsWithoutGlyphs } from './glyphs.ts';
import { type Layers, onlyLayers } from './layers.ts';
import { annotationLines, textElements, textsOf, textWithin } from './svg-text.ts';
import { createTilePen } from './tile-pen.ts';
import type { Cutting, EncodedSquare } from './tiles/squares.ts';
import { webpSquares } from './tiles/webp.ts';

/** How a map is drawn. */
export interface DrawingOptions extends Pick<DrawOptions, 'legend' | 'inset' | 'heading'> {
  /** What of it is drawn (default `all`). */
  readonly layers?: Layers | undefined;
}

/** What is known of a drawing before its pixels. */
export interface DrawReport {
  /** Device pixels. */
  readonly width: number;
  readonly height: number;
  /** The WebGL renderer's name. */
  readonly device: string;
}

/** Text and annotations of a drawing as vectors. */
export interface VectorText {
  /** One piece of SVG a region, in CSS pixels of the drawing. */
  readonly pieces: readonly string[];
  readonly missing: readonly MissingScript[];
}

/** A drawing that is made part by part. */
export interface Drawing extends DrawReport {
  /** Draws a part: RGBA, stride 4, straight alpha, rows top to bottom. @throws DeviceError if it cannot be drawn. */
  tile(tile: Tile): Promise<Uint8Array>;
  /** Draws a part and encodes squares of it as WebP. @throws as `tile` does, or if the browser writes no WebP. */
  webp(cutting: Cutting): Promise<readonly EncodedSquare[]>;
  /** Text and annotations as SVG, one piece for each region (CSS pixels of the drawing). @throws as `tile` does. */
  text(regions: readonly Box[]): Promise<VectorText>;
  /** Lets go of what draws it. */
  close(): Promise<void>;
}

/** Gets ready to draw a map, here or in a browser elsewhere. */
export type OpenDrawing = (map: GraphMap, view: View, options?: DrawingOptions) => Promise<Drawing>;

/**
 * Draws on a canvas of this page or worker.
 *
 * @throws DeviceError where maps cannot be drawn.
 */
export const openDrawing: OpenDrawing = async (map, view, options = {}) => {
  const { layers = 'all', inset } = options;
  const pen = createTilePen();
  const drawn = onlyLayers(map, layers);
  const inPixels = layers === 'all' ? options : { inset };
  const tile = (part: Tile) => pen.draw(drawn, view, part, inPixels);
  return {
    width: Math.round(view.width * view.pixelRatio),
    height: Math.round(view.height * view.pixelRatio),
    device: pen.device,
    tile,
    webp: async (cutting) => webpSquares(await tile(cutting.part), cutting),
    async text(regions) {
      const raster = createTextRaster();
      const placed = placeText(map, view, options, raster.measure);
      const baseline = raster.baseline(map.settings.labels.font);
      const lines = annotationLines(map, view);
      return {
        pieces: regions.map((region) => lines + textElements(map, textWithin(placed, region), baseline)),
        missing: scriptsWithoutGlyphs(textsOf(placed), map.settings.labels.font),
      };
    },
    close: async () => pen.dispose(),
  };
};
