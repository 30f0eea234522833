import type { GraphMap } from '../map/graph-map.ts';
import type { View } from '../map/view.ts';
import type { Tile } from '../render/frame.ts';
import { createRenderer, type DrawOptions } from '../render/renderer.ts';
import { edgesOnTile } from './layers.ts';

/** Draws tiles of maps on a canvas of its own. `Lost` is what it gives where the GPU was lost. */
export interface TilePen<Lost = never> {
  /** The GPU's name as the driver gives it. */
  readonly device: string;
  /** The tile's pixels, RGBA, rows from the top. */
  draw(
    map: GraphMap,
    view: View,
    tile: Tile,
    options: Omit<DrawOptions, 'tile'>,
  ): Promise<Uint8Array<ArrayBuffer> | Lost>;
  dispose(): void;
}

function createFragilePen(): TilePen<undefined> {
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

const mostLosses = 4;
const longestWait = 10_000;

/**
 * A pen that takes another canvas and draws a tile again where the GPU was lost.
 *
 * @throws DeviceError where maps cannot be drawn.
 */
export function createTilePen(): TilePen {
  let pen = createFragilePen();
  return {
    device: pen.device,
    async draw(...of) {
      for (let losses = 0; losses <= mostLosses; losses++) {
        const pixels = await pen.draw(...of);
        if (pixels !== undefined) return pixels;
        pen.dispose();
        pen = await afterLoss();
      }
      throw new Error(`the GPU was lost ${mostLosses + 1} times at one tile`);
    },
    dispose: () => pen.dispose(),
  };
}

/** A pen as soon as the browser offers a GPU again. */
async function afterLoss(): Promise<TilePen<undefined>> {
  for (let wait = 100; ; wait *= 2) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    try {
      return createFragilePen();
    } catch (error) {
      if (wait > longestWait) throw error;
    }
  }
}
