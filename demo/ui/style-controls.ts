import {
  type ColorSource,
  type Column,
  type CommunityMethod,
  defaultMapSettings,
  type HillshadeMethod,
  type SizeSource,
} from '../../engine/index.ts';
import { type Actions, onChange, type Show, type State } from '../state.ts';
import { type Control, createControls } from './control.ts';
import { byId } from './dom.ts';

/** The controls of relief, links, nodes, labels and palette. */
export function createStyleControls(actions: Actions): Show {
  const palette = byId('palette');
  palette.addEventListener('click', () =>
    actions.restyle({ palette: document.documentElement.dataset['palette'] === 'dark' ? 'light' : 'dark' }),
  );
  const shows = [
    createControls(byId('relief-controls'), reliefControls(actions)),
    createControls(byId('edge-controls'), edgeControls(actions)),
    createControls(byId('node-controls'), [...nodeControls(actions), ...labelControls(actions)]),
  ];
  return onChange(
    ({ settings, file }) => [settings, file],
    (state) => {
      const isDark = state.settings.palette === 'dark';
      document.documentElement.dataset['palette'] = state.settings.palette;
      palette.setAttribute('aria-pressed', String(isDark));
      for (const show of shows) show(state);
    },
  );
}

const methods: readonly (readonly [HillshadeMethod, string])[] = [
  ['basic', 'basic'],
  ['standard', 'standard'],
  ['combined', 'combined'],
  ['igor', 'Igor'],
  ['multidirectional', 'multidirectional'],
];

function reliefControls({ restyle }: Actions): Control[] {
  const isShown = ({ settings }: State) => settings.relief.show;
  const range = (
    label: string,
    name: 'azimuth' | 'altitude' | 'zFactor',
    [least, most, step]: readonly [number, number, number],
    unit = '',
  ): Control => ({
    kind: 'range',
    label,
    ...{ least, most, step, unit, when: isShown },
    read: ({ settings }) => settings.relief[name],
    change: (value) => restyle({ relief: { [name]: value } }),
  });
  return [
    {
      kind: 'switch',
      label: 'Show relief',
      read: ({ settings }) => settings.relief.show,
      change: (show) => restyle({ relief: { show } }),
    },
    range('Azimuth of the light', 'azimuth', [0, 360, 1], '°'),
    range('Altitude of the light', 'altitude', [5, 90, 1], '°'),
    range('Height (z-factor)', 'zFactor', [0, 4, 0.05]),
    {
      kind: 'choice',
      label: 'Method',
      when: isShown,
      options: () => methods,
      read: ({ settings }) => settings.relief.method,
      change: (method) => restyle({ relief: { method: method as HillshadeMethod } }),
    },
    {
      kind: 'choice',
      label: 'Contour lines',
      when: isShown,
      options: () => ['0', '4', '8'].map((count) => [count, count === '0' ? 'none' : count] as const),
      read: ({ settings }) => String(settings.relief.contours.length),
      change: (count) => restyle({ relief: { contours: evenly(Number(count)) } }),
    },
  ];
}

/** So many heights between the plain and the peak, as shares of it. */
function evenly(count: number): number[] {
  return Array.from({ length: count }, (_, i) => (i + 1) / (count + 1));
}

function edgeControls({ restyle }: Actions): Control[] {
  const isShown = ({ settings }: State) => settings.edges.show;
  const range = (
    label: string,
    name: 'strength' | 'local' | 'adaptation' | 'bundling' | 'halo',
    most: number,
  ): Control => ({
    kind: 'range',
    label,
    ...{ least: 0, most, step: 0.01, when: isShown },
    read: ({ settings, map }) => (name === 'local' ? (map?.edges.local ?? 0) : settings.edges[name]),
    change: (value) => restyle({ edges: { [name]: value } }),
  });
  return [
    {
      kind: 'switch',
      label: 'Show links',
      read: ({ settings }) => settings.edges.show,
      change: (show) => restyle({ edges: { show } }),
    },
    range('Strength of long links', 'strength', 2),
    range('Share of links nearby', 'local', 1),
    range('Give way where crowded', 'adaptation', 1),
    range('Gather the links of a bridge', 'bundling', 1),
    range('Fade over other clusters', 'halo', 1),
  ];
}

const plainFonts = defaultMapSettings.labels;

const communityMethods: readonly (readonly [string, string])[] = [
  ['leiden', 'Leiden'],
  ['louvain', 'Louvain'],
  ['inference', 'statistical inference'],
  ['clique-percolation', 'clique percolation'],
];

function nodeControls({ restyle, group }: Actions): Control[] {
  const columns = ({ file }: State, fits: (column: Column) => boolean) =>
    (file?.graph.nodes ?? [])
      .filter((column) => !placeRoles.has(column.role ?? '') && fits(column))
      .map(({ name, title }) => [`column:${name}`, title] as const);
  return [
    {
      kind: 'choice',
      label: 'Clusters by',
      options: (state) => [...communityMethods, ...columns(state, ({ kind }) => kind !== 'number')],
      read: ({ file }) => methodKeyOf(file),
      change: (key) => group(sourceOf(key) as CommunityMethod),
    },
    {
      kind: 'choice',
      label: 'Colour by',
      options: (state) => [
        ['auto', 'automatic'],
        ['community', 'clusters'],
        ['plain', 'one colour'],
        ...columns(state, () => true),
      ],
      read: ({ settings }) => keyOf(settings.nodes.color),
      change: (key) => restyle({ nodes: { color: sourceOf(key) as ColorSource } }),
    },
    {
      kind: 'choice',
      label: 'Size by',
      options: (state) => [
        ['auto', 'automatic'],
        ['degree', 'number of links'],
        ['equal', 'all equal'],
        ...columns(state, ({ kind }) => kind === 'number'),
      ],
      read: ({ settings }) => keyOf(settings.nodes.size),
      change: (key) => restyle({ nodes: { size: sourceOf(key) as SizeSource } }),
    },
    {
      kind: 'range',
      label: 'Node size',
      ...{ least: 0.25, most: 4, step: 0.05, unit: '×' },
      read: ({ settings }) => settings.nodes.scale,
      change: (scale) => restyle({ nodes: { scale } }),
    },
  ];
}

function labelControls({ restyle }: Actions): Control[] {
  const when = ({ settings }: State) => settings.labels.show;
  return [
    {
      kind: 'switch',
      label: 'Show labels',
      read: ({ settings }) => settings.labels.show,
      change: (show) => restyle({ labels: { show } }),
    },
    {
      kind: 'range',
      label: 'Labels at most',
      ...{ least: 0, most: 1000, step: 10, when },
      read: ({ settings }) => settings.labels.count,
      change: (count) => restyle({ labels: { count } }),
    },
    {
      kind: 'range',
      label: 'Label size',
      ...{ least: 0.6, most: 2, step: 0.05, unit: '×', when },
      read: ({ settings }) => settings.labels.maxSize / plainFonts.maxSize,
      change: (by) => restyle({ labels: { minSize: plainFonts.minSize * by, maxSize: plainFonts.maxSize * by } }),
    },
  ];
}

/** Columns that say where and how a node is drawn or named, not what it is. */
const placeRoles: ReadonlySet<string> = new Set(['id', 'label', 'x', 'y', 'z', 'shape']);

function methodKeyOf(file: State['file']): string {
  const method = file?.communities.method ?? 'leiden';
  return typeof method === 'object' ? `column:${method.column}` : method;
}

function keyOf(source: SizeSource | ColorSource): string {
  return typeof source === 'object' ? `column:${source.column}` : source;
}

function sourceOf(key: string): string | { readonly column: string } {
  return key.startsWith('column:') ? { column: key.slice('column:'.length) } : key;
}
