import { IsthmusError } from '../base/errors.ts';
import { columnOfRole } from '../graph/columns.ts';
import { degreeOf, type PackedGraph } from '../graph/packed-graph.ts';
import { type ColorKey, colorMarks, type MarkInput, rangeOf, requireColumn } from './node-colors.ts';
import type { SizeSource } from './settings.ts';

/** How each node is drawn. */
export interface NodeMarks {
  /** Radius in CSS pixels on a sheet 1,200 pixels wide, one a node. */
  readonly radius: Float32Array;
  /** What the radii stand for, one value a node: its area grows linearly from `range[0]` to `range[1]`. */
  readonly size: {
    readonly title: string;
    readonly values: Float64Array;
    readonly range: readonly [number, number];
    /** The radii at the two ends of the range. */
    readonly radii: readonly [number, number];
  };
  /** Red, green, blue, alpha, 0 to 255, stride 4. */
  readonly color: Uint8Array;
  readonly colorKey: ColorKey;
}

/** Radii and colours of all nodes from the chosen sources. @throws UsageError if a named column does not exist or fit. */
export function nodeMarks(input: MarkInput): NodeMarks {
  const { graph, settings } = input;
  const { title, values } = sizeValues(graph, settings.size);
  const [least, most] = defaultRadii(graph.nodeCount);
  const radii = [settings.scale * least, settings.scale * most] as const;
  const size = { title, values, range: rangeOf(values), radii };
  const radius = Float32Array.from(values, (value) => radiusOf(size, value));
  return { radius, size, ...colorMarks(input) };
}

/** The radius for a value of the size column, so that areas grow linearly; the least where the value is missing. */
export function radiusOf({ range, radii }: Pick<NodeMarks['size'], 'range' | 'radii'>, value: number): number {
  const share = Number.isFinite(value) ? (value - range[0]) / (range[1] - range[0] || 1) : 0;
  return Math.sqrt(radii[0] ** 2 + share * (radii[1] ** 2 - radii[0] ** 2));
}

/** The least radius that a node is drawn with, device pixels; of one that is smaller, only its share of that area is there. */
export const leastDrawnRadius = 0.6;

/** How opaque a node of that radius is drawn, device pixels: less than 1 where it is too small to be drawn in its size. */
export function presenceOf(radius: number): number {
  return Math.min(1, (radius / leastDrawnRadius) ** 2);
}

/** The radii that suit so many nodes: 0.9 and 4.5 for 7,500, larger for fewer. */
export function defaultRadii(nodeCount: number): readonly [least: number, most: number] {
  const scale = Math.min(3, Math.max(0.5, (7500 / Math.max(1, nodeCount)) ** 0.25));
  return [0.9 * scale, 4.5 * scale];
}

function sizeValues(graph: PackedGraph, source: SizeSource): { title: string; values: Float64Array } {
  if (typeof source === 'object') {
    const column = requireColumn(graph, source.column);
    if (column.kind !== 'number') throw wrongColumn(source.column, 'numbers, to size nodes by');
    return { title: column.title, values: column.values };
  }
  const sizes = columnOfRole(graph.nodes, 'size');
  if ((source === 'file' || source === 'auto') && sizes?.kind === 'number') {
    return { title: 'size', values: sizes.values };
  }
  if (source === 'equal') return { title: '', values: new Float64Array(graph.nodeCount).fill(1) };
  return { title: 'links', values: Float64Array.from({ length: graph.nodeCount }, (_, i) => degreeOf(graph, i)) };
}

function wrongColumn(name: string, expected: string): IsthmusError {
  return new IsthmusError('UsageError', `The node column "${name}" does not hold ${expected}.`);
}
