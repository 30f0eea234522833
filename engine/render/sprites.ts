import type { Regl, Texture2D } from 'regl';
import { renderShaders } from '../../shaders/index.ts';
import type { Box } from '../base/box.ts';
import { premultiplied, props, type Tile } from './frame.ts';

/** A picture and where its top left stands, in device pixels of the whole drawing. */
export interface Picture {
  readonly canvas: OffscreenCanvas;
  readonly x: number;
  readonly y: number;
}

/** What stands on a drawing; its picture is made when a tile shows it, so that a poster's thousands need not be there at once. */
export interface Sprite {
  /** Device pixels of the whole drawing beyond which it has none. */
  readonly bounds: Box;
  picture(): Picture;
}

interface Slot {
  readonly page: number;
  readonly x: number;
  readonly y: number;
}

interface Page {
  readonly texture: Texture2D;
  readonly size: number;
  /** The shelf that is being filled. */
  x: number;
  y: number;
  shelf: number;
}

const corners = [0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1];
const largestPage = 2048;

/**
 * Draws pictures on whole device pixels, in the order given. Pictures live on atlas pages, packed on shelves, for as
 * long as there is room; when the pages are full they are emptied and filled again with what is drawn.
 */
export function createSprites(regl: Regl): { draw(tile: Tile, sprites: readonly Sprite[]): void; dispose(): void } {
  const pageSize = Math.min(largestPage, regl.limits.maxTextureSize);
  let pages: Page[] = [];
  let slots = new Map<OffscreenCanvas, Slot>();
  const place = regl.buffer({ usage: 'stream', type: 'float', length: 16 });
  const source = regl.buffer({ usage: 'stream', type: 'float', length: 8 });
  const { count, atlas, atlasSize, tileOrigin, tileSize } = props(regl, [
    'count',
    'atlas',
    'atlasSize',
    'tileOrigin',
    'tileSize',
  ]);
  const command = regl({
    vert: renderShaders.spritesVert,
    frag: renderShaders.spritesFrag,
    attributes: {
      corner: corners,
      place: { buffer: place, divisor: 1 },
      source: { buffer: source, divisor: 1 },
    },
    uniforms: { atlas, atlasSize, tileOrigin, tileSize },
    blend: premultiplied,
    depth: { enable: false },
    count: 6,
    instances: count,
  });

  const forget = (): void => {
    for (const { texture } of pages) texture.destroy();
    pages = [];
    slots = new Map();
  };
  const slotOf = (canvas: OffscreenCanvas): Slot => {
    const known = slots.get(canvas);
    if (known !== undefined) return known;
    const slot = reserve(canvas.width, canvas.height);
    pages[slot.page].texture.subimage(
      { data: canvas as unknown as HTMLCanvasElement, premultiplyAlpha: true },
      slot.x,
      slot.y,
    );
    slots.set(canvas, slot);
    return slot;
  };
  const reserve = (width: number, height: number): Slot => {
    let page = pages.at(-1);
    if (page !== undefined && page.x + width > page.size) {
      page.y += page.shelf;
      page.x = 0;
      page.shelf = 0;
    }
    if (page === undefined || page.y + height > page.size || width > page.size) {
      const size = Math.min(regl.limits.maxTextureSize, Math.max(pageSize, width, height));
      page = {
        texture: regl.texture({ width: size, height: size, premultiplyAlpha: true }),
        size,
        x: 0,
        y: 0,
        shelf: 0,
      };
      pages.push(page);
    }
    const slot = { page: pages.length - 1, x: page.x, y: page.y };
    page.x += width + 1;
    page.shelf = Math.max(page.shelf, height + 1);
    return slot;
  };

  return {
    draw(tile, sprites) {
      const seen = sprites.filter(
        ({ bounds: { minX, minY, maxX, maxY } }) =>
          minX < tile.x + tile.width && minY < tile.y + tile.height && maxX > tile.x && maxY > tile.y,
      );
      if (pages.length > 8) forget();
      const placed = seen.map((sprite) => {
        const picture = sprite.picture();
        return { picture, slot: slotOf(picture.canvas) };
      });
      for (let first = 0; first < placed.length; ) {
        const { page } = placed[first].slot;
        let end = first;
        while (end < placed.length && placed[end].slot.page === page) end++;
        const run = placed.slice(first, end);
        place(run.flatMap(({ picture: { canvas, x, y } }) => [x, y, canvas.width, canvas.height]));
        source(run.flatMap(({ slot }) => [slot.x, slot.y]));
        command({
          atlas: pages[page].texture,
          atlasSize: [pages[page].size, pages[page].size],
          tileOrigin: [tile.x, tile.y],
          tileSize: [tile.width, tile.height],
          count: run.length,
        });
        first = end;
      }
    },
    dispose() {
      forget();
      place.destroy();
      source.destroy();
    },
  };
}
