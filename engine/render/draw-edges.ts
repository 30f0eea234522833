import type { Buffer, Regl } from 'regl';
import { renderShaders } from '../../shaders/index.ts';
import type { EdgeMarks } from '../map/edge-marks.ts';
import type { Field } from '../relief/field.ts';
import { createFieldTexture, sheetOf } from './field-texture.ts';
import {
  derived,
  type Frame,
  type Layer,
  markUniforms,
  placement,
  placementUniforms,
  premultiplied,
  props,
  rgb,
  sheetCorners,
  strokeCorners,
} from './frame.ts';
import { markPlacement, type PositionTexture } from './position-texture.ts';
import { createTarget } from './target.ts';

interface StrokeBuffers {
  readonly ends: Buffer;
  readonly energy: Buffer;
  readonly count: number;
}

/** Width of a stroke in device pixels: never under one, so that no edge is lost at a small scale. */
function lineWidthOf({ map, view, scale }: Frame): number {
  return Math.max(1, map.settings.edges.width * scale.line * view.pixelRatio);
}

/**
 * Edges in two steps: every stroke adds its energy to a float target, so that bundles add up beyond what eight bits
 * could hold; then one pass turns energy into ink.
 */
export function createEdgeLayer(regl: Regl, positionsOf: (frame: Frame) => PositionTexture): Layer {
  const strokes = derived((marks: EdgeMarks) => strokeBuffers(regl, marks), destroyStrokes);
  const crowding = derived(
    (field: Field) => createFieldTexture(regl, field),
    (texture) => texture.destroy(),
  );
  const target = createTarget(regl, floatTypeOf(regl));
  const { ends, energy, framebuffer, count } = props(regl, ['ends', 'energy', 'framebuffer', 'count']);
  const accumulate = regl({
    vert: renderShaders.strokesVert,
    frag: renderShaders.strokesFrag,
    attributes: {
      corner: strokeCorners,
      ends: { buffer: ends, divisor: 1 },
      energy: { buffer: energy, divisor: 1 },
    },
    uniforms: { ...props(regl, [...markUniforms, 'halfWidth']), isColored: false, color: [0, 0, 0, 0] },
    framebuffer,
    blend: { enable: true, func: { src: 'one', dst: 'one' } },
    depth: { enable: false },
    count: 6,
    instances: count,
  });
  const ink = regl({
    vert: renderShaders.sheetVert,
    frag: renderShaders.edgesFrag,
    attributes: { corner: sheetCorners },
    uniforms: props(regl, inkUniforms),
    blend: premultiplied,
    depth: { enable: false },
    count: 3,
  });
  return {
    draw(frame) {
      const { map, tile } = frame;
      if (!map.settings.edges.show || map.edges.energy.length === 0) return;
      const framebuffer = target.ofSize(tile.width, tile.height);
      const lineWidth = lineWidthOf(frame);
      regl.clear({ framebuffer, color: [0, 0, 0, 0] });
      accumulate({
        ...markPlacement(frame, positionsOf(frame)),
        ...strokes.of(map.edges),
        halfWidth: lineWidth / 2,
        framebuffer,
      });
      const { box, width, height } = map.edges.crowding;
      const { strength, cap, adaptation } = map.settings.edges;
      ink({
        ...placement(frame),
        energy: framebuffer,
        crowding: crowding.of(map.edges.crowding),
        crowdingSize: [width, height],
        sheet: sheetOf(box),
        lineWidth,
        strength,
        cap,
        adaptation,
        nonlocalColor: rgb(map.palette.bridge),
        localColor: rgb(map.palette.local),
      });
    },
    dispose() {
      strokes.dispose();
      crowding.dispose();
      target.dispose();
    },
  };
}

const inkUniforms = [
  ...placementUniforms,
  'energy',
  'crowding',
  'crowdingSize',
  'sheet',
  'lineWidth',
  'strength',
  'cap',
  'adaptation',
  'nonlocalColor',
  'localColor',
] as const;

function strokeBuffers(regl: Regl, { ends, energy, nonlocal }: EdgeMarks): StrokeBuffers {
  const channels = new Float32Array(2 * energy.length);
  for (let e = 0; e < energy.length; e++) channels[2 * e + (nonlocal[e] ? 0 : 1)] = energy[e];
  return { ends: regl.buffer(Float32Array.from(ends)), energy: regl.buffer(channels), count: energy.length };
}

function destroyStrokes({ ends, energy }: StrokeBuffers): void {
  ends.destroy();
  energy.destroy();
}

/** Half floats where full ones cannot be blended. */
function floatTypeOf(regl: Regl): 'float' | 'half float' {
  return regl.hasExtension('webgl_color_buffer_float') && regl.hasExtension('ext_float_blend') ? 'float' : 'half float';
}
