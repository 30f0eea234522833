import { cellSizeOf, type Grid } from '../field.ts';
import { type HillshadeSettings, hillshadeMethods } from '../hillshade.ts';
import { meanSlope, typicalSlope } from '../relief.ts';
import type { Stage } from './fourier.ts';
import type { Lattice } from './lattice.ts';

/** What shaders take as uniforms: one struct each, named as there, as the bytes of it. */
type Uniform = Uint8Array<ArrayBuffer>;

/** Fields of four bytes one after the other, as runs of floats and of counts. */
function fields(...runs: readonly (Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>)[]): Uniform {
  const bytes = new Uint8Array(runs.reduce((sum, run) => sum + run.byteLength, 0));
  let at = 0;
  for (const run of runs) {
    bytes.set(new Uint8Array(run.buffer), at);
    at += run.byteLength;
  }
  return bytes;
}

const floats = (...values: number[]) => Float32Array.from(values);
const counts = (...values: number[]) => Uint32Array.from(values);

/** How many quanta one weight is: a knot gets at most 0.3025 of all weights, which then is less than 2³². */
export function quantaFor(totalWeight: number): number {
  return (3 * 2 ** 32) / totalWeight;
}

export function depositUniform(lattice: Lattice, nodeCount: number, quanta: number): Uniform {
  const { cornerX, cornerY, spacing, offsetX, offsetY, width, height } = lattice;
  return fields(floats(cornerX, cornerY, 1 / spacing, quanta, offsetX, offsetY), counts(width, height, nodeCount));
}

export function knotsUniform({ width, height, periodX }: Lattice, quanta: number): Uniform {
  return fields(counts(width, height, periodX), floats(1 / quanta));
}

export function stageUniform(stage: Stage): Uniform {
  const { count, radix, done, known, lines, elementStride, lineStride, rootStride, isInverse } = stage;
  return fields(counts(count, radix, done, known, lines, elementStride, lineStride, rootStride, isInverse ? 1 : 0));
}

export function foldUniform({ periodX, periodY }: Lattice): Uniform {
  return fields(counts(periodX, periodY));
}

/** @param firstKnot where the lattice's coordinates of the box's corner lie, the same on both axes */
export function gatherUniform(grid: Grid, { spacing, periodX }: Lattice, firstKnot: number): Uniform {
  const cell = cellSizeOf(grid);
  const perCell = floats(cell.x / spacing, cell.y / spacing, firstKnot, firstKnot);
  return fields(counts(grid.width, grid.height), perCell, counts(periodX));
}

export function slopesUniform({ width, height }: Grid): Uniform {
  return fields(counts(width, height));
}

export function summitUniform(parts: number): Uniform {
  return fields(counts(parts));
}

export function hillshadeUniform(
  { width, height }: Grid,
  { azimuth, altitude, zFactor, method }: HillshadeSettings,
): Uniform {
  const radians = Math.PI / 180;
  return fields(
    counts(width, height, hillshadeMethods.indexOf(method)),
    floats(zFactor * typicalSlope, zFactor * meanSlope, azimuth * radians, altitude * radians),
  );
}
