import type { Box } from '../../base/box.ts';
import { type Columns, textOf } from '../../graph/columns.ts';
import { labelOf } from '../../graph/packed-graph.ts';
import { type Annotation, movedShape, type Shape } from '../../map/annotations/annotation.ts';
import { strokeLines } from '../../map/edge-marks.ts';
import type { GraphMap } from '../../map/graph-map.ts';
import { hex } from '../svg-text.ts';
import { toSquare } from './pyramid.ts';

/** What a vector tile says of a feature. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** A feature of a vector tile, in GeoJSON's form; coordinates are shares of the world's square, y downwards. */
export interface VectorFeature {
  readonly type: 'Feature';
  readonly id: number;
  /** With `zoom`, the lowest zoom at which it is there. */
  readonly properties: Attributes;
  readonly geometry: Shape;
}

/** The layers of a vector tile. */
export const vectorLayers = ['nodes', 'edges', 'communities', 'annotations'] as const;
export type VectorLayer = (typeof vectorLayers)[number];

/** How many features of a layer lie on the tile of zoom 0, the most important ones; four times as many at each further zoom. */
const firstCounts = { nodes: 2000, edges: 3000, communities: 50 };
/** Into how many straight pieces a stroke is cut that swings into a lane. */
const pieces = 16;

/** The map's features by layer: all nodes, nonlocal edges as they are drawn, a point for each community, annotations. */
export function featuresOf(map: GraphMap): Readonly<Record<VectorLayer, readonly VectorFeature[]>> {
  const { world } = map;
  return {
    nodes: nodesOf(map, world),
    edges: edgesOf(map, world),
    communities: communitiesOf(map, world),
    annotations: annotationsOf(map, world),
  };
}

function nodesOf(map: GraphMap, world: Box): VectorFeature[] {
  const { positions } = map;
  return importantFirst(map).map((node, rank) => ({
    type: 'Feature',
    id: node,
    properties: { ...nodeAttributes(map, node), zoom: zoomOf(rank, firstCounts.nodes) },
    geometry: { type: 'Point', coordinates: toSquare(world, positions[2 * node], positions[2 * node + 1]) },
  }));
}

/** What is said of a node: its columns by name, and over them id, label, community, radius and colour. */
export function nodeAttributes({ graph, communities, nodes }: GraphMap, node: number): Attributes {
  const [red, green, blue] = nodes.color.subarray(4 * node);
  return {
    ...valuesOf(graph.nodes, node),
    id: graph.ids[node],
    label: labelOf(graph, node),
    community: communities.of[node],
    radius: nodes.radius[node],
    color: hex((red << 16) | (green << 8) | blue),
  };
}

function edgesOf({ graph, positions, edges, settings }: GraphMap, world: Box): VectorFeature[] {
  const { ends, energy, nonlocal } = edges;
  const rows = Array.from({ length: graph.edgeCount }, (_, row) => row);
  // Strokes are in file order without self-loops.
  const rowOf = rows.filter((row) => graph.edges[2 * row] !== graph.edges[2 * row + 1]);
  const strokes = Array.from(energy.keys()).filter((stroke) => nonlocal[stroke] === 1);
  strokes.sort((a, b) => energy[b] - energy[a] || a - b);
  return strokes.map((stroke, rank) => {
    const [source, target] = [ends[2 * stroke], ends[2 * stroke + 1]];
    const lines = strokeLines(edges, positions, stroke, settings.edges.bundling, pieces).map((line) =>
      Array.from({ length: line.length / 2 }, (_, i) => toSquare(world, line[2 * i], line[2 * i + 1])),
    );
    return {
      type: 'Feature',
      id: rowOf[stroke],
      properties: {
        ...valuesOf(graph.edgeColumns, rowOf[stroke]),
        source: graph.ids[source],
        target: graph.ids[target],
        strength: energy[stroke],
        zoom: zoomOf(rank, firstCounts.edges),
      },
      geometry:
        lines.length === 1
          ? { type: 'LineString', coordinates: lines[0] }
          : { type: 'MultiLineString', coordinates: lines },
    };
  });
}

/** The largest communities first, each in the middle of its nodes, by its name or that of its most important node. */
function communitiesOf(map: GraphMap, world: Box): VectorFeature[] {
  const { graph, positions, communities } = map;
  const sums = Array.from({ length: communities.count }, () => ({ x: 0, y: 0, first: -1 }));
  for (const node of importantFirst(map)) {
    const sum = sums[communities.of[node]];
    sum.x += positions[2 * node];
    sum.y += positions[2 * node + 1];
    if (sum.first === -1) sum.first = node;
  }
  const bySize = Array.from(sums.keys()).sort((a, b) => communities.sizes[b] - communities.sizes[a] || a - b);
  return bySize.map((community, rank) => {
    const { x, y, first } = sums[community];
    const size = communities.sizes[community];
    const label = communities.names?.[community] || labelOf(graph, first);
    return {
      type: 'Feature',
      id: community,
      properties: { community, label, size, zoom: zoomOf(rank, firstCounts.communities) },
      geometry: { type: 'Point', coordinates: toSquare(world, x / size, y / size) },
    };
  });
}

function annotationsOf(map: GraphMap, world: Box): VectorFeature[] {
  return map.annotations.map((annotation, id) => ({
    type: 'Feature',
    id,
    properties: { ...annotationAttributes(annotation), zoom: 0 },
    geometry: movedShape(annotation.shape, ([x, y]) => toSquare(world, x, y)),
  }));
}

/** What is said of an annotation: its evidence by name, and over it kind, label, description and width. */
export function annotationAttributes({ kind, label, description, evidence, width }: Annotation): Attributes {
  return { ...evidence, kind, label, description, width };
}

/** Nodes in the order in which they are labelled, then those without a name. */
function importantFirst({ graph, labels }: GraphMap): number[] {
  return [...new Set([...labels.nodes, ...Array(graph.nodeCount).keys()])];
}

/** The zoom at which a rank comes in. */
function zoomOf(rank: number, firstCount: number): number {
  return Math.max(0, Math.ceil(Math.log((rank + 1) / firstCount) / Math.log(4)));
}

/** The row's values of all columns that have one, by name; positions are the geometry. */
function valuesOf(columns: Columns, row: number): Attributes {
  const told = columns.filter(({ role, missing }) => role !== 'x' && role !== 'y' && !missing?.[row]);
  return Object.fromEntries(
    told.map((column) => [column.name, column.kind === 'number' ? column.values[row] : textOf(column, row)]),
  );
}
