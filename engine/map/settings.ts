import { IsthmusError } from '../base/errors.ts';
import { defaultHillshade, type HillshadeSettings } from '../relief/hillshade.ts';

/** Where a size or colour comes from: the file, the degree, the communities, one colour, or a column by name or title. */
export type SizeSource = 'auto' | 'file' | 'degree' | 'equal' | { readonly column: string };
export type ColorSource = 'auto' | 'file' | 'community' | 'plain' | { readonly column: string };

/** What a map should look like. Lengths are CSS pixels on a sheet 1,200 pixels wide; they grow gently as one zooms in. */
export interface MapSettings {
  readonly palette: 'light' | 'dark';
  readonly nodes: {
    readonly size: SizeSource;
    readonly color: ColorSource;
    /** Times the radii that suit the number of nodes (`defaultRadii`), 0 to 20. */
    readonly scale: number;
  };
  readonly edges: {
    readonly show: boolean;
    /** Opacity of a lone nonlocal stroke: κ in α = 1 − exp(−κ·D), 0 to 2. */
    readonly strength: number;
    /** Opacity that no bundle exceeds, 0 to 1. */
    readonly cap: number;
    /** The share of a nonlocal stroke's energy that a local edge gets, 0 to 1; `auto` is more where edges are few. */
    readonly local: number | 'auto';
    /** Line width; never less than one device pixel. */
    readonly width: number;
    /** How far what is common in a neighbourhood is taken away from its strokes: 0 nothing, 1 their local mean. */
    readonly adaptation: number;
    /** Whether strokes run straight or along great circles, the shortest ways on the Earth; `auto`: these on geographic maps, which alone can have them. */
    readonly path: 'auto' | 'straight' | 'great-circle';
    /** How closely the edges of one bridge are gathered between its ends, 0 (each runs straight) to 1 (all in one lane). */
    readonly bundling: number;
    /** How much a stroke fades over crowds of nodes that are not its own, 0 (not at all) to 1 (it vanishes there). */
    readonly halo: number;
  };
  readonly relief: HillshadeSettings & {
    readonly show: boolean;
    /** Heights of contour lines as shares of the peak, 0 to 1. */
    readonly contours: readonly number[];
  };
  readonly labels: {
    readonly show: boolean;
    /** How many labels at most in one view. */
    readonly count: number;
    /** Font size of the least and of the most important label. */
    readonly minSize: number;
    readonly maxSize: number;
    /** A CSS font family list. */
    readonly font: string;
  };
  readonly annotations: {
    readonly show: boolean;
  };
}

/** A map for the eye, light, as it is printed. */
export const defaultMapSettings: MapSettings = {
  palette: 'light',
  nodes: { size: 'auto', color: 'auto', scale: 1 },
  edges: {
    show: true,
    strength: 0.4,
    cap: 0.9,
    local: 'auto',
    width: 0.8,
    adaptation: 0.25,
    path: 'auto',
    bundling: 0.95,
    halo: 0.5,
  },
  relief: { ...defaultHillshade, show: true, contours: [] },
  labels: {
    show: true,
    count: 400,
    minSize: 8,
    maxSize: 19,
    font: '"Source Sans 3", "Noto Sans", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif',
  },
  annotations: { show: true },
};

/** Settings of which any may be left out, at both levels. */
export type PartialMapSettings = {
  readonly [Group in keyof MapSettings]?: MapSettings[Group] extends string
    ? MapSettings[Group] | undefined
    : Partial<MapSettings[Group]> | undefined;
};

const ranges: readonly (readonly [path: string, low: number, high: number, get: (s: MapSettings) => number])[] = [
  ['nodes.scale', 0, 20, (s) => s.nodes.scale],
  ['edges.strength', 0, 2, (s) => s.edges.strength],
  ['edges.cap', 0, 1, (s) => s.edges.cap],
  ['edges.local', 0, 1, (s) => (s.edges.local === 'auto' ? 0 : s.edges.local)],
  ['edges.width', 0, 20, (s) => s.edges.width],
  ['edges.adaptation', 0, 1, (s) => s.edges.adaptation],
  ['edges.bundling', 0, 1, (s) => s.edges.bundling],
  ['edges.halo', 0, 1, (s) => s.edges.halo],
  ['relief.azimuth', 0, 360, (s) => s.relief.azimuth],
  ['relief.altitude', 0, 90, (s) => s.relief.altitude],
  ['relief.zFactor', 0, 1000, (s) => s.relief.zFactor],
  ['labels.count', 0, 100_000, (s) => s.labels.count],
  ['labels.minSize', 1, 200, (s) => s.labels.minSize],
  ['labels.maxSize', 1, 200, (s) => s.labels.maxSize],
];

/** All settings, the missing ones taken from `base`; groups without changes are those of `base`. @throws UsageError naming the setting, its value and its range. */
export function checkMapSettings(
  changes: PartialMapSettings = {},
  base: MapSettings = defaultMapSettings,
): MapSettings {
  const settings: MapSettings = {
    palette: changes.palette ?? base.palette,
    nodes: changes.nodes === undefined ? base.nodes : { ...base.nodes, ...changes.nodes },
    edges: changes.edges === undefined ? base.edges : { ...base.edges, ...changes.edges },
    relief: changes.relief === undefined ? base.relief : { ...base.relief, ...changes.relief },
    labels: changes.labels === undefined ? base.labels : { ...base.labels, ...changes.labels },
    annotations: changes.annotations === undefined ? base.annotations : { ...base.annotations, ...changes.annotations },
  };
  for (const [path, low, high, get] of ranges) {
    const value = get(settings);
    if (!(value >= low && value <= high)) {
      throw new IsthmusError('UsageError', `The setting ${path} is ${value}, but it must be from ${low} to ${high}.`);
    }
  }
  if (settings.palette !== 'light' && settings.palette !== 'dark') {
    throw new IsthmusError('UsageError', `The palette is "${settings.palette}", but it must be light or dark.`);
  }
  if (!['auto', 'straight', 'great-circle'].includes(settings.edges.path)) {
    const message = `The setting edges.path is "${settings.edges.path}", but it must be auto, straight or great-circle.`;
    throw new IsthmusError('UsageError', message);
  }
  if (settings.relief.contours.length > 8) {
    throw new IsthmusError(
      'UsageError',
      `There are ${settings.relief.contours.length} contour heights, but at most 8 are drawn.`,
    );
  }
  return settings;
}
