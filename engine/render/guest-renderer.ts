import type { Emphasis } from '../map/emphasis.ts';
import { type GraphMap, scaleOf } from '../map/graph-map.ts';
import { perspectiveOf, type View } from '../map/view.ts';
import { createGlobeTiles, type Globe, type GlobeTile } from './draw-globe.ts';
import { createPicture } from './draw-picture.ts';
import { openForeignContext } from './foreign-context.ts';
import { areSame, type Tile } from './frame.ts';
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

/** A tile of a globe as a part of a drawing. */
export interface GuestTile extends GlobeTile {
  readonly map: GraphMap;
  readonly view: View;
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
  /** Draws those tiles that are not kept from earlier calls; all anew when `key` is another list of values. */
  drawTiles(tiles: readonly GuestTile[], key: readonly unknown[], options?: Omit<GuestOptions, 'tile'>): void;
  /** Lays the tiles of the last call over a globe in the bound framebuffer, whose size is in device pixels. */
  showTiles(globe: Globe, size: Pick<Tile, 'width' | 'height'>, opacity: number): void;
  dispose(): void;
}

/** A guest in this context. @throws DeviceError if it lacks float textures that can be drawn into. */
export function createGuestRenderer(gl: WebGL2RenderingContext): GuestRenderer {
  const context = openForeignContext(gl);
  const { regl, stack, picture, globeTiles } = context.visit(() => {
    const regl = openRegl(context.gl);
    return {
      ...{ regl, stack: createStack(regl), picture: createPicture(regl) },
      globeTiles: createGlobeTiles<GuestTile>(regl),
    };
  });
  let last: readonly unknown[] = [];
  let tilesKey: readonly unknown[] = [];
  let tilesSeen = '';
  let shown: { readonly tile: Tile; readonly view: View } | undefined;
  const visit = (run: () => void): void =>
    context.visit(() => {
      regl._refresh();
      run();
    });
  const drawStack = (map: GraphMap, view: View, tile: Tile, { emphasis, isOnPaper = true }: GuestOptions): void => {
    const scale = scaleOf(map, view);
    stack.draw({ map, view, tile, scale, emphasis, isOnPaper, ...{ legend: false, inset: 0, heading: 0 } });
  };
  return {
    draw(map, view, options = {}) {
      const { tile = wholeOf(view), emphasis, isOnPaper = true } = options;
      const key = [map, emphasis, isOnPaper, ...Object.values(tile), ...valuesOf(view)];
      if (areSame(key, last)) return;
      visit(() => picture.draw(tile, () => drawStack(map, view, tile, options)));
      last = key;
      shown = { tile, view };
    },
    show(opacity) {
      if (shown === undefined) return;
      const { tile, view } = shown;
      visit(() => picture.show(tile, view, opacity));
    },
    drawTiles(tiles, key, options = {}) {
      const isKept = areSame(key, tilesKey);
      const seen = tiles.map((tile) => tile.key).join(' ');
      if (isKept && seen === tilesSeen) return;
      visit(() => {
        if (!isKept) globeTiles.clear();
        globeTiles.draw(tiles, ({ map, view, tile }) => drawStack(map, view, tile, options));
      });
      [tilesKey, tilesSeen] = [key, seen];
    },
    showTiles(globe, size, opacity) {
      visit(() => globeTiles.show(globe, size, opacity));
    },
    dispose() {
      context.visit(() => {
        picture.dispose();
        globeTiles.clear();
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
