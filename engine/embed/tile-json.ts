import type { Box } from '../base/box.ts';
import { IsthmusError } from '../base/errors.ts';
import { escapeXml } from '../formats/xml.ts';
import type { GraphMap } from '../map/graph-map.ts';
import { groundColor } from '../map/ground.ts';
import { plainText } from '../map/labels.ts';
import { hex } from '../output/svg-text.ts';
import type { Extent } from '../output/tiles/pyramid.ts';

/** Tiles of the drawn map that `isthmus tiles` wrote to a folder, as their TileJSON describes them. */
export interface TileFolder extends Extent {
  /** A whole address with {z}, {x} and {y}. */
  readonly address: string;
  readonly maxZoom: number;
  /** Device pixels per CSS pixel: tiles are 256 times as wide. */
  readonly pixelRatio: number;
  readonly title: string;
  /** A CSS colour for what is around the tiles. */
  readonly background: string;
}

/**
 * Reads the `tiles.json` of a folder that `isthmus tiles` wrote; `address` may be relative to the page.
 *
 * @throws InputError if there is none or it is another program's.
 */
export async function readTileFolder(address: string): Promise<TileFolder> {
  const whole = new URL(address, document.baseURI);
  const answer = await fetch(whole);
  if (!answer.ok) throw new IsthmusError('InputError', `${whole.href} was answered with status ${answer.status}.`);
  const { tiles, maxzoom, pixelRatio, name, background, sheet, world } = await answer.json().catch(() => ({}));
  const template = Array.isArray(tiles) ? tiles[0] : undefined;
  const isFolder = typeof template === 'string' && [maxzoom, pixelRatio].every(Number.isFinite);
  if (!isFolder || !isBox(sheet) || !isBox(world)) {
    const expected = 'the TileJSON of a folder of raster tiles, with tiles, maxzoom, pixelRatio, sheet and world';
    throw new IsthmusError('InputError', `${whole.href} was expected to be ${expected}.`);
  }
  // Braces must stay as they are, which URLs encode.
  const base = /^(\w+:|\/)/.test(template) ? '' : new URL('.', whole).href;
  const said = { title: String(name ?? ''), background: String(background ?? '') };
  return { address: base + template, maxZoom: maxzoom, pixelRatio, ...said, sheet, world };
}

function isBox(value: unknown): value is Box {
  const box = value as Box | null | undefined;
  return [box?.minX, box?.minY, box?.maxX, box?.maxY].every(Number.isFinite);
}

/** A CSS colour for what is around the tiles of a live map. */
export function backgroundOf(map: GraphMap): string {
  return hex(groundColor(map));
}

/** A title as the attributions of map libraries take it: HTML in which markup is text. */
export function attributionOf({ title }: Pick<GraphMap, 'title'>): string {
  return escapeXml(plainText(title));
}
