import type { Regl, Texture2D } from 'regl';
import { renderShaders } from '../../shaders/index.ts';
import type { Box } from '../base/box.ts';
import { contextOf } from './canvas-context.ts';
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
  /** The shelf that is being filled. */
  x: number;
  y: number;
  shelf: number;
}

const corners = [0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1];
const largestPage = 2048;

/** A canvas in parts of at most `size` a side; x and y are places on the canvas. */
function cut(canvas: OffscreenCanvas, size: number): readonly Picture[] {
  const parts: Picture[] = [];
  for (let y = 0; y < canvas.height; y += size) {
    for (let x = 0; x < canvas.width; x += size) {
      const part = new OffscreenCanvas(Math.min(size, canvas.width - x), Math.min(size, canvas.height - y));
      contextOf(part).drawImage(canvas, -x, -y);
      parts.push({ canvas: part, x, y });
    }
  }
  return parts;
}

/**
 * Draws pictures on whole device pixels, in the order given. Pictures live on atlas pages, packed on shelves, for as
 * long as there is room, those larger than a page in parts; when the pages are full they are emptied and filled again with what is drawn.
 */
export function createSprites(regl: Regl): { draw(tile: Tile, sprites: readonly Sprite[]): void; dispose(): void } {
  const pageSize = Math.min(largestPage, regl.limits.maxTextureSize);
  let pages: Page[] = [];
  let slots = new Map<OffscreenCanvas, Slot>();
  const parts = new WeakMap<OffscreenCanvas, readonly Picture[]>();
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
  const partsOf = (picture: Picture): readonly Picture[] => {
    const { canvas, x, y } = picture;
    if (canvas.width <= pageSize && canvas.height <= pageSize) return [picture];
    const known = parts.get(canvas) ?? cut(canvas, pageSize);
    parts.set(canvas, known);
    return known.map((part) => ({ canvas: part.canvas, x: x + part.x, y: y + part.y }));
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
    if (page !== undefined && page.x + width > pageSize) {
      page.y += page.shelf;
      page.x = 0;
      page.shelf = 0;
    }
    if (page === undefined || page.y + height > pageSize) {
      const texture = regl.texture({ width: pageSize, height: pageSize, premultiplyAlpha: true });
      page = { texture, x: 0, y: 0, shelf: 0 };
      pages.push(page);
    }
    const slot = { page: pages.length - 1, x: page.x, y: page.y };
    page.x += width + 1;
    page.shelf = Math.max(page.shelf, height + 1);
    return slot;
  };

  return {
    draw(tile, sprites) {
      const isSeen = ({ minX, minY, maxX, maxY }: Box): boolean =>
        minX < tile.x + tile.width && minY < tile.y + tile.height && maxX > tile.x && maxY > tile.y;
      if (pages.length > 8) forget();
      const placed = sprites
        .filter(({ bounds }) => isSeen(bounds))
        .flatMap((sprite) => partsOf(sprite.picture()))
        .filter(({ canvas, x, y }) => isSeen({ minX: x, minY: y, maxX: x + canvas.width, maxY: y + canvas.height }))
        .map((picture) => ({ picture, slot: slotOf(picture.canvas) }));
      for (let first = 0; first < placed.length; ) {
        const { page } = placed[first].slot;
        let end = first;
        while (end < placed.length && placed[end].slot.page === page) end++;
        const run = placed.slice(first, end);
        place(run.flatMap(({ picture: { canvas, x, y } }) => [x, y, canvas.width, canvas.height]));
        source(run.flatMap(({ slot }) => [slot.x, slot.y]));
        command({
          atlas: pages[page].texture,
          atlasSize: [pageSize, pageSize],
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
