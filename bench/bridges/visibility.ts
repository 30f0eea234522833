/** A stroke or an axis in device pixels from a picture's top left: x0, y0, x1, y1. */
export type Line = readonly [number, number, number, number];

/** The pixels of one segment of a stretch, as indices: those on the strokes, and those beside them. */
export interface Segment {
  readonly strokes: Uint32Array;
  readonly flanks: Uint32Array;
}

export const segmentCount = 12;
/** A pixel is on a stroke if its middle is no farther from it than this, and beside it if it is so far from all: pixels. */
const strokeReach = 0.5;
const flankReach = [3, 8] as const;
/** A segment shows its strokes if they are darker than what lies beside by so much of L*. */
const leastContrast = 3;
const leastShare = 0.8;

/**
 * CIE 1976 L* of every pixel, 0 to 100.
 *
 * @param pixels RGBA in sRGB, stride 4, opaque
 */
export function lightnessOf(pixels: Uint8Array): Float32Array {
  const lightness = new Float32Array(pixels.length / 4);
  for (let i = 0; i < lightness.length; i++) {
    const [red, green, blue] = [linear[pixels[4 * i]], linear[pixels[4 * i + 1]], linear[pixels[4 * i + 2]]];
    const y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    lightness[i] = y > 216 / 24389 ? 116 * Math.cbrt(y) - 16 : (24389 / 27) * y;
  }
  return lightness;
}

const linear = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

/** Cuts a stretch into equal segments and gives each the pixels of the picture that lie on the strokes and beside all of them. */
export function segmentsOf(stretch: Line, strokes: readonly Line[], width: number, height: number): Segment[] {
  const nearest = new Float32Array(width * height).fill(Infinity);
  const reached: number[] = [];
  for (const stroke of strokes) reached.push(...measureInto(nearest, stroke, width, height));
  const on: number[][] = Array.from({ length: segmentCount }, () => []);
  const beside: number[][] = Array.from({ length: segmentCount }, () => []);
  const [x0, y0, x1, y1] = stretch;
  const square = (x1 - x0) ** 2 + (y1 - y0) ** 2;
  for (const pixel of reached) {
    const [x, y] = [(pixel % width) + 0.5, Math.floor(pixel / width) + 0.5];
    const along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / square;
    if (along < 0 || along >= 1) continue;
    if (nearest[pixel] <= strokeReach) on[Math.floor(along * segmentCount)].push(pixel);
    else if (nearest[pixel] >= flankReach[0]) beside[Math.floor(along * segmentCount)].push(pixel);
  }
  return on.map((pixels, i) => ({ strokes: Uint32Array.from(pixels), flanks: Uint32Array.from(beside[i]) }));
}

/**
 * Keeps for every pixel within reach of a stroke the distance from the nearest one so far. Writes into `nearest`.
 *
 * @returns the pixels that no stroke had reached before
 */
function measureInto(nearest: Float32Array, [x0, y0, x1, y1]: Line, width: number, height: number): number[] {
  const reached: number[] = [];
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = Math.hypot(dx, dy);
  if (length === 0) return reached;
  const isFlat = Math.abs(dx) >= Math.abs(dy);
  const [from, to] = isFlat ? [Math.min(x0, x1), Math.max(x0, x1)] : [Math.min(y0, y1), Math.max(y0, y1)];
  const band = (flankReach[1] * length) / Math.max(Math.abs(dx), Math.abs(dy));
  const [steps, lanes] = isFlat ? [width, height] : [height, width];
  for (let step = Math.max(0, Math.floor(from)); step < Math.min(steps, to); step++) {
    const middle = isFlat ? y0 + ((step + 0.5 - x0) / dx) * dy : x0 + ((step + 0.5 - y0) / dy) * dx;
    const last = Math.min(lanes - 1, Math.floor(middle + band));
    for (let lane = Math.max(0, Math.floor(middle - band)); lane <= last; lane++) {
      const [column, row] = isFlat ? [step, lane] : [lane, step];
      const distance = Math.abs((column + 0.5 - x0) * dy - (row + 0.5 - y0) * dx) / length;
      const pixel = row * width + column;
      if (distance > flankReach[1] || distance >= nearest[pixel]) continue;
      if (nearest[pixel] === Infinity) reached.push(pixel);
      nearest[pixel] = distance;
    }
  }
  return reached;
}

/** By how much of L* the flanks are lighter than the strokes, segment by segment; NaN where the segment has no strokes. */
export function contrastsOf(lightness: Float32Array, segments: readonly Segment[]): number[] {
  return segments.map(({ strokes, flanks }) => meanAt(lightness, flanks) - meanAt(lightness, strokes));
}

function meanAt(values: Float32Array, indices: Uint32Array): number {
  let sum = 0;
  for (const index of indices) sum += values[index];
  return sum / indices.length;
}

/** Whether a reader can follow the strokes: at least 80 % of the segments that they cross show them. */
export function isVisible(contrasts: readonly number[]): boolean {
  const crossed = contrasts.filter((contrast) => !Number.isNaN(contrast));
  const shown = crossed.filter((contrast) => contrast >= leastContrast).length;
  return crossed.length > 0 && shown >= leastShare * crossed.length;
}
