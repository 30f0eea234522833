import { type Box, boxOf, commonBox, squareAround } from '../base/box.ts';
import { IsthmusError } from '../base/errors.ts';
import { earthBox } from '../base/mercator.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import { type Relief, relief as reliefOf } from '../relief/relief.ts';
import { type Closeness, connectedCloseness } from '../structure/closeness.ts';
import { type Communities, communities as communitiesOf } from '../structure/communities.ts';
import { nonlocalEdges } from '../structure/nonlocal.ts';
import type { Annotation } from './annotations/annotation.ts';
import { type EdgeMarks, edgeMarks, localEnergy, sheetOf } from './edge-marks.ts';
import { greatCircles } from './great-circles.ts';
import { type Labels, rankLabels } from './labels.ts';
import { type NodeMarks, nodeMarks } from './node-marks.ts';
import { type Palette, paletteOf } from './palettes.ts';
import { checkMapSettings, type MapSettings, type PartialMapSettings } from './settings.ts';
import type { View } from './view.ts';

/** What is to be seen, as plain data and without pixels: everything that a renderer needs, and nothing it has to compute. */
export interface GraphMap {
  readonly graph: PackedGraph;
  readonly positions: Positions;
  /**
   * The box around all nodes, and the sheet: that box with the margin that the relief's slopes need, and strokes along great
   * circles.
   */
  readonly bounds: Box;
  readonly sheet: Box;
  /** Whether nodes lie where they do on the Earth, in Web Mercator within `earthBox`; the sheet then ends where the Earth does. */
  readonly isGeographic: boolean;
  /** The square that web maps take for the whole Earth: `earthBox` of a geographic map, else the one around the sheet. */
  readonly world: Box;
  readonly relief: Relief;
  readonly communities: Communities;
  /** What counts as near: the least distance that says most about who is linked. */
  readonly closeness: Closeness;
  readonly nodes: NodeMarks;
  readonly edges: EdgeMarks;
  readonly labels: Labels;
  /** Marks over the base map, those to be labelled first in front. */
  readonly annotations: readonly Annotation[];
  readonly palette: Palette;
  readonly settings: MapSettings;
  /** The title, and sentences about how the map was made. */
  readonly title: string;
  readonly notes: readonly string[];
}

/** Options of `createMap`; stages that were already computed are used, the others are run. */
export interface MapOptions {
  readonly settings?: PartialMapSettings | undefined;
  readonly relief?: Relief | undefined;
  readonly communities?: Communities | undefined;
  readonly closeness?: Closeness | undefined;
  /** Seed of the sampled measures and of the communities (default 1). */
  readonly seed?: number | undefined;
  readonly annotations?: readonly Annotation[] | undefined;
  /** Whether the positions are those of `geographicPositions` (default false). */
  readonly isGeographic?: boolean | undefined;
  readonly title?: string | undefined;
  readonly notes?: readonly string[] | undefined;
}

/**
 * Makes a map of a graph that has been laid out.
 *
 * @throws UsageError if a setting is out of its range or names a column that does not exist, or if a geographic map's nodes
 * lie beyond the Earth.
 */
export function createMap(graph: PackedGraph, positions: Positions, options: MapOptions = {}): GraphMap {
  const seed = options.seed ?? 1;
  const settings = checkMapSettings(options.settings);
  const palette = paletteOf(settings.palette);
  const isGeographic = options.isGeographic ?? false;
  if (isGeographic) checkOnEarth(positions);
  const relief = options.relief ?? reliefOf(positions);
  const communities = options.communities ?? communitiesOf(graph, { seed });
  const closeness = options.closeness ?? connectedCloseness(graph, positions, { seed });
  const nodes = nodeMarks({ graph, positions, communities, palette, settings: settings.nodes });
  const map = {
    ...{ graph, positions, relief, communities, closeness, nodes, palette, settings, isGeographic },
    labels: rankLabels(graph, communities, nodes.size.values, settings.labels),
    annotations: options.annotations ?? [],
    title: options.title ?? graph.attributes['title'] ?? '',
    notes: options.notes ?? [],
  };
  const edges = edgesOf(map);
  return { ...map, edges, ...extentOf({ ...map, edges }) };
}

function checkOnEarth(positions: Positions): void {
  // Positions are floats, which may round the border's outwards.
  const most = Math.fround(earthBox.maxX);
  const stray = positions.find((value) => !(Math.abs(value) <= most));
  if (stray === undefined) return;
  const message = `A geographic map has coordinates from −1,000π to 1,000π, as geographicPositions gives them, but ${stray} came.`;
  throw new IsthmusError('UsageError', message);
}

/** Strokes of a map whose other parts are there. */
function edgesOf(map: Omit<GraphMap, 'edges' | 'bounds' | 'sheet' | 'world'>): EdgeMarks {
  const { graph, positions, communities, closeness, relief, settings, isGeographic } = map;
  const { local, path, bundling } = settings.edges;
  if (path === 'great-circle' && !isGeographic) {
    const message =
      'The setting edges.path is great-circle, but the map is not geographic: its nodes lie on no sphere.';
    throw new IsthmusError('UsageError', message);
  }
  return edgeMarks({
    ...{ graph, positions, nonlocal: nonlocalEdges(graph, positions, communities, closeness.deltaMax) },
    local: local === 'auto' ? localEnergy(graph.edgeCount) : local,
    ground: groundOf(relief, isGeographic),
    greatCircleBundling: isGeographic && path !== 'straight' ? bundling : undefined,
  });
}

/** The relief's box, as far as it lies on the Earth where it has to. */
function groundOf({ field }: Relief, isGeographic: boolean): Box {
  return isGeographic ? commonBox(field.box, earthBox) : field.box;
}

/** What part of the plane there is: nodes, ground, and strokes that leave it. */
function extentOf(map: Pick<GraphMap, 'positions' | 'relief' | 'isGeographic' | 'edges'>) {
  const { positions, relief, isGeographic, edges } = map;
  const sheet = sheetOf(groundOf(relief, isGeographic), edges.courses);
  return { bounds: boxOf(positions), sheet, world: isGeographic ? earthBox : squareAround(sheet) };
}

/** The same map in other clothes: only what the settings touch is made anew. @throws UsageError as `createMap` does. */
export function restyleMap(map: GraphMap, changes: PartialMapSettings): GraphMap {
  const before = map.settings;
  const settings = checkMapSettings(changes, before);
  const { graph, positions, communities } = map;
  const palette = paletteOf(settings.palette);
  const isRepainted = palette !== map.palette || settings.nodes !== before.nodes;
  const nodes = isRepainted
    ? nodeMarks({ graph, positions, communities, palette, settings: settings.nodes })
    : map.nodes;
  const isRelabelled = isRepainted || settings.labels !== before.labels;
  const labels = isRelabelled ? rankLabels(graph, communities, nodes.size.values, settings.labels) : map.labels;
  const styled = { ...map, settings, palette, nodes, labels };
  if (!isRestroked(map, settings.edges)) return styled;
  const edges = edgesOf(styled);
  return { ...styled, edges, ...extentOf({ ...styled, edges }) };
}

/** Whether strokes have to be made anew under these settings. */
function isRestroked({ settings, isGeographic }: GraphMap, { local, path, bundling }: MapSettings['edges']): boolean {
  const before = settings.edges;
  return local !== before.local || path !== before.path || (isGeographic && bundling !== before.bundling);
}

/** The map while its layout still moves: positions and relief are new, clusters and labels stay as they were. */
export function moveMap(map: GraphMap, positions: Positions, relief: Relief): GraphMap {
  const { ends, axes, courses } = map.edges;
  const moved = courses && greatCircles(ends, axes, positions, map.settings.edges.bundling);
  const edges = moved === undefined ? map.edges : { ...map.edges, courses: moved };
  return {
    ...map,
    positions,
    relief,
    edges,
    ...extentOf({ positions, relief, edges, isGeographic: map.isGeographic }),
  };
}

/** Device-independent sizes in a view: CSS pixels per unit of radius, of line width and of font size. */
export interface MapScale {
  readonly node: number;
  readonly line: number;
  readonly text: number;
}

/** How large the sheet is drawn: its longer side as a multiple of 1,200 CSS pixels. */
export function magnification({ sheet }: Pick<GraphMap, 'sheet'>, { unitsPerPixel }: View): number {
  return Math.max(sheet.maxX - sheet.minX, sheet.maxY - sheet.minY) / unitsPerPixel / 1200;
}

/** Marks grow as one comes closer, but slower than the sheet, so that crowds come apart. */
export function scaleOf(map: GraphMap, view: View): MapScale {
  const zoom = Math.max(0.25, magnification(map, view));
  return { node: zoom ** 0.65, line: zoom ** 0.3, text: zoom <= 1 ? Math.max(0.8, zoom) : zoom ** 0.35 };
}
