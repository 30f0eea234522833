import { IsthmusError } from '../base/errors.ts';
import { fromSphere, mostLatitude, toMercator, toSphere } from '../base/mercator.ts';
import { columnNamed, type NumberColumn } from '../graph/columns.ts';
import { labelOf, type PackedGraph, type Positions } from '../graph/packed-graph.ts';

/** Which columns say where nodes lie. */
export interface GeographicOptions {
  /** Name or title of a number column of degrees, −180 to 180, east positive (default: longitude, lng, lon or long). */
  readonly longitude?: string | undefined;
  /** Name or title of a number column of degrees, −90 to 90, north positive (default: latitude or lat). */
  readonly latitude?: string | undefined;
}

/** Nodes where they lie on the Earth. */
export interface GeographicPositions {
  /** Web Mercator (EPSG:3857) for an Earth of radius 1,000: x and y from −1,000π to 1,000π, as Gephi's GeoLayout has them. */
  readonly positions: Positions;
  /** Titles of the columns that were read. */
  readonly longitude: string;
  readonly latitude: string;
  /** Sentences about nodes that had to be placed otherwise than the columns say. */
  readonly warnings: readonly string[];
}

type Axis = 'longitude' | 'latitude';

/** What the columns are called, the likeliest first. */
const usualNames: Readonly<Record<Axis, readonly string[]>> = {
  longitude: ['longitude', 'lng', 'lon', 'long'],
  latitude: ['latitude', 'lat'],
};

/**
 * Places nodes by columns of longitude and latitude. A node without both lies in the middle of its neighbours that have
 * them, with a warning; beyond latitude ±85.0511°, where Web Mercator ends, on its border, with a warning.
 *
 * @throws UsageError if a column that is named is not there or holds no numbers, or none is found by the usual names;
 * InputError for degrees out of range, and for nodes without coordinates from which no edges lead to nodes with some.
 */
export function geographicPositions(graph: PackedGraph, options: GeographicOptions = {}): GeographicPositions {
  const longitude = columnFor(graph, 'longitude', options.longitude);
  const latitude = columnFor(graph, 'latitude', options.latitude);
  const positions = new Float32Array(2 * graph.nodeCount).fill(Number.NaN);
  const [beyond, absent]: [number[], number[]] = [[], []];
  for (let node = 0; node < graph.nodeCount; node++) {
    const east = degreesAt(graph, longitude, node, 180);
    const north = degreesAt(graph, latitude, node, 90);
    if (Number.isNaN(east + north)) absent.push(node);
    else {
      if (Math.abs(north) > mostLatitude) beyond.push(node);
      positions.set(toMercator(east, Math.min(mostLatitude, Math.max(-mostLatitude, north))), 2 * node);
    }
  }
  placeAmidNeighbours(graph, positions, absent);
  const warnings = [
    tell(graph, beyond, `Beyond latitude ${mostLatitude.toFixed(4)}°, so put on Web Mercator’s border`),
    tell(graph, absent, 'Without coordinates, so put in the middle of neighbours'),
  ].filter((warning) => warning !== undefined);
  return { positions, longitude: longitude.title, latitude: latitude.title, warnings };
}

/** Whether `geographicPositions` finds its columns by their usual names. */
export function hasCoordinates(graph: PackedGraph): boolean {
  return (['longitude', 'latitude'] as const).every((axis) => usualColumn(graph, axis) !== undefined);
}

function columnFor(graph: PackedGraph, axis: Axis, name: string | undefined): NumberColumn {
  const column = name === undefined ? usualColumn(graph, axis) : columnNamed(graph.nodes, name);
  if (column?.kind === 'number') return column;
  const numbers = graph.nodes.filter(({ kind }) => kind === 'number').map(({ title }) => `"${title}"`);
  const known = `columns of numbers are ${numbers.join(', ') || 'none'}`;
  if (column !== undefined) {
    throw new IsthmusError(
      'UsageError',
      `The node column "${name}" holds no numbers to read a ${axis} from; ${known}.`,
    );
  }
  const wanted = name === undefined ? `called ${usualNames[axis].join(', ')}` : `"${name}"`;
  throw new IsthmusError('UsageError', `There is no node column ${wanted} to read the ${axis} from; ${known}.`);
}

function usualColumn({ nodes }: PackedGraph, axis: Axis): NumberColumn | undefined {
  const numbers = nodes.filter((column) => column.kind === 'number');
  const isCalled = (name: string) => (column: NumberColumn) =>
    column.name.toLowerCase() === name || column.title.toLowerCase() === name;
  return usualNames[axis].map((name) => numbers.find(isCalled(name))).find((column) => column !== undefined);
}

/** NaN where there is none. */
function degreesAt(graph: PackedGraph, { title, values }: NumberColumn, node: number, most: number): number {
  const degrees = values[node];
  if (!(Math.abs(degrees) > most)) return degrees;
  throw new IsthmusError(
    'InputError',
    `The ${title} of "${labelOf(graph, node)}" is ${degrees}, but has to be from −${most} to ${most} degrees.`,
  );
}

/** In rounds, so that a chain of nodes without coordinates is placed from its ends; `positions` are NaN where there are none. */
function placeAmidNeighbours(graph: PackedGraph, positions: Positions, absent: readonly number[]): void {
  const { offsets, targets } = graph;
  let open = absent;
  while (open.length > 0) {
    const placed = open.flatMap((node) => {
      const sum = [0, 0, 0];
      for (const neighbour of targets.subarray(offsets[node], offsets[node + 1])) {
        const [x, y] = positions.subarray(2 * neighbour, 2 * neighbour + 2);
        if (Number.isNaN(x)) continue;
        for (const [axis, value] of toSphere(x, y).entries()) sum[axis] += value;
      }
      const [x, y, z] = sum;
      // Of places at opposite ends of the Earth there is no middle.
      return Math.hypot(x, y, z) > 1e-6 ? [{ node, place: fromSphere(x, y, z) }] : [];
    });
    if (placed.length === 0) {
      const message = `No coordinates, and no neighbours that have some, are known of ${named(graph, open)}: give them coordinates or leave them out.`;
      throw new IsthmusError('InputError', message);
    }
    for (const { node, place } of placed) positions.set(place, 2 * node);
    open = open.filter((node) => Number.isNaN(positions[2 * node]));
  }
}

function tell(graph: PackedGraph, nodes: readonly number[], what: string): string | undefined {
  return nodes.length === 0 ? undefined : `${what}: ${named(graph, nodes)}.`;
}

/** So many nodes, a few of them by name. */
function named(graph: PackedGraph, nodes: readonly number[]): string {
  const most = 5;
  const names = nodes.slice(0, most).map((node) => `"${labelOf(graph, node)}"`);
  const others = nodes.length - names.length;
  return `${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'} (${names.join(', ')}${others > 0 ? ` and ${others} more` : ''})`;
}
