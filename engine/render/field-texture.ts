import type { Regl, Texture2D } from 'regl';
import type { Box } from '../base/box.ts';
import type { Field } from '../relief/field.ts';

/** A field's values as a float texture, one cell a texel, rows from the top. */
export function createFieldTexture(regl: Regl, { width, height, values }: Field): Texture2D {
  return regl.texture({
    width,
    height,
    data: values,
    format: 'luminance',
    type: 'float',
    min: 'nearest',
    mag: 'nearest',
  });
}

/** The uniform `sheet` of shaders that read a field: least x, greatest y, width, height of its box, layout units. */
export function sheetOf({ minX, minY, maxX, maxY }: Box): [number, number, number, number] {
  return [minX, maxY, maxX - minX, maxY - minY];
}
