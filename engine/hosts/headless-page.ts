import type { GraphMap } from '../map/graph-map.ts';
import type { View } from '../map/view.ts';
import type { Tile } from '../render/frame.ts';
import { createRenderer, type DrawOptions } from '../render/renderer.ts';
import { relayEngine } from './headless-relay.ts';
import { decodeWire } from './wire.ts';

/** What the headless page is asked to draw. */
export interface DrawJob {
  readonly map: GraphMap;
  readonly view: View;
  readonly options: Pick<DrawOptions, 'legend' | 'inset'>;
}

/** What the page says of a drawing before its pixels. */
export interface DrawReport {
  /** Device pixels. */
  readonly width: number;
  readonly height: number;
  /** The WebGL renderer's name. */
  readonly device: string;
}

interface OpenDrawing extends DrawJob {
  pen: TilePen;
}

const drawings = new Map<string, OpenDrawing>();

/** Fetches a job from the page's own server and gets ready to draw it. */
async function openDrawing(job: string): Promise<DrawReport> {
  const answer = await fetch(`jobs/${job}`);
  const { map, view, options } = decodeWire(new Uint8Array(await answer.arrayBuffer())) as DrawJob;
  const pen = createTilePen();
  drawings.set(job, { map, view, options, pen });
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
  const { map, view, options } = drawing;
  for (let losses = 0; ; losses++) {
    const pixels = drawing.pen.draw(map, view, { ...options, tile });
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
  draw(map: GraphMap, view: View, options: DrawOptions): Uint8Array<ArrayBuffer> | undefined;
  dispose(): void;
}

function createTilePen(): TilePen {
  const canvas = new OffscreenCanvas(1, 1);
  const renderer = createRenderer(canvas);
  const isLost = () => canvas.getContext('webgl')?.isContextLost() ?? true;
  return {
    device: renderer.device,
    draw(map, view, options) {
      try {
        renderer.draw(map, view, options);
        const pixels = renderer.pixels();
        return isLost() ? undefined : (pixels as Uint8Array<ArrayBuffer>);
      } catch (error) {
        // What a lost GPU answers looks like any error.
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
  closeDrawing: typeof closeDrawing;
  relayEngine: typeof relayEngine;
}

Object.assign(globalThis, { openDrawing, drawTile, closeDrawing, relayEngine } satisfies HeadlessPage);
