import type { Box } from '../base/box.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import type { Field } from '../relief/field.ts';
import type { NonlocalEdges } from '../structure/nonlocal.ts';

/** How each edge is drawn. */
export interface EdgeMarks {
  /** Source and target node indices, stride 2, self-loops left out. */
  readonly ends: Uint32Array;
  /** The nodes between which the strokes of a bridge are gathered, stride 2, each on the side of its end; an edge apart has its own ends. */
  readonly axes: Uint32Array;
  /** Energy of each stroke per unit of length: `local` for a local edge, up to 1 for a nonlocal one by its gain. */
  readonly energy: Float32Array;
  /** The energy of a local edge. */
  readonly local: number;
  /** 1 for a nonlocal edge, 0 for a local one. */
  readonly nonlocal: Uint8Array;
  /** How densely nonlocal strokes cover the sheet: energy × length per area, in 1 / layout units. */
  readonly crowding: Field;
}

/** Where along it a gathered stroke has come into its lane, as a share of its length from either end. */
const swing = 0.25;
/** How far aside a gathered stroke swings at most, as a share of its lane's length: wide places keep the way they face. */
const mostAside = 0.4;

/**
 * Where the stroke of an edge runs, in so many straight pieces: x0, y0, x1, y1, … in layout units, `pieces` + 1 points.
 * Twin of shaders/render/strokes.vert.glsl.
 */
export function strokePath(
  { ends, axes }: Pick<EdgeMarks, 'ends' | 'axes'>,
  positions: Positions,
  e: number,
  bundling: number,
  pieces: number,
): Float64Array {
  const smooth = (share: number) => share * share * (3 - 2 * share);
  const [source, target, from, to] = [ends[2 * e], ends[2 * e + 1], axes[2 * e], axes[2 * e + 1]];
  const distance = (a: number, b: number) =>
    Math.hypot(positions[2 * a] - positions[2 * b], positions[2 * a + 1] - positions[2 * b + 1]);
  const aside = Math.max(distance(source, from), distance(target, to));
  const sway = bundling * Math.min(1, (mostAside * distance(from, to)) / Math.max(aside, Number.MIN_VALUE));
  return Float64Array.from({ length: 2 * (pieces + 1) }, (_, k) => {
    const along = (k >> 1) / pieces;
    const between = (a: number, b: number) =>
      positions[2 * a + (k % 2)] * (1 - along) + positions[2 * b + (k % 2)] * along;
    const pull = smooth(Math.min(1, along / swing)) * smooth(Math.min(1, (1 - along) / swing));
    const straight = between(source, target);
    return straight + sway * pull * (between(from, to) - straight);
  });
}

const crowdingCells = 48;

/** A few thousand local edges are as worth seeing as the nonlocal ones; of many, each may only hint at itself. */
export function localEnergy(edgeCount: number): number {
  return Math.min(0.7, Math.max(0.05, 2000 / edgeCount));
}

/**
 * Edge strokes and the grid by which crowded strokes give way. `local` is the energy of a local edge; the larger it is, the
 * less gains differ, for on a map of few edges each is worth seeing.
 */
export function edgeMarks(
  graph: PackedGraph,
  positions: Positions,
  nonlocal: NonlocalEdges,
  local: number,
  box: Box,
): EdgeMarks {
  let count = 0;
  for (let e = 0; e < graph.edgeCount; e++) if (graph.edges[2 * e] !== graph.edges[2 * e + 1]) count++;
  const ends = new Uint32Array(2 * count);
  const axes = new Uint32Array(2 * count);
  const energy = new Float32Array(count);
  const far = new Uint8Array(count);
  for (let e = 0, at = 0; e < graph.edgeCount; e++) {
    const source = graph.edges[2 * e];
    const target = graph.edges[2 * e + 1];
    if (source === target) continue;
    ends[2 * at] = source;
    ends[2 * at + 1] = target;
    axes[2 * at] = nonlocal.axes[2 * e];
    axes[2 * at + 1] = nonlocal.axes[2 * e + 1];
    far[at] = nonlocal.nonlocal[e];
    energy[at++] = nonlocal.nonlocal[e] ? nonlocal.gain[e] ** (1 - local) : local;
  }
  return { ends, axes, energy, local, nonlocal: far, crowding: crowdingOf(ends, energy, far, positions, box) };
}

/** Walks every nonlocal stroke over the grid, then smooths: what a stroke adds to a cell is its energy × length there. */
function crowdingOf(ends: Uint32Array, energy: Float32Array, far: Uint8Array, positions: Positions, box: Box): Field {
  const cell = Math.max(box.maxX - box.minX, box.maxY - box.minY) / crowdingCells;
  const width = Math.max(1, Math.ceil((box.maxX - box.minX) / cell));
  const height = Math.max(1, Math.ceil((box.maxY - box.minY) / cell));
  const values = new Float32Array(width * height);
  for (let e = 0; e < energy.length; e++) {
    if (far[e] === 0) continue;
    const x0 = (positions[2 * ends[2 * e]] - box.minX) / cell;
    const y0 = (box.maxY - positions[2 * ends[2 * e] + 1]) / cell;
    const dx = (positions[2 * ends[2 * e + 1]] - box.minX) / cell - x0;
    const dy = (box.maxY - positions[2 * ends[2 * e + 1] + 1]) / cell - y0;
    const length = Math.hypot(dx, dy);
    const steps = Math.max(1, Math.ceil(length));
    const share = (energy[e] * length) / steps / cell;
    for (let step = 0; step < steps; step++) {
      const t = (step + 0.5) / steps;
      const column = Math.min(width - 1, Math.max(0, Math.floor(x0 + dx * t)));
      const row = Math.min(height - 1, Math.max(0, Math.floor(y0 + dy * t)));
      values[row * width + column] += share;
    }
  }
  for (let round = 0; round < 3; round++) boxBlurInto(values, width, height);
  return { width, height, box, values };
}

/** A mean over 3 × 3 cells, edges repeated; three rounds come close to a Gaussian. Writes into `values`. */
function boxBlurInto(values: Float32Array, width: number, height: number): void {
  const before = values.slice();
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let dy = -1; dy <= 1; dy++) {
        const line = Math.min(height - 1, Math.max(0, row + dy)) * width;
        for (let dx = -1; dx <= 1; dx++) sum += before[line + Math.min(width - 1, Math.max(0, column + dx))];
      }
      values[row * width + column] = sum / 9;
    }
  }
}
