import type FFT from 'fft.js';

/** What to convolve with. */
export interface KernelShape {
  /** The value for an offset of (columns, rows), both 0 or more; the kernel is even in each. */
  readonly valueAt: (columns: number, rows: number) => number;
  /** What the spectrum is divided by along each axis, for a frequency in cycles a knot. */
  readonly response: (frequency: number) => number;
}

/** Rows are transformed in pairs, this many pairs at a time, so that writes across the columns fill cache lines. */
export const pairsAtOnce = 8;

/**
 * The real spectrum of an even kernel over the response, column-major: for each of columns/2 + 1 frequencies in x,
 * rows/2 + 1 in y. Along each axis the kernel is right up to `reachX` and `reachY` knots, and levelled out beyond.
 */
export function kernelSpectrum(fftX: FFT, fftY: FFT, reachX: number, reachY: number, shape: KernelShape): Float64Array {
  const halfX = fftX.size / 2;
  const halfY = fftY.size / 2;
  const offsetsX = levelledOffsets(halfX, reachX);
  const offsetsY = levelledOffsets(halfY, reachY);
  const spectrum = new Float64Array((halfX + 1) * (halfY + 1));
  transformRowsInto(spectrum, fftX, halfY, (column, row) => shape.valueAt(offsetsX[column], offsetsY[row]));
  transformColumns(spectrum, fftY, halfX);
  const responseX = offsetsX.map((_, k) => shape.response(k / fftX.size));
  const responseY = offsetsY.map((_, k) => shape.response(k / fftY.size));
  for (let k = 0, at = 0; k <= halfX; k++) {
    for (let row = 0; row <= halfY; row++, at++) spectrum[at] /= responseX[k] * responseY[row];
  }
  return spectrum;
}

/** Even real rows have real spectra, so two of them travel as one complex row. */
function transformRowsInto(
  spectrum: Float64Array,
  fft: FFT,
  halfRows: number,
  valueAt: (column: number, row: number) => number,
): void {
  const half = fft.size / 2;
  const input = new Float64Array(2 * fft.size);
  const outputs = Array.from({ length: pairsAtOnce }, () => new Float64Array(2 * fft.size));
  for (let first = 0; first <= halfRows; first += 2 * pairsAtOnce) {
    const last = Math.min(first + 2 * pairsAtOnce, halfRows + 1);
    for (let row = first; row < last; row += 2) {
      for (let column = 0; column <= half; column++) {
        const mirrored = (fft.size - column) % fft.size;
        input[2 * column] = input[2 * mirrored] = valueAt(column, row);
        input[2 * column + 1] = input[2 * mirrored + 1] = row < halfRows ? valueAt(column, row + 1) : 0;
      }
      fft.transform(outputs[(row - first) / 2], input);
    }
    for (let k = 0; k <= half; k++) {
      for (let row = first; row < last; row++) {
        spectrum[k * (halfRows + 1) + row] = outputs[(row - first) >> 1][2 * k + ((row - first) & 1)];
      }
    }
  }
}

/** Transforms the columns in place, in pairs as well. */
function transformColumns(spectrum: Float64Array, fft: FFT, halfColumns: number): void {
  const half = fft.size / 2;
  const input = new Float64Array(2 * fft.size);
  const output = new Float64Array(2 * fft.size);
  for (let k = 0; k <= halfColumns; k += 2) {
    const column = spectrum.subarray(k * (half + 1), (k + 1) * (half + 1));
    // Empty behind the last column, which has no partner.
    const partner = spectrum.subarray((k + 1) * (half + 1), (k + 2) * (half + 1));
    for (let row = 0; row <= half; row++) {
      const mirrored = (fft.size - row) % fft.size;
      input[2 * row] = input[2 * mirrored] = column[row];
      input[2 * row + 1] = input[2 * mirrored + 1] = partner[row] ?? 0;
    }
    fft.transform(output, input);
    for (let row = 0; row <= half; row++) column[row] = output[2 * row];
    for (let row = 0; row < partner.length; row++) partner[row] = output[2 * row + 1];
  }
}

/**
 * The offset whose kernel value stands at each offset from 0 to half the period: itself within reach, then flattened,
 * so that the periodic kernel has no kink in the middle, which would ring through the division by the response.
 */
function levelledOffsets(half: number, reach: number): Float64Array {
  const span = half - reach;
  return Float64Array.from({ length: half + 1 }, (_, offset) => {
    const t = (offset - reach) / span;
    return t <= 0 ? offset : reach + span * t * (1 - t * t * (1 - t / 2));
  });
}
