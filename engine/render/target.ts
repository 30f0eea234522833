import type { Framebuffer2D, Regl } from 'regl';

/** An RGBA target that takes the size it is asked for. */
export interface Target {
  ofSize(width: number, height: number): Framebuffer2D;
  dispose(): void;
}

/** A target of bytes or floats; it is made when it is first asked for. */
export function createTarget(regl: Regl, colorType: 'uint8' | 'half float' | 'float'): Target {
  let framebuffer: Framebuffer2D | undefined;
  let size = [0, 0];
  return {
    ofSize(width, height) {
      framebuffer ??= regl.framebuffer({ width, height, colorFormat: 'rgba', colorType, depthStencil: false });
      if (size[0] !== width || size[1] !== height) framebuffer.resize(width, height);
      size = [width, height];
      return framebuffer;
    },
    dispose() {
      framebuffer?.destroy();
      framebuffer = undefined;
    },
  };
}
