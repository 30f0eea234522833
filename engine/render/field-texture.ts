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

/** A field as shares of its peak, in bytes that the GPU interpolates: for what needs no finer steps than 1/255. */
export function createShareTexture(regl: Regl, { width, height, values }: Field, peak: number): Texture2D {
  const data = Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.round((255 * value) / peak))));
  return regl.texture({ width, height, data, format: 'luminance', type: 'uint8', min: 'linear', mag: 'linear' });
}

/** A field whose texels hold the values of four cells, so that reading between them takes one: its own, right, below, both. */
export function createQuadTexture(regl: Regl, { width, height, values }: Field): Texture2D {
  const data = Float32Array.from({ length: 4 * width * height }, (_, k) => {
    const cell = k >> 2;
    const column = Math.min(width - 1, (cell % width) + (k & 1));
    const row = Math.min(height - 1, Math.floor(cell / width) + ((k >> 1) & 1));
    return values[row * width + column];
  });
  return regl.texture({ width, height, data, format: 'rgba', type: 'float', min: 'nearest', mag: 'nearest' });
}

/** The uniform `sheet` of shaders that read a field: least x, greatest y, width, height of its box, layout units. */
export function sheetOf({ minX, minY, maxX, maxY }: Box): [number, number, number, number] {
  return [minX, maxY, maxX - minX, maxY - minY];
}
