import type { Regl } from 'regl';
import { renderShaders } from '../../shaders/index.ts';
import { cellSizeOf, type Field, mapWidthOf } from '../relief/field.ts';
import { hillshadeMethods } from '../relief/hillshade.ts';
import { createFieldTexture, sheetOf } from './field-texture.ts';
import { derived, type Layer, placement, placementUniforms, props, rgb, sheetCorners } from './frame.ts';

const uniforms = [
  ...placementUniforms,
  'field',
  'fieldSize',
  'sheet',
  'peak',
  'azimuth',
  'altitude',
  'steepness',
  'method',
  'paper',
  'shadeColor',
  'tintHeights',
  'tintOpacity',
  'contourColor',
  'isOnPaper',
] as const;

const radians = Math.PI / 180;
const contourCount = 8;

/** Paper, tint and hillshade; bare paper where the relief is switched off. */
export function createReliefLayer(regl: Regl): Layer {
  const fields = derived(
    (field: Field) => createFieldTexture(regl, field),
    (texture) => texture.destroy(),
  );
  const arrays = { ...indexed('tintColors', 4), ...indexed('contours', contourCount) };
  const command = regl({
    vert: renderShaders.sheetVert,
    frag: renderShaders.reliefFrag,
    attributes: { corner: sheetCorners },
    uniforms: { ...props(regl, uniforms), ...arrays },
    depth: { enable: false },
    count: 3,
  });
  return {
    draw(frame) {
      const { map } = frame;
      const { field, peak, exaggeration } = map.relief;
      const { relief } = map.settings;
      if (!relief.show || peak === 0) return;
      const heights = Array.from({ length: contourCount }, (_, i) => relief.contours[i] ?? -1);
      command({
        ...placement(frame),
        field: fields.of(field),
        fieldSize: [field.width, field.height],
        sheet: sheetOf(field.box),
        peak,
        azimuth: relief.azimuth * radians,
        altitude: relief.altitude * radians,
        steepness: (relief.zFactor * exaggeration * mapWidthOf(field.box)) / (peak * cellSizeOf(field).x),
        method: hillshadeMethods.indexOf(relief.method),
        paper: rgb(map.palette.paper),
        shadeColor: rgb(map.palette.shade),
        tintHeights: map.palette.tint.map(({ height }) => height),
        tintOpacity: map.palette.tintOpacity,
        tintColors: map.palette.tint.map(({ color }) => rgb(color)),
        contours: heights,
        contourColor: rgb(map.palette.local),
        isOnPaper: frame.isOnPaper,
      });
    },
    dispose: fields.dispose,
  };
}

/** regl takes a uniform array as one uniform an element. */
function indexed(name: string, length: number): Record<string, unknown> {
  return Object.fromEntries(
    Array.from({ length }, (_, i) => [
      `${name}[${i}]`,
      (_context: unknown, values: Record<string, readonly unknown[]>) => values[name][i],
    ]),
  );
}
