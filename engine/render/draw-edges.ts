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
  pieceCorners,
  placement,
  placementUniforms,
  premultiplied,
  props,
  rgb,
  sheetCorners,
} from './frame.ts';
import { markPlacement, type PositionTexture } from './position-texture.ts';
import { createTarget } from './target.ts';

interface StrokeBuffers {
  readonly ends: Buffer;
  readonly axis: Buffer;
  readonly energy: Buffer;
  readonly count: number;
}

/** Into how many straight pieces a stroke is cut that swings into a lane: at 8 pixels of swing a corner is not seen. */
const pieces = 16;

/** Width of a stroke in device pixels: never under one, so that no edge is lost at a small scale. */
function lineWidthOf({ map, view, scale }: Frame): number {
  return Math.max(1, map.settings.edges.width * scale.line * view.pixelRatio);
}

/**
 * Edges in two steps: every stroke adds its energy to a float target, so that bundles add up beyond what eight bits
 * could hold; then one pass turns energy into ink.
 */
export function createEdgeLayer(regl: Regl, positionsOf: (frame: Frame) => PositionTexture): Layer {
  const strokes = derived(
    (marks: EdgeMarks) => [strokeBuffers(regl, marks, false), strokeBuffers(regl, marks, true)] as const,
    (both) => both.forEach(destroyStrokes),
  );
  const crowding = derived(
    (field: Field) => createFieldTexture(regl, field),
    (texture) => texture.destroy(),
  );
  const target = createTarget(regl, floatTypeOf(regl));
  const { ends, axis, energy, framebuffer, count } = props(regl, ['ends', 'axis', 'energy', 'framebuffer', 'count']);
  const accumulate = (piecesEach: number) =>
    regl({
      vert: renderShaders.strokesVert,
      frag: renderShaders.strokesFrag,
      attributes: {
        corner: pieceCorners(piecesEach),
        ends: { buffer: ends, divisor: 1 },
        axis: { buffer: axis, divisor: 1 },
        energy: { buffer: energy, divisor: 1 },
      },
      uniforms: { ...props(regl, [...markUniforms, 'halfWidth', 'bundling']), isColored: false, color: [0, 0, 0, 0] },
      framebuffer,
      blend: { enable: true, func: { src: 'one', dst: 'one' } },
      depth: { enable: false },
      count: 6 * piecesEach,
      instances: count,
    });
  const [accumulateStraight, accumulateBent] = [accumulate(1), accumulate(pieces)];
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
      const [apart, gathered] = strokes.of(map.edges);
      const how = { ...markPlacement(frame, positionsOf(frame)), halfWidth: lineWidth / 2, framebuffer };
      if (apart.count > 0) accumulateStraight({ ...how, ...apart, bundling: 0 });
      if (gathered.count > 0) accumulateBent({ ...how, ...gathered, bundling: map.settings.edges.bundling });
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

/** The strokes that are gathered between the nodes of an axis, or those that run apart. */
function strokeBuffers(regl: Regl, { ends, axes, energy, nonlocal }: EdgeMarks, isGathered: boolean): StrokeBuffers {
  const isApart = (e: number) => axes[2 * e] === ends[2 * e] && axes[2 * e + 1] === ends[2 * e + 1];
  const chosen = Uint32Array.from(energy.keys()).filter((e) => isApart(e) !== isGathered);
  const pairs = (values: Uint32Array) =>
    regl.buffer(Float32Array.from({ length: 2 * chosen.length }, (_, k) => values[2 * chosen[k >> 1] + (k % 2)]));
  const channels = new Float32Array(2 * chosen.length);
  chosen.forEach((e, i) => {
    channels[2 * i + (nonlocal[e] ? 0 : 1)] = energy[e];
  });
  return { ends: pairs(ends), axis: pairs(axes), energy: regl.buffer(channels), count: chosen.length };
}

function destroyStrokes({ ends, axis, energy }: StrokeBuffers): void {
  ends.destroy();
  axis.destroy();
  energy.destroy();
}

/** Half floats where full ones cannot be blended. */
function floatTypeOf(regl: Regl): 'float' | 'half float' {
  return regl.hasExtension('webgl_color_buffer_float') && regl.hasExtension('ext_float_blend') ? 'float' : 'half float';
}
