import type { Regl, Texture2D } from 'regl';
import type { Positions } from '../graph/packed-graph.ts';
import { type Frame, placement } from './frame.ts';

/** Node positions as a float texture, one node a texel (luminance x, alpha y), rows filled from node 0 on. */
export interface PositionTexture {
  readonly texture: Texture2D;
  readonly size: readonly [number, number];
}

/** Uploads positions. Strokes and nodes read them by index, so that a moving layout sends 8 bytes a node and no more. */
export function createPositionTexture(regl: Regl, positions: Positions): PositionTexture {
  const nodes = positions.length / 2;
  const width = Math.max(1, Math.min(regl.limits.maxTextureSize, Math.ceil(Math.sqrt(nodes))));
  const height = Math.max(1, Math.ceil(nodes / width));
  const data = new Float32Array(2 * width * height);
  data.set(positions);
  const texture = regl.texture({
    width,
    height,
    data,
    format: 'luminance alpha',
    type: 'float',
    min: 'nearest',
    mag: 'nearest',
  });
  return { texture, size: [width, height] };
}

/** The values of `markUniforms`: where marks stand in a drawing, by these positions. */
export function markPlacement(frame: Frame, { texture, size }: PositionTexture) {
  return { ...placement(frame), positions: texture, positionsSize: size };
}
