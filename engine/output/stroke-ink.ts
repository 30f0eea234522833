import type { strokeLines } from '../map/edge-marks.ts';
import type { GraphMap } from '../map/graph-map.ts';
import type { Field } from '../relief/field.ts';

/** Places at which a line is looked at. */
const samples = 24;

type Line = ReturnType<typeof strokeLines>[number];

/**
 * What a nonlocal stroke keeps of its energy, the mean along it: of shaders/render/edges.frag.glsl where many cross, and
 * of shaders/render/strokes.frag.glsl over crowds of nodes that are not its own.
 *
 * @param lines of which it consists, x, y, … in layout units.
 * @param width of the stroke in layout units.
 */
export function keptOf(map: GraphMap, lines: readonly Line[], energy: number, width: number): number {
  const { crowding } = map.edges;
  const { adaptation } = map.settings.edges;
  const ends = [lines[0].subarray(0, 2), lines[lines.length - 1].subarray(-2)];
  let sum = 0;
  for (const line of lines) {
    for (let k = 0; k < samples; k++) {
      const [x, y] = pointAt(line, (k + 0.5) / samples);
      const ownEnergy = energy * keptOverNodes(map, ends, x, y);
      sum += ownEnergy * keptAmongStrokes(ownEnergy, width * valueAt(crowding, x, y), adaptation);
    }
  }
  return sum / (samples * lines.length) / energy;
}

/**
 * Where strokes strewn at random cover a pixel `mean` times over, one more of energy D raises max(0, ΣD − E) / √(1 + E),
 * with E = adaptation × mean, by all of D where another lies there (a share of 1 − exp(−mean)), else by D − E at most.
 */
function keptAmongStrokes(energy: number, mean: number, adaptation: number): number {
  const expected = adaptation * mean;
  const alone = Math.exp(-mean);
  const share = alone * Math.max(0, 1 - expected / Math.max(energy, Number.MIN_VALUE)) + 1 - alone;
  return share / Math.sqrt(1 + expected);
}

function keptOverNodes({ relief, settings, closeness }: GraphMap, ends: readonly Line[], x: number, y: number): number {
  const { halo } = settings.edges;
  if (halo === 0 || relief.peak <= 0) return 1;
  const distance = Math.min(...ends.map(([endX, endY]) => Math.hypot(x - endX, y - endY)));
  const away = smoothStep(0.5 * closeness.deltaMax, closeness.deltaMax, distance);
  return 1 - halo * away * smoothStep(0.15, 0.5, valueAt(relief.field, x, y) / relief.peak);
}

/** The point at a share of a path whose pieces are of one share each. */
function pointAt(points: Line, share: number): readonly [number, number] {
  const place = share * (points.length / 2 - 1);
  const k = Math.min(Math.floor(place), points.length / 2 - 2);
  const t = place - k;
  const between = (axis: 0 | 1): number => points[2 * k + axis] * (1 - t) + points[2 * k + 2 + axis] * t;
  return [between(0), between(1)];
}

/** A field's value in the cell at a place. */
function valueAt({ width, height, box, values }: Field, x: number, y: number): number {
  const column = Math.floor(((x - box.minX) / (box.maxX - box.minX)) * width);
  const row = Math.floor(((box.maxY - y) / (box.maxY - box.minY)) * height);
  return values[Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column))];
}

/** As GLSL has it. */
function smoothStep(low: number, high: number, value: number): number {
  const share = Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
  return share * share * (3 - 2 * share);
}
