import type { Block, BlockOfTiles } from '../output/tiles/pyramid.ts';
import type { TileAddress } from '../output/tiles/tile-id.ts';

/** Files that stand beside tiles, by what they are. */
export interface TileTexts {
  readonly tileJson: object;
  readonly style: object;
}

/** How much was kept. */
export interface Kept {
  readonly tiles: number;
  readonly bytes: number;
}

/** Where tiles are kept while they are made. */
export interface TileStore {
  /** True for blocks that were kept by an earlier run. */
  isDone(block: Block): boolean;
  /** True for tiles that were kept and are not blank. */
  hasContent(address: TileAddress): boolean;
  /** @throws InputError that names the file that cannot be written. */
  add(made: BlockOfTiles): Promise<void>;
  /** Makes it whole, with its TileJSON and its style beside. */
  finish(texts: TileTexts): Promise<Kept>;
  /** Forgets what is not whole. */
  dispose(): Promise<void>;
}

/** A text file of one value. */
export function jsonFile(value: object): readonly Uint8Array[] {
  return [new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)];
}
