import FFT from 'fft.js';
import { type KernelShape, kernelSpectrum, pairsAtOnce } from './kernel-spectrum.ts';

/** A rectangle of knots of a lattice: `column` and `row` are those of its first value, and may be negative. */
export interface Patch {
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Convolves values on one patch into another, zero-padded so that nothing wraps around.
 *
 * @param values one a knot of `source`, row by row
 * @returns one value a knot of `target`, row by row
 */
export function convolve(values: Float64Array, source: Patch, target: Patch, shape: KernelShape): Float64Array {
  const x = periodFor(source.column, source.width, target.column, target.width);
  const y = periodFor(source.row, source.height, target.row, target.height);
  const fftX = new FFT(x.count);
  const fftY = new FFT(y.count);
  // Column-major half spectrum: columns / 2 + 1 columns of complex numbers.
  const half = new Float64Array((x.count / 2 + 1) * y.count * 2);
  transformRows(fftX, y.count, source, values, half);
  multiplyColumns(fftY, kernelSpectrum(fftX, fftY, x.reach, y.reach, shape), half);
  return invertRows(fftX, y.count, target, half);
}

/** Knots between the largest offset and the middle of the period, over which the kernel is levelled out. */
export const guard = 12;

/** How long the period is along an axis, a power of two, and the largest offset from a source to a target knot. */
interface Period {
  readonly count: number;
  readonly reach: number;
}

function periodFor(source: number, sourceCount: number, target: number, targetCount: number): Period {
  const reach = Math.max(target + targetCount - 1 - source, source + sourceCount - 1 - target, 0);
  return { count: 2 ** Math.ceil(Math.log2(2 * (reach + guard))), reach };
}

/** Transforms the source's rows, two real ones as one complex row, into the half spectrum's columns. */
function transformRows(fftX: FFT, rows: number, source: Patch, values: Float64Array, half: Float64Array): void {
  const columns = fftX.size;
  const mask = columns - 1;
  const input = new Float64Array(2 * columns);
  const outputs = Array.from({ length: pairsAtOnce }, () => new Float64Array(2 * columns));
  for (let first = 0; first < source.height; first += 2 * pairsAtOnce) {
    const last = Math.min(first + 2 * pairsAtOnce, source.height);
    for (let row = first; row < last; row += 2) {
      input.fill(0);
      const hasSecond = row + 1 < source.height;
      for (let i = 0, at = row * source.width; i < source.width; i++, at++) {
        const column = (source.column + i) & mask;
        input[2 * column] = values[at];
        if (hasSecond) input[2 * column + 1] = values[at + source.width];
      }
      fftX.transform(outputs[(row - first) / 2], input);
    }
    for (let k = 0; k <= columns / 2; k++) {
      const mirrored = 2 * ((columns - k) & mask);
      for (let row = first; row < last; row += 2) {
        const output = outputs[(row - first) / 2];
        const real = output[2 * k];
        const imaginary = output[2 * k + 1];
        const mirroredReal = output[mirrored];
        const mirroredImaginary = output[mirrored + 1];
        const at = 2 * (k * rows + ((source.row + row) & (rows - 1)));
        half[at] = 0.5 * (real + mirroredReal);
        half[at + 1] = 0.5 * (imaginary - mirroredImaginary);
        if (row + 1 === last) continue;
        const next = 2 * (k * rows + ((source.row + row + 1) & (rows - 1)));
        half[next] = 0.5 * (imaginary + mirroredImaginary);
        half[next + 1] = 0.5 * (mirroredReal - real);
      }
    }
  }
}

/** Convolves each column in place: there, times the kernel's spectrum, and back. */
function multiplyColumns(fftY: FFT, spectrum: Float64Array, half: Float64Array): void {
  const rows = fftY.size;
  const stride = rows / 2 + 1;
  const buffer = new Float64Array(2 * rows);
  for (let k = 0; k * rows * 2 < half.length; k++) {
    const column = half.subarray(2 * k * rows, 2 * (k + 1) * rows);
    fftY.transform(buffer, column);
    for (let row = 0; row < rows; row++) {
      const factor = spectrum[k * stride + Math.min(row, rows - row)];
      buffer[2 * row] *= factor;
      buffer[2 * row + 1] *= factor;
    }
    fftY.inverseTransform(column, buffer);
  }
}

/** Transforms the target's rows back, two real ones as one complex row. */
function invertRows(fftX: FFT, rows: number, target: Patch, half: Float64Array): Float64Array {
  const columns = fftX.size;
  const mask = columns - 1;
  const values = new Float64Array(target.width * target.height);
  const inputs = Array.from({ length: pairsAtOnce }, () => new Float64Array(2 * columns));
  const output = new Float64Array(2 * columns);
  for (let first = 0; first < target.height; first += 2 * pairsAtOnce) {
    const last = Math.min(first + 2 * pairsAtOnce, target.height);
    for (let k = 0; k <= columns / 2; k++) {
      const mirrored = 2 * ((columns - k) & mask);
      for (let row = first; row < last; row += 2) {
        const input = inputs[(row - first) / 2];
        const at = 2 * (k * rows + ((target.row + row) & (rows - 1)));
        const next = 2 * (k * rows + ((target.row + row + 1) & (rows - 1)));
        input[2 * k] = half[at] - half[next + 1];
        input[2 * k + 1] = half[at + 1] + half[next];
        input[mirrored] = half[at] + half[next + 1];
        input[mirrored + 1] = half[next] - half[at + 1];
      }
    }
    for (let row = first; row < last; row += 2) {
      fftX.inverseTransform(output, inputs[(row - first) / 2]);
      const hasSecond = row + 1 < target.height;
      for (let i = 0, at = row * target.width; i < target.width; i++, at++) {
        const column = (target.column + i) & mask;
        values[at] = output[2 * column];
        if (hasSecond) values[at + target.width] = output[2 * column + 1];
      }
    }
  }
  return values;
}
