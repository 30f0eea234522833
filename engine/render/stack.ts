import createRegl, { type Regl } from 'regl';
import { IsthmusError } from '../base/errors.ts';
import type { Positions } from '../graph/packed-graph.ts';
import { createAnnotationLayer } from './draw-annotations.ts';
import { createEdgeLayer } from './draw-edges.ts';
import { createEmphasisLayer } from './draw-emphasis.ts';
import { createLabelLayer } from './draw-labels.ts';
import { createNodeLayer } from './draw-nodes.ts';
import { createReliefLayer } from './draw-relief.ts';
import { derived, type Frame, type Layer, rgb } from './frame.ts';
import { createPositionTexture } from './position-texture.ts';

const extensions = ['ANGLE_instanced_arrays', 'OES_texture_float', 'OES_standard_derivatives'];
const optionalExtensions = [
  'WEBGL_color_buffer_float',
  'EXT_float_blend',
  'EXT_color_buffer_half_float',
  'OES_texture_half_float',
  'EXT_blend_minmax',
];

/** regl in this context. @throws DeviceError if it lacks float textures or instancing. */
export function openRegl(gl: WebGLRenderingContext): Regl {
  try {
    return createRegl({ gl, extensions, optionalExtensions });
  } catch (error) {
    const missing = error instanceof Error ? error.message : String(error);
    throw new IsthmusError('DeviceError', `This GPU or browser cannot draw the map: ${missing}.`, { cause: error });
  }
}

/** All layers of a map, from the paper to the labels, drawn into the framebuffer of the moment. */
export function createStack(regl: Regl): Layer {
  const positions = derived(
    (values: Positions) => createPositionTexture(regl, values),
    ({ texture }) => texture.destroy(),
  );
  const positionsOf = (frame: Frame) => positions.of(frame.map.positions);
  const layers = [
    createReliefLayer(regl),
    createEdgeLayer(regl, positionsOf),
    createEmphasisLayer(regl, positionsOf),
    createNodeLayer(regl, positionsOf),
    createAnnotationLayer(regl),
    createLabelLayer(regl),
  ];
  return {
    draw(frame) {
      regl.clear({ color: frame.isOnPaper ? [...rgb(frame.map.palette.paper), 1] : [0, 0, 0, 0] });
      for (const layer of layers) layer.draw(frame);
    },
    dispose() {
      for (const layer of layers) layer.dispose();
      positions.dispose();
      regl.destroy();
    },
  };
}
