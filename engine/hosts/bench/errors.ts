import { createRandom } from '../../base/random.ts';
import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import { createBodies, massesInto } from '../../layout/cpu/bodies.ts';
import type { ForceAtlas2Settings } from '../../layout/settings.ts';
import { cellSizeOf, type Field } from '../../relief/field.ts';
import type { ForceError } from './result.ts';
import { median } from './timing.ts';

/** Nodes whose force, and cells whose height, is also summed exactly. */
export const sampleSize = 512;

/** Different numbers below `count`, all of them where there are no more than `size`, in rising order. */
export function sampleOf(count: number, size: number, seed: number): Uint32Array {
  const random = createRandom(seed);
  const picked = new Set<number>();
  while (picked.size < Math.min(count, size)) {
    picked.add(count <= size ? picked.size : Math.floor(random() * count));
  }
  return Uint32Array.from(picked).sort();
}

/** The repulsion on some of the nodes, x0, y0, x1, y1, …, summed over all others in double precision; sizes are ignored. */
export function exactRepulsion(
  graph: PackedGraph,
  positions: Positions,
  { rule, scalingRatio }: ForceAtlas2Settings,
  nodes: Uint32Array,
): Float64Array {
  const { count, places, mass } = createBodies(graph, positions);
  massesInto(mass, graph, rule);
  const forces = new Float64Array(2 * nodes.length);
  for (const [k, i] of nodes.entries()) {
    for (let j = 0; j < count; j++) {
      const dx = places[2 * i] - places[2 * j];
      const dy = places[2 * i + 1] - places[2 * j + 1];
      const square = dx * dx + dy * dy;
      if (square === 0) continue;
      const push = (scalingRatio * mass[i] * mass[j]) / square;
      forces[2 * k] += push * dx;
      forces[2 * k + 1] += push * dy;
    }
  }
  return forces;
}

/** How far forces are off at the nodes of a sample. @param forces of all nodes; `exact` those of the sample alone */
export function forceErrorOf(forces: ArrayLike<number>, exact: Float64Array, nodes: Uint32Array): ForceError {
  let difference = 0;
  let length = 0;
  const relative = Array.from(nodes, (node, k) => {
    const off = (forces[2 * node] - exact[2 * k]) ** 2 + (forces[2 * node + 1] - exact[2 * k + 1]) ** 2;
    const square = exact[2 * k] ** 2 + exact[2 * k + 1] ** 2;
    difference += off;
    length += square;
    return square === 0 ? 0 : Math.sqrt(off / square);
  });
  return {
    relativeL2: length === 0 ? 0 : Math.sqrt(difference / length),
    medianRelative: median(relative),
    sampledNodes: nodes.length,
  };
}

/** The largest difference of some cells from the exact sum of Cauchy kernels, as a share of the field's peak. */
export function reliefErrorOf(field: Field, peak: number, positions: Positions, spread: number, cells: Uint32Array) {
  const { width, box, values } = field;
  const cell = cellSizeOf(field);
  let largest = 0;
  for (const at of cells) {
    const x = box.minX + ((at % width) + 0.5) * cell.x;
    const y = box.maxY - (Math.floor(at / width) + 0.5) * cell.y;
    let sum = 0;
    for (let i = 0; i < positions.length; i += 2) {
      const dx = x - positions[i];
      const dy = y - positions[i + 1];
      sum += (spread * spread) / (spread * spread + dx * dx + dy * dy);
    }
    largest = Math.max(largest, Math.abs(sum / (positions.length / 2) - values[at]));
  }
  return { largestShareOfPeak: largest / peak, sampledCells: cells.length };
}
