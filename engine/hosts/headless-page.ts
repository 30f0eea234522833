import type { Box } from '../base/box.ts';
import type { GraphMap } from '../map/graph-map.ts';
import type { View } from '../map/view.ts';
import { type MissingScript, scriptsWithoutGlyphs } from '../output/glyphs.ts';
import { edgesOnTile, type Layers, onlyLayers } from '../output/layers.ts';
import { annotationLines, textElements, textsOf, textWithin } from '../output/svg-text.ts';
import type { Tile } from '../render/frame.ts';
import { placeText } from '../render/place-text.ts';
import { createRenderer, type DrawOptions } from '../render/renderer.ts';
import { createTextRaster } from '../render/text-raster.ts';
import { relayEngine } from './headless-relay.ts';
import { decodeWire } from './wire.ts';

/** What the headless page is asked to draw. */
export interface DrawJob {
  readonly map: GraphMap;
  readonly view: View;
  readonly options: DrawingOptions;
}

/** How a map is drawn. */
export interface DrawingOptions extends Pick<DrawOptions, 'legend' | 'inset'> {
  /** What of it is drawn (default `all`). */
  readonly layers?: Layers | undefined;
}

/** What the page says of a drawing before its pixels. */
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
  readonly labels: number;
  readonly missing: readonly MissingScript[];
}

interface OpenDrawing extends DrawJob {
  /** The map with its layers alone. */
  readonly drawn: GraphMap;
  pen: TilePen;
}

const drawings = new Map<string, OpenDrawing>();

/** Fetches a job from the page's own server and gets ready to draw it. */
async function openDrawing(job: string): Promise<DrawReport> {
  const answer = await fetch(`jobs/${job}`);
  const { map, view, options } = decodeWire(new Uint8Array(await answer.arrayBuffer())) as DrawJob;
  const pen = createTilePen();
  drawings.set(job, { map, view, options, drawn: onlyLayers(map, options.layers ?? 'all'), pen });
  const width = Math.round(view.width * view.pixelRatio);
  const height = Math.round(view.height * view.pixelRatio);
  return { width, height, device: pen.device };
}

/**
 * Draws one tile and posts its pixels under a name: RGBA, rows from the top. Where the GPU is lost meanwhile the tile is
 * drawn again with a new renderer.
 */
async function drawTile(job: string, tile: Tile, name: string): Promise<void> {
  const drawing = requireDrawing(job);
  const { drawn, view, options } = drawing;
  const legend = options.layers === undefined || options.layers === 'all' ? options.legend : false;
  for (let losses = 0; ; losses++) {
    const pixels = await drawing.pen.draw(drawn, view, tile, { legend, inset: options.inset });
    if (pixels !== undefined) {
      // A Blob: Chromium takes minutes to post the same bytes as a typed array.
      await fetch(`pixels/${name}`, { method: 'POST', body: new Blob([pixels]) });
      return;
    }
    if (losses === mostLosses) throw new Error(`the GPU was lost ${mostLosses + 1} times at one tile`);
    drawing.pen.dispose();
    drawing.pen = await afterLoss();
  }
}

const mostLosses = 4;

/** Places the drawing's text as its tiles would show it, and writes it as vectors: for each region what reaches into it. */
function writeText(job: string, regions: readonly Box[]): VectorText {
  const { map, view, options } = requireDrawing(job);
  const placed = placeText(map, view, options, createTextRaster().measure);
  const lines = annotationLines(map, view);
  return {
    pieces: regions.map((region) => lines + textElements(map, textWithin(placed, region))),
    labels: placed.labels.length,
    missing: scriptsWithoutGlyphs(textsOf(placed), map.settings.labels.font),
  };
}

function closeDrawing(job: string): void {
  drawings.get(job)?.pen.dispose();
  drawings.delete(job);
}

function requireDrawing(job: string): OpenDrawing {
  const drawing = drawings.get(job);
  if (drawing === undefined) throw new Error(`no drawing ${job} is open`);
  return drawing;
}

interface TilePen {
  readonly device: string;
  /** The pixels, or undefined where the GPU was lost. */
  draw(map: GraphMap, view: View, tile: Tile, options: DrawOptions): Promise<Uint8Array<ArrayBuffer> | undefined>;
  dispose(): void;
}

function createTilePen(): TilePen {
  const canvas = new OffscreenCanvas(1, 1);
  const renderer = createRenderer(canvas);
  let isWarm = false;
  const isLost = () => canvas.getContext('webgl')?.isContextLost() ?? true;
  return {
    device: renderer.device,
    async draw(map, view, tile, options) {
      try {
        // The legend counts the edges of the whole map: text is placed once with all of them, then each tile has its own.
        if (!isWarm) renderer.draw(map, view, { ...options, tile: { x: 0, y: 0, width: 1, height: 1 } });
        isWarm = true;
        renderer.draw(edgesOnTile(map, view, tile), view, { ...options, tile });
        const pixels = renderer.pixels();
        // The page hears of a loss later, but what could not be read stays zero, and the canvas is opaque.
        const isWhole = !isLost() && pixels[3] === 255 && pixels[pixels.length - 1] === 255;
        return isWhole ? (pixels as Uint8Array<ArrayBuffer>) : undefined;
      } catch (error) {
        // What a lost GPU answers looks like any error until the page hears of the loss.
        await new Promise((resolve) => setTimeout(resolve, 200));
        if (isLost()) return undefined;
        throw error;
      }
    },
    dispose() {
      if (!isLost()) renderer.dispose();
    },
  };
}

/** A pen on a new canvas as soon as the browser offers a GPU again. */
async function afterLoss(): Promise<TilePen> {
  for (let wait = 100; ; wait *= 2) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    try {
      return createTilePen();
    } catch (error) {
      if (wait > 10_000) throw error;
    }
  }
}

/** What `openHeadless` calls in the page. */
export interface HeadlessPage {
  openDrawing: typeof openDrawing;
  drawTile: typeof drawTile;
  writeText: typeof writeText;
  closeDrawing: typeof closeDrawing;
  relayEngine: typeof relayEngine;
}

Object.assign(globalThis, { openDrawing, drawTile, writeText, closeDrawing, relayEngine } satisfies HeadlessPage);
