import type { Emphasis } from '../map/emphasis.ts';
import { type GraphMap, scaleOf } from '../map/graph-map.ts';
import { perspectiveOf, type View } from '../map/view.ts';
import { createPicture } from './draw-picture.ts';
import { openForeignContext } from './foreign-context.ts';
import type { Tile } from './frame.ts';
import { wholeOf } from './renderer.ts';
import { createStack, openRegl } from './stack.ts';

/** What a guest draws. */
export interface GuestOptions {
  /** Part of the drawing; the whole by default. */
  readonly tile?: Tile | undefined;
  readonly emphasis?: Emphasis | undefined;
  /** False for a map that is laid over something else (default true). */
  readonly isOnPaper?: boolean | undefined;
}

/**
 * Draws maps in a WebGL 2 context that belongs to somebody else, such as a web map, and leaves its state as it was.
 * A map is first drawn into a picture of its own, then that is laid over what is there.
 */
export interface GuestRenderer {
  /** Draws the map, unless it is the drawing of the last call. */
  draw(map: GraphMap, view: View, options?: GuestOptions): void;
  /** Lays the drawing over the bound framebuffer, from its bottom left, at an opacity of 0 to 1. */
  show(opacity: number): void;
  dispose(): void;
}

/** A guest in this context. @throws DeviceError if it lacks float textures that can be drawn into. */
export function createGuestRenderer(gl: WebGL2RenderingContext): GuestRenderer {
  const context = openForeignContext(gl);
  const { regl, stack, picture } = context.visit(() => {
    const regl = openRegl(context.gl);
    return { regl, stack: createStack(regl), picture: createPicture(regl) };
  });
  let last: readonly unknown[] = [];
  let shown: { readonly tile: Tile; readonly view: View } | undefined;
  const visit = (run: () => void): void =>
    context.visit(() => {
      regl._refresh();
      run();
    });
  return {
    draw(map, view, { tile = wholeOf(view), emphasis, isOnPaper = true } = {}) {
      const key = [map, emphasis, isOnPaper, ...Object.values(tile), ...valuesOf(view)];
      if (key.length === last.length && key.every((value, i) => value === last[i])) return;
      const frame = {
        map,
        view,
        tile,
        scale: scaleOf(map, view),
        emphasis,
        legend: false,
        inset: 0,
        heading: 0,
        isOnPaper,
      };
      visit(() => picture.draw(tile, () => stack.draw(frame)));
      last = key;
      shown = { tile, view };
    },
    show(opacity) {
      if (shown === undefined) return;
      const { tile, view } = shown;
      visit(() => picture.show(tile, view, opacity));
    },
    dispose() {
      context.visit(() => {
        picture.dispose();
        stack.dispose();
      });
      context.dispose();
    },
  };
}

/** The numbers that make up a view. */
function valuesOf(view: View): number[] {
  const { right, down, away } = perspectiveOf(view);
  const { x, y, width, height, pixelRatio, unitsPerPixel } = view;
  return [x, y, width, height, pixelRatio, unitsPerPixel, ...right, ...down, ...away];
}
