import { type Box, boxAround, boxOf, commonBox } from '../base/box.ts';
import { earthBox } from '../base/mercator.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import type { Field } from '../relief/field.ts';
import type { NonlocalEdges } from '../structure/nonlocal.ts';
import { type Courses, greatCircles, linesOfCourse, selectCourses } from './great-circles.ts';
import { pullAt, swayOf } from './lanes.ts';

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
  /** Where strokes run along great circles; undefined where `strokePath` says it. */
  readonly courses?: Courses | undefined;
  /** How densely nonlocal strokes cover the sheet: energy × length per area, in 1 / layout units. */
  readonly crowding: Field;
}

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
  const [source, target, from, to] = [ends[2 * e], ends[2 * e + 1], axes[2 * e], axes[2 * e + 1]];
  const distance = (a: number, b: number) =>
    Math.hypot(positions[2 * a] - positions[2 * b], positions[2 * a + 1] - positions[2 * b + 1]);
  const aside = Math.max(distance(source, from), distance(target, to));
  const sway = swayOf(bundling, distance(from, to), aside);
  return Float64Array.from({ length: 2 * (pieces + 1) }, (_, k) => {
    const along = (k >> 1) / pieces;
    const between = (a: number, b: number) =>
      positions[2 * a + (k % 2)] * (1 - along) + positions[2 * b + (k % 2)] * along;
    const straight = between(source, target);
    return straight + sway * pullAt(along) * (between(from, to) - straight);
  });
}

/** Whether an edge runs straight between its own ends, gathered with no others. */
export function isApart({ ends, axes }: Pick<EdgeMarks, 'ends' | 'axes'>, e: number): boolean {
  return axes[2 * e] === ends[2 * e] && axes[2 * e + 1] === ends[2 * e + 1];
}

/**
 * The lines that the stroke of an edge consists of, each x, y, x, y, … in layout units: one, or two where it goes over the
 * border of a geographic map. A stroke that swings into a lane is cut into so many straight pieces.
 */
export function strokeLines(
  marks: Pick<EdgeMarks, 'ends' | 'axes' | 'courses'>,
  positions: Positions,
  e: number,
  bundling: number,
  pieces: number,
): readonly (Float32Array | Float64Array)[] {
  if (marks.courses !== undefined) return linesOfCourse(marks.courses, e);
  return [strokePath(marks, positions, e, bundling, bundling === 0 || isApart(marks, e) ? 1 : pieces)];
}

/** Those strokes alone, in that order. */
export function selectStrokes(marks: EdgeMarks, chosen: Uint32Array): EdgeMarks {
  const { ends, axes, energy, nonlocal, courses } = marks;
  const pairs = (values: Uint32Array) =>
    Uint32Array.from({ length: 2 * chosen.length }, (_, k) => values[2 * chosen[k >> 1] + (k % 2)]);
  return {
    ...marks,
    ends: pairs(ends),
    axes: pairs(axes),
    energy: Float32Array.from(chosen, (e) => energy[e]),
    nonlocal: Uint8Array.from(chosen, (e) => nonlocal[e]),
    ...(courses !== undefined && { courses: selectCourses(courses, chosen) }),
  };
}

/** The same strokes with other energies, and the crowding that these make. */
export function withEnergy(marks: EdgeMarks, positions: Positions, energy: Float32Array): EdgeMarks {
  const strokes = { ...marks, energy };
  return { ...strokes, crowding: crowdingOf(strokes, positions, marks.crowding.box) };
}

const crowdingCells = 48;

/** A few thousand local edges are as worth seeing as the nonlocal ones; of many, each may only hint at itself. */
export function localEnergy(edgeCount: number): number {
  return Math.min(0.7, Math.max(0.05, 2000 / edgeCount));
}

/** What edge strokes are made of. */
export interface EdgeMarksInput {
  readonly graph: PackedGraph;
  readonly positions: Positions;
  readonly nonlocal: NonlocalEdges;
  /** The energy of a local edge; the larger it is, the less gains differ, for on a map of few edges each is worth seeing. */
  readonly local: number;
  /** What part of the plane the relief is known of. */
  readonly ground: Box;
  /** Strokes run along great circles, bundled so closely, 0 to 1; undefined where they run straight. */
  readonly greatCircleBundling?: number | undefined;
}

/** Edge strokes and the grid by which crowded strokes give way. */
export function edgeMarks(input: EdgeMarksInput): EdgeMarks {
  const { graph, positions, nonlocal, local, ground, greatCircleBundling: bundling } = input;
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
  const strokes = { ends, axes, energy, local, nonlocal: far };
  if (bundling === undefined) return { ...strokes, crowding: crowdingOf(strokes, positions, ground) };
  const courses = greatCircles(ends, axes, positions, bundling);
  return { ...strokes, courses, crowding: crowdingOf({ ...strokes, courses }, positions, sheetOf(ground, courses)) };
}

/** The ground of a map, and what strokes along great circles need beyond it. */
export function sheetOf(ground: Box, courses: Courses | undefined): Box {
  if (courses === undefined || courses.pieces.length === 0) return ground;
  return commonBox(boxAround(ground, boxOf(courses.pieces)), earthBox);
}

/** Walks every nonlocal stroke over the grid, then smooths: what a stroke adds to a cell is its energy × length there. */
function crowdingOf(strokes: Omit<EdgeMarks, 'crowding'>, positions: Positions, box: Box): Field {
  const cell = Math.max(box.maxX - box.minX, box.maxY - box.minY) / crowdingCells;
  const width = Math.max(1, Math.ceil((box.maxX - box.minX) / cell));
  const height = Math.max(1, Math.ceil((box.maxY - box.minY) / cell));
  const values = new Float32Array(width * height);
  const walk = (energy: number, ends: ArrayLike<number>) => {
    const x0 = (ends[0] - box.minX) / cell;
    const y0 = (box.maxY - ends[1]) / cell;
    const dx = (ends[2] - box.minX) / cell - x0;
    const dy = (box.maxY - ends[3]) / cell - y0;
    const length = Math.hypot(dx, dy);
    const steps = Math.max(1, Math.ceil(length));
    const share = (energy * length) / steps / cell;
    for (let step = 0; step < steps; step++) {
      const t = (step + 0.5) / steps;
      const column = Math.min(width - 1, Math.max(0, Math.floor(x0 + dx * t)));
      const row = Math.min(height - 1, Math.max(0, Math.floor(y0 + dy * t)));
      values[row * width + column] += share;
    }
  };
  for (const [e, energy] of strokes.energy.entries()) {
    if (strokes.nonlocal[e] === 0) continue;
    // Where strokes gather in lanes is not known to straight ones: they are counted on the lines of their own ends.
    for (const line of strokeLines(strokes, positions, e, 0, 1)) {
      for (let k = 0; k < line.length - 2; k += 2) walk(energy, line.subarray(k, k + 4));
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
