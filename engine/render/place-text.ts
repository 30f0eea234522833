import type { Box } from '../base/box.ts';
import { type PlacedName, placeNames } from '../map/annotations/place.ts';
import type { Emphasis } from '../map/emphasis.ts';
import { type GraphMap, type MapScale, scaleOf } from '../map/graph-map.ts';
import { type Labels, lineOf, type PlacedLabel, placeLabels } from '../map/labels.ts';
import { defaultMapSettings } from '../map/settings.ts';
import type { View } from '../map/view.ts';
import type { MeasureFont } from './frame.ts';
import { type LegendLayout, layOutLegend } from './legend-block.ts';
import { type PlacedHeading, placeHeading } from './place-heading.ts';

/** What is written on a drawing, and where: the same for all its tiles, on a screen and as vectors. */
export interface PlacedText {
  readonly labels: readonly PlacedLabel[];
  /** The nodes among them that are shown in the accent colour. */
  readonly strong: ReadonlySet<number>;
  readonly names: readonly PlacedName[];
  readonly legend?: LegendLayout | undefined;
  readonly heading?: PlacedHeading | undefined;
}

/** How text is placed. */
export interface TextOptions {
  readonly emphasis?: Emphasis | undefined;
  readonly legend?: boolean | 'compact' | undefined;
  /** CSS pixels along the border of the drawing that no text may touch (default 0). */
  readonly inset?: number | undefined;
  /** Font size in CSS pixels of the map's title across the top; the legend then has none (default 0: no title there). */
  readonly heading?: number | undefined;
}

/** Finds places for the title and the legend, then for the names of annotations, then for those of nodes; none touches another. */
export function placeText(map: GraphMap, view: View, options: TextOptions, measure: MeasureFont): PlacedText {
  const { inset = 0, heading: headingSize = 0 } = options;
  const { annotations, labels } = map.settings;
  const strong = new Set(options.emphasis?.nodes);
  const scale = scaleOf(map, view);
  const heading =
    headingSize > 0 && map.title !== '' ? placeHeading(map, view, { size: headingSize, inset }, measure) : undefined;
  const legend = options.legend
    ? layOutLegend(map, view, { inset, heading: heading?.box, isCompact: options.legend === 'compact' }, measure)
    : undefined;
  const blocks = [heading, legend].flatMap((block) => (block === undefined ? [] : [block.box]));
  const keepOut = [...blocks, ...(inset > 0 ? bordersOf(view, inset) : [])];
  const { names, taken } = annotations.show
    ? placeNames({
        annotations: map.annotations,
        view,
        // The names of annotations keep their rank among labels that were set larger or smaller.
        textScale: (scale.text * labels.maxSize) / defaultMapSettings.labels.maxSize,
        lineScale: scale.line,
        measure: (text, size) => measure(text, size, labels.font, true),
        keepOut,
      })
    : { names: [], taken: [] };
  const isLabelled = labels.show || strong.size > 0;
  const named = nodesNamedBy(names, map);
  const isNew = (node: number): boolean => !named.has(node) || strong.has(node);
  const unnamed = named.size === 0 ? map : { ...map, labels: onlyLabels(map.labels, isNew) };
  const placed = isLabelled ? placeNodeLabels(unnamed, view, scale, strong, measure, [...keepOut, ...taken]) : [];
  return { labels: placed, strong, names, legend, heading };
}

/** The nodes whose names landmarks bear, each the nearest to its landmark: said twice side by side, a name looks like two. */
function nodesNamedBy(names: readonly PlacedName[], { labels, positions }: GraphMap): ReadonlySet<number> {
  const nearest = new Map<string, { readonly x: number; readonly y: number; node: number; distance: number }[]>();
  for (const { annotation } of names) {
    const { kind, shape, label } = annotation;
    if (kind !== 'landmark' || shape.type !== 'Point') continue;
    const [x, y] = shape.coordinates;
    const text = lineOf(label);
    nearest.set(text, [...(nearest.get(text) ?? []), { x, y, node: -1, distance: Infinity }]);
  }
  if (nearest.size === 0) return new Set();
  for (const [i, node] of labels.nodes.entries()) {
    for (const found of nearest.get(labels.texts[i]) ?? []) {
      const distance = Math.hypot(positions[2 * node] - found.x, positions[2 * node + 1] - found.y);
      if (distance < found.distance) Object.assign(found, { node, distance });
    }
  }
  return new Set([...nearest.values()].flat().map(({ node }) => node));
}

function onlyLabels({ nodes, texts, sizes }: Labels, isWanted: (node: number) => boolean): Labels {
  const order = Array.from(nodes.keys()).filter((i) => isWanted(nodes[i]));
  return {
    nodes: Uint32Array.from(order, (i) => nodes[i]),
    texts: order.map((i) => texts[i]),
    sizes: Float32Array.from(order, (i) => sizes[i]),
  };
}

function placeNodeLabels(
  map: GraphMap,
  view: View,
  scale: MapScale,
  strong: ReadonlySet<number>,
  measure: MeasureFont,
  keepOut: readonly Box[],
): PlacedLabel[] {
  const { show, count, font } = map.settings.labels;
  return placeLabels({
    labels: strong.size === 0 ? map.labels : emphasised(map.labels, strong, show),
    positions: map.positions,
    radius: map.nodes.radius,
    view,
    nodeScale: scale.node,
    textScale: scale.text,
    count: show ? count : strong.size,
    measure: (text, size, node) => measure(text, size, font, strong.has(node)),
    keepOut,
  });
}

/** The labels with the wanted ones first and no smaller than 11 pixels, whatever their importance; or these alone. */
function emphasised({ nodes, texts, sizes }: Labels, wanted: ReadonlySet<number>, withOthers: boolean): Labels {
  const order = Array.from(nodes.keys());
  const first = order.filter((i) => wanted.has(nodes[i]));
  const ranked = withOthers ? [...first, ...order.filter((i) => !wanted.has(nodes[i]))] : first;
  return {
    nodes: Uint32Array.from(ranked, (i) => nodes[i]),
    texts: ranked.map((i) => texts[i]),
    sizes: Float32Array.from(ranked, (i) => (wanted.has(nodes[i]) ? Math.max(sizes[i], 11) : sizes[i])),
  };
}

function bordersOf({ width, height }: View, inset: number): Box[] {
  return [
    { minX: 0, minY: 0, maxX: width, maxY: inset },
    { minX: 0, minY: height - inset, maxX: width, maxY: height },
    { minX: 0, minY: 0, maxX: inset, maxY: height },
    { minX: width - inset, minY: 0, maxX: width, maxY: height },
  ];
}
