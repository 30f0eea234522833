import type { Regl } from 'regl';
import { renderShaders } from '../../shaders/index.ts';
import { cellSizeOf, type Field, mapWidthOf } from '../relief/field.ts';
import { hillshadeMethods } from '../relief/hillshade.ts';
import { createFieldTexture, sheetOf } from './field-texture.ts';
import {
  derived,
  type Frame,
  type Layer,
  placement,
  placementUniforms,
  props,
  rgb,
  sheetCorners,
  type Tile,
} from './frame.ts';
import { createTarget } from './target.ts';

const uniforms = [
  ...placementUniforms,
  'spacing',
  'targetOrigin',
  'targetSize',
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

const betweenUniforms = ['samples', 'sampleCount', 'firstSample', 'spacing', 'tileOrigin', 'tileSize'] as const;

const radians = Math.PI / 180;
const contourCount = 8;
/** So many samples a cell show what the spline between cells shows: colours differ by one step of 255 at most. */
const samplesPerCell = 3;

/** Paper, tint and hillshade; bare paper where the relief is switched off. */
export function createReliefLayer(regl: Regl): Layer {
  const fields = derived(
    (field: Field) => createFieldTexture(regl, field),
    (texture) => texture.destroy(),
  );
  const target = createTarget(regl, 'uint8');
  const sheet = {
    vert: renderShaders.sheetVert,
    attributes: { corner: sheetCorners },
    depth: { enable: false },
    count: 3,
  };
  const arrays = { ...indexed('tintColors', 4), ...indexed('contours', contourCount) };
  const ground = regl({
    ...sheet,
    frag: renderShaders.reliefFrag,
    uniforms: { ...props(regl, uniforms), ...arrays },
  });
  const into = regl(props(regl, ['framebuffer']));
  const between = regl({ ...sheet, frag: renderShaders.reliefBetweenFrag, uniforms: props(regl, betweenUniforms) });
  return {
    draw(frame) {
      const { map, tile } = frame;
      if (!map.settings.relief.show || map.relief.peak === 0) return;
      const how = { ...placement(frame), ...lookOf(frame), field: fields.of(map.relief.field) };
      const spacing = spacingOf(frame);
      if (spacing === 1) {
        const { tileOrigin: targetOrigin, tileSize: targetSize } = how;
        ground({ ...how, spacing, targetOrigin, targetSize });
        return;
      }
      const { first, count } = samplesOn(tile, spacing);
      const targetOrigin = first.map((place) => (place - 0.5) * spacing);
      const samples = target.ofSize(...count);
      into({ framebuffer: samples }, () => ground({ ...how, spacing, targetOrigin, targetSize: count }));
      between({ ...placement(frame), samples, sampleCount: count, firstSample: first, spacing });
    },
    dispose() {
      fields.dispose();
      target.dispose();
    },
  };
}

function lookOf({ map, isOnPaper }: Frame) {
  const { field, peak, exaggeration } = map.relief;
  const { relief } = map.settings;
  return {
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
    contours: Array.from({ length: contourCount }, (_, i) => relief.contours[i] ?? -1),
    contourColor: rgb(map.palette.local),
    isOnPaper,
  };
}

/** Device pixels from one computed colour to the next, a power of two: 1 where every pixel counts, as under contours. */
function spacingOf(frame: Frame): number {
  const { relief, settings } = frame.map;
  const { scale, away } = placement(frame);
  if (settings.relief.contours.length > 0 || away.some((tilt) => tilt !== 0)) return 1;
  const cell = cellSizeOf(relief.field).x * scale;
  return Math.max(1, 2 ** Math.floor(Math.log2(cell / samplesPerCell)));
}

/** The samples around a tile's pixels, counted from the drawing's top left. */
function samplesOn({ x, y, width, height }: Tile, spacing: number) {
  const first: [number, number] = [Math.floor(x / spacing), Math.floor(y / spacing)];
  const last = [Math.floor((x + width) / spacing) + 1, Math.floor((y + height) / spacing) + 1];
  const count: [number, number] = [last[0] - first[0] + 1, last[1] - first[1] + 1];
  return { first, count };
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
