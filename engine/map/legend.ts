import type { AnnotationKind } from './annotations/annotation.ts';
import type { GraphMap } from './graph-map.ts';
import type { CategoryEntry } from './node-colors.ts';
import { radiusOf } from './node-marks.ts';
import type { Color } from './palettes.ts';

/** What the marks of a map mean, for a legend on paper or beside the page's canvas. */
export interface Legend {
  readonly title: string;
  readonly counts: string;
  readonly sizes?: {
    readonly title: string;
    readonly circles: readonly { readonly value: string; readonly radius: number }[];
  };
  readonly colors?:
    | {
        readonly kind: 'categories';
        readonly title: string;
        readonly entries: readonly CategoryEntry[];
        readonly others: number;
      }
    | {
        readonly kind: 'scale';
        readonly title: string;
        readonly low: string;
        readonly high: string;
        readonly colors: readonly Color[];
      };
  readonly edges?: { readonly nonlocal: string; readonly local: string };
  /** The kinds of marks over the map, those that are there. */
  readonly annotations?: readonly { readonly kind: AnnotationKind; readonly text: string }[];
  readonly relief?: string;
  /** The distance Δ that counts as near, in layout units: a scale bar of the map. */
  readonly delta?: number;
  readonly notes: readonly string[];
}

const shownCategories = 8;

/** Reads the legend off a map. */
export function describeLegend(map: GraphMap): Legend {
  const { graph, nodes, settings, closeness } = map;
  const format = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
  const [low, high] = nodes.size.range;
  const far = map.edges.nonlocal.reduce((sum, one) => sum + one, 0);
  const share = Math.round((100 * far) / Math.max(1, graph.edgeCount));
  const key = nodes.colorKey;
  return {
    title: map.title,
    counts: `${countOf(graph.nodeCount, 'node')}, ${countOf(graph.edgeCount, 'edge')}`,
    ...(high > low && {
      sizes: {
        title: nodes.size.title,
        circles: [low, low + (high - low) / 4, high].map((value) => ({
          value: format.format(value),
          radius: radiusOf(nodes.size, value),
        })),
      },
    }),
    ...(key.kind === 'categories' && {
      colors: {
        kind: key.kind,
        title: key.title,
        entries: key.entries.slice(0, shownCategories),
        others: Math.max(0, key.entries.length - shownCategories),
      },
    }),
    ...(key.kind === 'scale' && {
      colors: {
        kind: key.kind,
        title: key.title,
        low: format.format(key.range[0]),
        high: format.format(key.range[1]),
        colors: map.palette.scale,
      },
    }),
    ...(settings.edges.show && {
      edges: { nonlocal: `long edges between clusters (${share} % of all)`, local: 'edges nearby' },
    }),
    ...(settings.annotations.show && { annotations: kindsOn(map) }),
    ...(settings.relief.show && { relief: 'Hills: many nodes close together' }),
    ...(closeness.applicable && { delta: closeness.deltaMax }),
    notes: map.notes,
  };
}

const kindTexts: Readonly<Record<AnnotationKind, string>> = {
  landmark: 'landmark: a cluster with a place',
  bridge: 'bridge between clusters far apart',
  area: 'area',
  border: 'border',
};

function kindsOn({ annotations }: GraphMap): NonNullable<Legend['annotations']> {
  const present = new Set(annotations.map(({ kind }) => kind));
  return (Object.keys(kindTexts) as AnnotationKind[])
    .filter((kind) => present.has(kind))
    .map((kind) => ({ kind, text: kindTexts[kind] }));
}

function countOf(number: number, noun: string): string {
  return `${new Intl.NumberFormat('en').format(number)} ${noun}${number === 1 ? '' : 's'}`;
}
