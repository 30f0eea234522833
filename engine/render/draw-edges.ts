import type { Regl } from 'regl';
import { renderShaders } from '../../shaders/index.ts';
import type { EdgeMarks } from '../map/edge-marks.ts';
import type { Field } from '../relief/field.ts';
import type { Relief } from '../relief/relief.ts';
import { createQuadTexture, createShareTexture, sheetOf } from './field-texture.ts';
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
} from './frame.ts';
import { markPlacement, type PositionTexture } from './position-texture.ts';
import { createSeenStrokes } from './seen-strokes.ts';
import { createCourses, createStrokes, destroyStrokes, pieceCorners, swingCuts } from './strokes.ts';
import { createTarget } from './target.ts';

/**
 * Into how many straight pieces each swing of a stroke into its lane is cut: a swing as wide as a twentieth of the sheet
 * then runs within a pixel of its curve, and its corners are not seen.
 */
function swingPieces({ map, view }: Frame): number {
  const across = ((map.sheet.maxX - map.sheet.minX) * view.pixelRatio) / view.unitsPerPixel;
  return across <= 1600 ? 8 : across <= 6400 ? 16 : 32;
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
  const strokes = derived(
    (marks: EdgeMarks) =>
      marks.courses === undefined
        ? {
            local: createStrokes(regl, marks, 'local'),
            apart: createStrokes(regl, marks, 'apart'),
            gathered: createStrokes(regl, marks, 'gathered'),
          }
        : { courses: createCourses(regl, marks, marks.courses) },
    (groups) => Object.values(groups).forEach(destroyStrokes),
  );
  const seenOf = createSeenStrokes(lineWidthOf);
  const crowding = derived(
    (field: Field) => createQuadTexture(regl, field),
    (texture) => texture.destroy(),
  );
  const density = derived(
    ({ field, peak }: Relief) => createShareTexture(regl, field, peak),
    (texture) => texture.destroy(),
  );
  const target = createTarget(regl, floatTypeOf(regl));
  const { ends, axis, energy, framebuffer, count } = props(regl, ['ends', 'axis', 'energy', 'framebuffer', 'count']);
  const accumulate = (frag: string, cuts: readonly number[], piece: object = { constant: [0, 0, 0, 0] }) =>
    regl({
      vert: renderShaders.strokesVert,
      frag,
      attributes: {
        corner: pieceCorners(cuts),
        ends: { buffer: ends, divisor: 1 },
        axis: { buffer: axis, divisor: 1 },
        energy: { buffer: energy, divisor: 1 },
        piece,
      },
      uniforms: {
        ...props(regl, strokeUniforms),
        isInPieces: 'buffer' in piece,
        isColored: false,
        color: [0, 0, 0, 0],
      },
      framebuffer,
      blend: { enable: true, func: { src: 'one', dst: 'one' } },
      depth: { enable: false },
      count: 6 * (cuts.length - 1),
      instances: count,
    });
  const { piece } = props(regl, ['piece']);
  const pen = (frag: string) => {
    const bent = new Map<number, ReturnType<typeof accumulate>>();
    return {
      straight: accumulate(frag, [0, 1]),
      courses: accumulate(frag, [0, 1], { buffer: piece, divisor: 1 }),
      bentBy(pieces: number) {
        const known = bent.get(pieces) ?? accumulate(frag, swingCuts(pieces));
        bent.set(pieces, known);
        return known;
      },
    };
  };
  const [plain, haloed] = [pen(renderShaders.strokesPlainFrag), pen(renderShaders.strokesFrag)];
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
      const { local, apart, gathered, courses } = strokes.of(seenOf(frame));
      const { strength, cap, adaptation, bundling, halo } = map.settings.edges;
      const hasHalo = halo > 0 && map.relief.peak > 0;
      const far = hasHalo ? haloed : plain;
      const how = {
        ...markPlacement(frame, positionsOf(frame)),
        ...(hasHalo && { ...haloOf(frame), field: density.of(map.relief) }),
        halfWidth: lineWidth / 2,
        framebuffer,
      };
      if (local?.count) plain.straight({ ...how, ...local, bundling: 0 });
      if (apart?.count) far.straight({ ...how, ...apart, bundling: 0 });
      if (gathered?.count) far.bentBy(swingPieces(frame))({ ...how, ...gathered, bundling });
      if (courses?.count) far.courses({ ...how, ...courses, bundling: 0 });
      const { box, width, height } = map.edges.crowding;
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
      density.dispose();
      target.dispose();
    },
  };
}

/** What strokes with a halo are told beside the density of nodes. */
function haloOf({ map, view }: Frame) {
  return {
    halo: map.settings.edges.halo,
    reach: Math.max(1, (map.closeness.deltaMax * view.pixelRatio) / view.unitsPerPixel),
    sheet: sheetOf(map.relief.field.box),
  };
}

const strokeUniforms = [...markUniforms, 'halfWidth', 'bundling', 'halo', 'reach', 'field', 'sheet'] as const;

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

/** Half floats where full ones cannot be blended. */
function floatTypeOf(regl: Regl): 'float' | 'half float' {
  return regl.hasExtension('webgl_color_buffer_float') && regl.hasExtension('ext_float_blend') ? 'float' : 'half float';
}
