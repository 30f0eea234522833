import type { Regl } from 'regl';
import { renderShaders } from '../../shaders/index.ts';
import type { View } from '../map/view.ts';
import { placement, premultiplied, props, sheetCorners, type Tile } from './frame.ts';
import { createTarget } from './target.ts';

/** A drawing that is kept, to be laid over what is there. */
export interface Picture {
  /** Runs what draws, into the picture. */
  draw(tile: Tile, run: () => void): void;
  /** Lays the picture of that tile over the framebuffer of the moment, from its bottom left. */
  show(tile: Tile, view: View, opacity: number): void;
  dispose(): void;
}

export function createPicture(regl: Regl): Picture {
  const target = createTarget(regl, 'uint8');
  const { framebuffer, viewport } = props(regl, ['framebuffer', 'viewport']);
  const into = regl({ framebuffer });
  const lay = regl({
    vert: renderShaders.sheetVert,
    frag: renderShaders.pictureFrag,
    attributes: { corner: sheetCorners },
    uniforms: props(regl, ['picture', 'tileSize', 'horizon', 'opacity']),
    viewport,
    blend: premultiplied,
    depth: { enable: false },
    count: 3,
  });
  let picture: ReturnType<typeof target.ofSize> | undefined;
  return {
    draw(tile, run) {
      picture = target.ofSize(tile.width, tile.height);
      into({ framebuffer: picture }, run);
    },
    show(tile, view, opacity) {
      const { unturn, away } = placement({ view, tile });
      const [a, b, c, d] = unturn;
      lay({
        picture,
        opacity,
        tileSize: [tile.width, tile.height],
        horizon: [a * away[0] + b * away[1], c * away[0] + d * away[1]],
        viewport: { x: 0, y: 0, width: tile.width, height: tile.height },
      });
    },
    dispose: target.dispose,
  };
}
