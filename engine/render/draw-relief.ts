import type { Regl } from 'regl';
import { renderShaders } from '../../shaders/index.ts';
import { cellSizeOf, type Field, mapWidthOf } from '../relief/field.ts';
import type { HillshadeMethod } from '../relief/hillshade.ts';
import { derived, type Layer, placement, placementUniforms, props, rgb, sheetCorners } from './frame.ts';

/** The numbers by which the shader knows the methods. */
const methodNumbers: Record<HillshadeMethod, number> = {
  standard: 0,
  basic: 1,
  combined: 2,
  igor: 3,
  multidirectional: 4,
};

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
] as const;

const radians = Math.PI / 180;
const contourCount = 8;

/** Paper, tint and hillshade; bare paper where the relief is switched off. */
export function createReliefLayer(regl: Regl): Layer {
  const fields = derived(
    ({ width, height, values }: Field) =>
      regl.texture({ width, height, data: values, format: 'luminance', type: 'float', min: 'nearest', mag: 'nearest' }),
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
      const { box } = field;
      const heights = Array.from({ length: contourCount }, (_, i) => relief.contours[i] ?? -1);
      command({
        ...placement(frame),
        field: fields.of(field),
        fieldSize: [field.width, field.height],
        sheet: [box.minX, box.maxY, box.maxX - box.minX, box.maxY - box.minY],
        peak,
        azimuth: relief.azimuth * radians,
        altitude: relief.altitude * radians,
        steepness: (relief.zFactor * exaggeration * mapWidthOf(box)) / (peak * cellSizeOf(field).x),
        method: methodNumbers[relief.method],
        paper: rgb(map.palette.paper),
        shadeColor: rgb(map.palette.shade),
        tintHeights: map.palette.tint.map(({ height }) => height),
        tintOpacity: map.palette.tintOpacity,
        tintColors: map.palette.tint.map(({ color }) => rgb(color)),
        contours: heights,
        contourColor: rgb(map.palette.local),
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
