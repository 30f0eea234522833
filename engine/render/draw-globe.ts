import type { Framebuffer2D, Regl } from 'regl';
import { renderShaders } from '../../shaders/index.ts';
import { premultiplied, props, type Tile } from './frame.ts';

/** A square of Web Mercator whose drawing lies on a globe. */
export interface GlobeTile {
  /** Tells it from others. */
  readonly key: string;
  /** Its left, top and side, as shares of the world. */
  readonly square: readonly [left: number, top: number, side: number];
  /** Its part of a drawing. */
  readonly tile: Tile;
}

/** How a globe is seen. Matrices by columns, to clip space. */
export interface Globe {
  /** Of a sphere of radius 1, whose x goes to 90° E, y to the north pole and z to 0° E. */
  readonly globeMatrix: ArrayLike<number>;
  /** Of the square of Web Mercator, 0 to 1 from the left and from the top. */
  readonly planeMatrix: ArrayLike<number>;
  /** The plane that parts the near side from the far side. */
  readonly horizon: ArrayLike<number>;
  /** 1 for the globe, 0 for the plane that it turns into near the ground. */
  readonly globeness: number;
}

/** Drawings of tiles that are kept, to be laid over a globe. */
export interface GlobeTiles<Shown extends GlobeTile> {
  /** Takes these tiles for those that are seen, and runs what draws each that is not kept into its picture. */
  draw(tiles: readonly Shown[], run: (tile: Shown) => void): void;
  /** Lays what is seen over the framebuffer of the moment. */
  show(globe: Globe, size: Pick<Tile, 'width' | 'height'>, opacity: number): void;
  /** Forgets all drawings. */
  clear(): void;
}

/** Tiles that are kept although they are out of sight, of 1 MB each for 512 pixels a side. */
const spareTiles = 32;
/** Flat pieces across a tile: over the whole globe, their middles lie under it by half a thousandth of its diameter or less. */
const pieces = 64;

export function createGlobeTiles<Shown extends GlobeTile>(regl: Regl): GlobeTiles<Shown> {
  const { framebuffer, viewport } = props(regl, ['framebuffer', 'viewport']);
  const into = regl({ framebuffer });
  const lay = regl({
    vert: renderShaders.globeVert,
    frag: renderShaders.globeFrag,
    attributes: { corner: regl.buffer(gridCorners(pieces)) },
    uniforms: props(regl, ['picture', 'opacity', 'square', 'globeMatrix', 'planeMatrix', 'horizon', 'globeness']),
    viewport,
    blend: premultiplied,
    depth: { enable: false },
    count: 6 * pieces ** 2,
  });
  const pictures = new Map<string, Framebuffer2D>();
  let seen: readonly Shown[] = [];
  return {
    draw(tiles, run) {
      seen = tiles;
      for (const tile of tiles) {
        const picture = pictures.get(tile.key) ?? pictureOf(regl, tile.tile);
        if (!pictures.delete(tile.key)) into({ framebuffer: picture }, () => run(tile));
        pictures.set(tile.key, picture);
      }
      for (const [key, picture] of pictures) {
        if (pictures.size <= tiles.length + spareTiles) break;
        picture.destroy();
        pictures.delete(key);
      }
    },
    show({ globeMatrix, planeMatrix, horizon, globeness }, { width, height }, opacity) {
      const globe = {
        ...{ globeMatrix: Array.from(globeMatrix), planeMatrix: Array.from(planeMatrix), globeness, opacity },
        ...{ horizon: Array.from(horizon), viewport: { x: 0, y: 0, width, height } },
      };
      lay(seen.map(({ key, square }) => ({ ...globe, square, picture: pictures.get(key) })));
    },
    clear() {
      for (const picture of pictures.values()) picture.destroy();
      pictures.clear();
      seen = [];
    },
  };
}

/** Unlike a picture of the canvas's size, one that is stretched. */
function pictureOf(regl: Regl, { width, height }: Tile): Framebuffer2D {
  const color = regl.texture({ width, height, min: 'linear', mag: 'linear' });
  return regl.framebuffer({ color, depthStencil: false });
}

/** Triangles of a grid over a square of side 1: x0, y0, x1, y1, … */
function gridCorners(pieces: number): Float32Array {
  const corners = [0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1];
  return Float32Array.from({ length: 12 * pieces ** 2 }, (_, i) => {
    const piece = Math.floor(i / 12);
    const start = i % 2 === 0 ? piece % pieces : Math.floor(piece / pieces);
    return (start + corners[i % 12]) / pieces;
  });
}
