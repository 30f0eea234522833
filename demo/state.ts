import {
  type Annotation,
  type Communities,
  type CommunityMethod,
  defaultMapSettings,
  type FormatName,
  type GraphMap,
  type MapSettings,
  type PackedGraph,
  type PartialMapSettings,
  type Phase,
  type Positions,
  type Stopped,
  type View,
  type Warning,
} from '../engine/index.ts';

/** What was opened. */
export interface OpenFile {
  readonly name: string;
  readonly format: FormatName;
  readonly warnings: readonly Warning[];
  readonly graph: PackedGraph;
  readonly communities: Communities;
  /** Positions that came with the file, if any. */
  readonly positions: Positions | undefined;
}

/** How a layout is to be made. */
export interface LayoutChoices {
  readonly plan: 'map' | 'gephi';
  readonly seed: number;
  /** When it ends: once it is at rest, or after `iterations`. */
  readonly end: 'rest' | 'count';
  readonly iterations: number;
  /** Settings of the Gephi plan that were changed from Gephi's defaults. */
  readonly overrides: Readonly<Record<string, number | boolean>>;
}

/** How the layout stands; `as-read` means that the file's own positions are shown. */
export type RunState =
  | { readonly kind: 'none' | 'as-read' }
  | {
      readonly kind: 'running' | 'paused' | 'finished';
      readonly iteration: number;
      readonly iterations: number;
      readonly plan: readonly Phase[];
      readonly choices: LayoutChoices;
      /** Why it is finished, where it is. */
      readonly stopped?: Stopped | undefined;
    };

/** Landmarks, bridges, areas and borders over the map; those of the engine are made anew with each layout. */
export interface Marks {
  readonly list: readonly Annotation[];
  readonly origin: 'none' | 'proposed' | 'edited';
}

/** All that the page shows, as plain data. Every event makes a new state; every part of the page is drawn from it. */
export interface State {
  readonly file: OpenFile | undefined;
  readonly map: GraphMap | undefined;
  readonly view: View;
  /** A fitted view follows the map as it grows; a free one stays where the reader put it. */
  readonly camera: 'fitted' | 'free';
  readonly run: RunState;
  readonly settings: MapSettings;
  readonly choices: LayoutChoices;
  readonly hovered: number | undefined;
  readonly pinned: number | undefined;
  readonly marks: Marks;
  /** Their numbers in the list. */
  readonly hoveredMark: number | undefined;
  readonly pinnedMark: number | undefined;
  /** Nodes that stay where they are, whatever pulls them. */
  readonly held: readonly number[];
  /** The node under the reader's hand, and where it is, in layout units. */
  readonly dragged: { readonly node: number; readonly x: number; readonly y: number } | undefined;
  /** What is being done besides the layout: a file read, a picture saved. */
  readonly task: string | undefined;
  readonly trouble: string | undefined;
  /** The GPU that draws, and the device that lays out, in words. */
  readonly devices: readonly string[];
}

/** Replaces parts of the state and has the page drawn anew. */
export type Update = (change: Partial<State>) => void;

/** Draws one part of the page from the state. */
export type Show = (state: State) => void;

/** What a reader can ask for. Each ends in new states. */
export interface Actions {
  open(file: Blob, name: string): void;
  openSample(): void;
  play(): void;
  pause(): void;
  restart(): void;
  restyle(changes: PartialMapSettings): void;
  /** Finds the clusters anew by this method, or takes them from a column. */
  group(method: CommunityMethod): void;
  choose(changes: Partial<LayoutChoices>): void;
  hover(node: number | undefined): void;
  pin(node: number | undefined): void;
  fly(node: number): void;
  /** Takes a node along to this place, in layout units. */
  drag(node: number, x: number, y: number): void;
  /** Lets go of the dragged node, or leaves it held where it is. */
  drop(staysHeld: boolean): void;
  /** Holds a node where it is, or no longer. */
  hold(node: number, isHeld: boolean): void;
  look(view: View): void;
  /** Magnifies about a pixel, or about the middle of what the panel leaves free. */
  zoom(factor: number, pixelX?: number, pixelY?: number): void;
  fit(): void;
  /** Finds landmarks and bridges on the map as it is. */
  proposeMarks(): void;
  openMarks(file: Blob, name: string): void;
  /** Takes the list as a reader has changed it. */
  editMarks(list: readonly Annotation[]): void;
  hoverMark(mark: number | undefined): void;
  pinMark(mark: number | undefined): void;
  save(what: 'view' | 'sheet' | 'gexf' | 'marks'): void;
  dismiss(): void;
}

/** No mark is hovered or pinned. */
export const noMark = { hoveredMark: undefined, pinnedMark: undefined } as const;

export const initialState: State = {
  file: undefined,
  map: undefined,
  view: { x: 0, y: 0, unitsPerPixel: 1, width: 1, height: 1, pixelRatio: 1 },
  camera: 'fitted',
  run: { kind: 'none' },
  settings: defaultMapSettings,
  choices: { plan: 'map', seed: 1, end: 'rest', iterations: 800, overrides: {} },
  hovered: undefined,
  pinned: undefined,
  marks: { list: [], origin: 'none' },
  hoveredMark: undefined,
  pinnedMark: undefined,
  held: [],
  dragged: undefined,
  task: undefined,
  trouble: undefined,
  devices: [],
};

/** Runs `work` only when one of the values that it depends on is another than last time. */
export function onChange(valuesOf: (state: State) => readonly unknown[], work: Show): Show {
  let last: readonly unknown[] | undefined;
  return (state) => {
    const values = valuesOf(state);
    if (last?.every((value, i) => Object.is(value, values[i]))) return;
    last = values;
    work(state);
  };
}
