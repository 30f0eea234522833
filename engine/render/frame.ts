import type { Regl, DynamicVariable as ReglVariable } from 'regl';
import type { Emphasis } from '../map/emphasis.ts';
import type { GraphMap, MapScale } from '../map/graph-map.ts';
import { perspectiveOf, type View } from '../map/view.ts';

/** A part of a drawing, in device pixels from its top left. */
export interface Tile {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What every layer needs to draw one tile of one view. */
export interface Frame {
  readonly map: GraphMap;
  readonly view: View;
  readonly tile: Tile;
  readonly scale: MapScale;
  readonly emphasis?: Emphasis | undefined;
  /** Whether the legend is drawn in a corner. */
  readonly legend: boolean | 'compact';
  /** CSS pixels along the drawing's border that no text may touch. */
  readonly inset: number;
  /** False for a map that is laid over something else: its paper is then clear, and hills fade out into it. */
  readonly isOnPaper: boolean;
  /** Font size of the title across the top, CSS pixels; 0 for none. */
  readonly heading: number;
}

/** The width of a text in the unit of its size; strong text is bold. */
export type MeasureFont = (text: string, size: number, font: string, strong?: boolean) => number;

/** A layer draws a frame; its resources derive from what the frame holds, and end with `dispose`. */
export interface Layer {
  draw(frame: Frame): void;
  dispose(): void;
}

/** The uniforms that place layout units in a drawing, and the drawing in its tile; shared by all layers. Matrices by columns. */
export function placement({ view, tile }: Pick<Frame, 'view' | 'tile'>): {
  viewCenter: [number, number];
  viewMiddle: [number, number];
  turn: [number, number, number, number];
  unturn: [number, number, number, number];
  away: [number, number];
  scale: number;
  tileOrigin: [number, number];
  tileSize: [number, number];
} {
  const { right, down, away } = perspectiveOf(view);
  const [a, b, c, d] = [...right, ...down].map((share) => share * view.pixelRatio);
  const area = a * d - b * c;
  return {
    viewCenter: [view.x, view.y],
    viewMiddle: [(view.width * view.pixelRatio) / 2, (view.height * view.pixelRatio) / 2],
    turn: [a, c, b, d],
    unturn: [d / area, -c / area, -b / area, a / area],
    away: [...away],
    scale: Math.sqrt(Math.abs(area)),
    tileOrigin: [tile.x, tile.y],
    tileSize: [tile.width, tile.height],
  };
}

/** A colour as shares of 1. */
export function rgb(color: number): [number, number, number] {
  return [(color >> 16) / 255, ((color >> 8) & 255) / 255, (color & 255) / 255];
}

/** Keeps what `make` made of the last input, and makes it anew when the input is another object. */
export function derived<Input extends object, Resource>(
  make: (input: Input) => Resource,
  destroy: (resource: Resource) => void,
): { of(input: Input): Resource; dispose(): void } {
  let last: { input: Input; resource: Resource } | undefined;
  const dispose = (): void => {
    if (last !== undefined) destroy(last.resource);
    last = undefined;
  };
  return {
    of(input) {
      if (last?.input !== input) {
        dispose();
        last = { input, resource: make(input) };
      }
      return last.resource;
    },
    dispose,
  };
}

/** Straight-alpha layers over what is there; the result of a premultiplied source. */
export const premultiplied = {
  enable: true,
  func: { srcRGB: 'one', srcAlpha: 'one', dstRGB: 'one minus src alpha', dstAlpha: 'one minus src alpha' },
} as const;

/** Whether two lists hold the same values: the key of what is kept, and that of what is asked for. */
export function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** Corners of the one triangle that covers a tile; of a stroke (along, side); of a quad about its middle. */
export const sheetCorners = [-1, -1, 3, -1, -1, 3];
export const strokeCorners = [0, -1, 1, -1, 0, 1, 0, 1, 1, -1, 1, 1];
export const quadCorners = [-1, -1, 1, -1, -1, 1, -1, 1, 1, -1, 1, 1];

/** The names of `placement`. */
export const placementUniforms = [
  'viewCenter',
  'viewMiddle',
  'turn',
  'unturn',
  'away',
  'scale',
  'tileOrigin',
  'tileSize',
] as const;

/** The uniforms of every mark that is placed by a node's position. */
export const markUniforms = ['positions', 'positionsSize', ...placementUniforms] as const;

/** Uniforms that a regl command takes, by the same names, from what it is called with. */
export function props<Name extends string>(regl: Regl, names: readonly Name[]): Record<Name, ReglVariable<unknown>> {
  return Object.fromEntries(names.map((name) => [name, regl.prop<Record<Name, unknown>, Name>(name)])) as Record<
    Name,
    ReglVariable<unknown>
  >;
}
