import FFT from 'fft.js';

/** A rectangle of knots of a lattice: `column` and `row` are those of its first value, and may be negative. */
export interface Patch {
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
}

/** Rows are transformed in pairs, this many pairs at a time, so that writes across the columns fill cache lines. */
const pairsAtOnce = 8;

/**
 * Plans the convolution of values on one patch into another, zero-padded so that nothing wraps around: the
 * function returned takes one value a knot of `source` and gives one a knot of `target`, both row by row.
 *
 * @param kernel value for an offset of (columns, rows), both 0 or more; the kernel is even in each
 * @param response factor by which the spectrum is divided, for a frequency in cycles a knot; the same along both axes
 */
export function planConvolution(
  source: Patch,
  target: Patch,
  kernel: (columns: number, rows: number) => number,
  response: (frequency: number) => number,
): (values: Float64Array) => Float64Array {
  const periodX = periodFor(source.column, source.width, target.column, target.width);
  const periodY = periodFor(source.row, source.height, target.row, target.height);
  const columns = periodX.count;
  const rows = periodY.count;
  const fftX = new FFT(columns);
  const fftY = new FFT(rows);
  const offsetsX = levelledOffsets(periodX);
  const offsetsY = levelledOffsets(periodY);
  const spectrum = kernelSpectrum(fftX, fftY, (column, row) => kernel(offsetsX[column], offsetsY[row]), response);
  return (values) => {
    // Column-major half spectrum: columns / 2 + 1 columns of `rows` complex numbers.
    const half = new Float64Array((columns / 2 + 1) * rows * 2);
    transformRows(fftX, rows, source, values, half);
    multiplyColumns(fftY, spectrum, half);
    return invertRows(fftX, rows, target, half);
  };
}

/** Knots between the largest offset and the middle of the period, over which the kernel is levelled out. */
const guard = 12;

/** How long the period is along an axis, a power of two, and the largest offset from a source to a target knot. */
interface Period {
  readonly count: number;
  readonly reach: number;
}

function periodFor(source: number, sourceCount: number, target: number, targetCount: number): Period {
  const reach = Math.max(target + targetCount - 1 - source, source + sourceCount - 1 - target, 0);
  return { count: 2 ** Math.ceil(Math.log2(2 * (reach + guard))), reach };
}

/**
 * The offset whose kernel value stands at each offset from 0 to half the period: itself within reach, then flattened,
 * so that the periodic kernel has no kink in the middle, which would ring through the division by the response.
 */
function levelledOffsets({ count, reach }: Period): Float64Array {
  const span = count / 2 - reach;
  return Float64Array.from({ length: count / 2 + 1 }, (_, offset) => {
    const t = Math.max(0, offset - reach) / span;
    return offset <= reach ? offset : reach + span * t * (1 - t * t * (1 - t / 2));
  });
}

/** Real spectrum of the kernel, column-major: for each of columns/2 + 1 frequencies in x, rows/2 + 1 in y. */
function kernelSpectrum(
  fftX: FFT,
  fftY: FFT,
  kernel: (columns: number, rows: number) => number,
  response: (frequency: number) => number,
): Float64Array {
  const columns = fftX.size;
  const rows = fftY.size;
  const halfX = columns / 2;
  const halfY = rows / 2;
  const stride = halfY + 1;
  const spectrum = new Float64Array((halfX + 1) * stride);
  const inputX = new Float64Array(2 * columns);
  const outputX = Array.from({ length: pairsAtOnce }, () => new Float64Array(2 * columns));
  // Even real rows have real spectra, so two of them travel as one complex row.
  for (let first = 0; first <= halfY; first += 2 * pairsAtOnce) {
    const last = Math.min(first + 2 * pairsAtOnce, halfY + 1);
    for (let row = first; row < last; row += 2) {
      for (let column = 0; column <= halfX; column++) {
        const mirrored = (columns - column) % columns;
        inputX[2 * column] = inputX[2 * mirrored] = kernel(column, row);
        inputX[2 * column + 1] = inputX[2 * mirrored + 1] = row < halfY ? kernel(column, row + 1) : 0;
      }
      fftX.transform(outputX[(row - first) / 2], inputX);
    }
    for (let k = 0; k <= halfX; k++) {
      for (let row = first; row < last; row++) {
        spectrum[k * stride + row] = outputX[(row - first) >> 1][2 * k + ((row - first) & 1)];
      }
    }
  }
  const inputY = new Float64Array(2 * rows);
  const outputY = new Float64Array(2 * rows);
  const responseY = Float64Array.from({ length: stride }, (_, k) => response(k / rows));
  for (let k = 0; k <= halfX; k += 2) {
    const isPair = k < halfX;
    for (let row = 0; row <= halfY; row++) {
      const mirrored = (rows - row) % rows;
      inputY[2 * row] = inputY[2 * mirrored] = spectrum[k * stride + row];
      inputY[2 * row + 1] = inputY[2 * mirrored + 1] = isPair ? spectrum[(k + 1) * stride + row] : 0;
    }
    fftY.transform(outputY, inputY);
    const scale = 1 / response(k / columns);
    const nextScale = 1 / response((k + 1) / columns);
    for (let row = 0; row <= halfY; row++) {
      spectrum[k * stride + row] = (outputY[2 * row] * scale) / responseY[row];
      if (isPair) spectrum[(k + 1) * stride + row] = (outputY[2 * row + 1] * nextScale) / responseY[row];
    }
  }
  return spectrum;
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
