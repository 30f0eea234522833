import type { Box } from '../base/box.ts';
import type { GraphMap } from '../map/graph-map.ts';
import type { View } from '../map/view.ts';
import { type MissingScript, scriptsWithoutGlyphs } from '../output/glyphs.ts';
import { type Layers, onlyLayers } from '../output/layers.ts';
import { annotationLines, textElements, textsOf, textWithin } from '../output/svg-text.ts';
import { createTilePen, type TilePen } from '../output/tile-pen.ts';
import type { Tile } from '../render/frame.ts';
import { placeText } from '../render/place-text.ts';
import type { DrawOptions } from '../render/renderer.ts';
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
  readonly pen: TilePen;
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

/** Draws one tile and posts its pixels under a name: RGBA, rows from the top. */
async function drawTile(job: string, tile: Tile, name: string): Promise<void> {
  const { drawn, view, options, pen } = requireDrawing(job);
  const legend = options.layers === undefined || options.layers === 'all' ? options.legend : false;
  const pixels = await pen.draw(drawn, view, tile, { legend, inset: options.inset });
  // A Blob: Chromium takes minutes to post the same bytes as a typed array.
  await fetch(`pixels/${name}`, { method: 'POST', body: new Blob([pixels]) });
}

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

/** What `openHeadless` calls in the page. */
export interface HeadlessPage {
  openDrawing: typeof openDrawing;
  drawTile: typeof drawTile;
  writeText: typeof writeText;
  closeDrawing: typeof closeDrawing;
  relayEngine: typeof relayEngine;
}

Object.assign(globalThis, { openDrawing, drawTile, writeText, closeDrawing, relayEngine } satisfies HeadlessPage);
