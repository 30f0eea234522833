import type { Box } from '../base/box.ts';
import type { GraphMap } from '../map/graph-map.ts';
import type { View } from '../map/view.ts';
import { type Drawing, type DrawingOptions, type DrawReport, openDrawing, type VectorText } from '../output/drawing.ts';
import type { Cutting } from '../output/tiles/squares.ts';
import type { Tile } from '../render/frame.ts';
import { relayEngine } from './headless-relay.ts';
import { decodeWire, encodeWire } from './wire.ts';

/** What the headless page is asked to draw. */
export interface DrawJob {
  readonly map: GraphMap;
  readonly view: View;
  readonly options: DrawingOptions;
}

const drawings = new Map<string, Drawing>();

/** Fetches a job from the page's own server and gets ready to draw it. */
async function openJob(job: string): Promise<DrawReport> {
  const answer = await fetch(`jobs/${job}`);
  const { map, view, options } = decodeWire(new Uint8Array(await answer.arrayBuffer())) as DrawJob;
  const drawing = await openDrawing(map, view, options);
  drawings.set(job, drawing);
  const { width, height, device } = drawing;
  return { width, height, device };
}

/** Draws one tile and posts its pixels under a name: RGBA, rows from the top. */
async function drawTile(job: string, tile: Tile, name: string): Promise<void> {
  const pixels = await requireDrawing(job).tile(tile);
  // A Blob: Chromium takes minutes to post the same bytes as a typed array.
  await fetch(`pixels/${name}`, { method: 'POST', body: new Blob([pixels as Uint8Array<ArrayBuffer>]) });
}

/** Draws a part and posts squares of it under a name, as `EncodedSquare`s on the wire. */
async function drawSquares(job: string, cutting: Cutting, name: string): Promise<void> {
  const squares = await requireDrawing(job).webp(cutting);
  await fetch(`pixels/${name}`, { method: 'POST', body: new Blob([encodeWire(squares)]) });
}

/** Text and annotations of a drawing as vectors: for each region what reaches into it. */
function writeText(job: string, regions: readonly Box[]): Promise<VectorText> {
  return requireDrawing(job).text(regions);
}

async function closeJob(job: string): Promise<void> {
  await drawings.get(job)?.close();
  drawings.delete(job);
}

function requireDrawing(job: string): Drawing {
  const drawing = drawings.get(job);
  if (drawing === undefined) throw new Error(`no drawing ${job} is open`);
  return drawing;
}

/** What `openHeadless` calls in the page. */
export interface HeadlessPage {
  openJob: typeof openJob;
  drawTile: typeof drawTile;
  drawSquares: typeof drawSquares;
  writeText: typeof writeText;
  closeJob: typeof closeJob;
  relayEngine: typeof relayEngine;
}

Object.assign(globalThis, { openJob, drawTile, drawSquares, writeText, closeJob, relayEngine } satisfies HeadlessPage);
