import type { Buffer, Regl } from 'regl';
import { renderShaders } from '../../shaders/index.ts';
import { derived, type Emphasis, type Frame, type Layer, markUniforms, premultiplied, props, rgb } from './frame.ts';
import { markPlacement, type PositionTexture } from './position-texture.ts';
import { pieceCorners } from './strokes.ts';

/** Emphasised links are seen over everything. A sampler needs some texture, though it is not read. */
function noHalo(regl: Regl) {
  return {
    halo: 0,
    reach: 1,
    peak: 1,
    fieldSize: [1, 1],
    sheet: [0, 0, 1, 1],
    field: props(regl, ['positions']).positions,
  };
}

/** The links of what is hovered or found, in the accent colour over the other edges. */
export function createEmphasisLayer(regl: Regl, positionsOf: (frame: Frame) => PositionTexture): Layer {
  const links = derived(
    (emphasis: Emphasis): Buffer => regl.buffer(Float32Array.from(emphasis.links)),
    (buffer) => buffer.destroy(),
  );
  const { ends, count } = props(regl, ['ends', 'count']);
  const command = regl({
    vert: renderShaders.strokesVert,
    frag: renderShaders.strokesFrag,
    attributes: {
      corner: pieceCorners(1),
      ends: { buffer: ends, divisor: 1 },
      axis: { constant: [0, 0] },
      energy: { constant: [0, 0] },
    },
    uniforms: {
      ...props(regl, [...markUniforms, 'halfWidth', 'color']),
      ...noHalo(regl),
      bundling: 0,
      isColored: true,
    },
    blend: premultiplied,
    depth: { enable: false },
    count: 6,
    instances: count,
  });
  return {
    draw(frame) {
      const { emphasis, map, view } = frame;
      if (emphasis === undefined || emphasis.links.length === 0) return;
      const opacity = 0.75;
      command({
        ...markPlacement(frame, positionsOf(frame)),
        ends: links.of(emphasis),
        count: emphasis.links.length / 2,
        halfWidth: 0.6 * view.pixelRatio,
        color: [...rgb(map.palette.accent).map((share) => share * opacity), opacity],
      });
    },
    dispose: links.dispose,
  };
}
