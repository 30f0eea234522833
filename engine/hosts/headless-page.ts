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
  readonly options: Pick<DrawOptions, 'legend'>;
}

/** What comes back beside the pixels. */
export interface DrawReport {
  readonly width: number;
  readonly height: number;
  /** The WebGL renderer's name. */
  readonly device: string;
}

/** Chromium gives larger canvases less than they ask for: larger drawings are made in tiles. */
const tileSide = 4096;

/** Fetches a job from the page's own server, draws it, and posts the pixels there: RGBA, rows top to bottom. */
async function draw(job: string): Promise<DrawReport> {
  const answer = await fetch(`jobs/${job}`);
  const { map, view, options } = decodeWire(new Uint8Array(await answer.arrayBuffer())) as DrawJob;
  const width = Math.round(view.width * view.pixelRatio);
  const height = Math.round(view.height * view.pixelRatio);
  const pixels = new Uint8Array(width * height * 4);
  const renderer = createRenderer(new OffscreenCanvas(1, 1));
  try {
    for (const tile of tilesOf(width, height)) {
      renderer.draw(map, view, { ...options, tile });
      copyTileInto(pixels, width, renderer.pixels(), tile);
    }
    // A Blob: Chromium takes minutes to post the same bytes as a typed array.
    await fetch(`pixels/${job}`, { method: 'POST', body: new Blob([pixels]) });
    return { width, height, device: renderer.device };
  } finally {
    renderer.dispose();
  }
}

function tilesOf(width: number, height: number): Tile[] {
  const tiles: Tile[] = [];
  for (let y = 0; y < height; y += tileSide) {
    for (let x = 0; x < width; x += tileSide) {
      tiles.push({ x, y, width: Math.min(tileSide, width - x), height: Math.min(tileSide, height - y) });
    }
  }
  return tiles;
}

function copyTileInto(pixels: Uint8Array, width: number, rgba: Uint8Array, tile: Tile): void {
  for (let row = 0; row < tile.height; row++) {
    const line = rgba.subarray(4 * row * tile.width, 4 * (row + 1) * tile.width);
    pixels.set(line, 4 * ((tile.y + row) * width + tile.x));
  }
}

/** What `openHeadless` calls in the page. */
export interface HeadlessPage {
  drawJob: typeof draw;
  relayEngine: typeof relayEngine;
}

Object.assign(globalThis, { drawJob: draw, relayEngine } satisfies HeadlessPage);
