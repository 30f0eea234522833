import { hypsometricTint, type TintStop, tintOpacity } from '../relief/tint.ts';
import type { AnnotationKind } from './annotations/annotation.ts';

/** A colour as 0xRRGGBB, sRGB. */
export type Color = number;

/** The colours of a map, chosen together for one paper. */
export interface Palette {
  readonly name: 'light' | 'dark';
  readonly paper: Color;
  /** Colours by height (0 lowest, 1 the highest point), laid over the paper with `tintOpacity`. */
  readonly tint: readonly TintStop[];
  readonly tintOpacity: number;
  /** What the unlit side of a slope is multiplied with. */
  readonly shade: Color;
  /** Nonlocal edges, and the local ones. */
  readonly bridge: Color;
  readonly local: Color;
  /** Nodes without a colour of their own, and the ring around every node. */
  readonly node: Color;
  readonly nodeRing: Color;
  readonly label: Color;
  readonly halo: Color;
  /** What is hovered or found. */
  readonly accent: Color;
  /** Marks of the annotation layers. */
  readonly annotations: Readonly<Record<AnnotationKind, Color>>;
  /** Colours of categories. */
  readonly categories: readonly Color[];
  /** A sequential scale from low to high. */
  readonly scale: readonly Color[];
}

/** Cividis (Nuñez, Anderton, Renslow 2018), nine stops: even in lightness and the same to colour-blind readers. */
const cividis = [0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xfee838];

/** Paper, hills and ink as on a printed base map; categories are Paul Tol's "muted" scheme (SRON/EPS/TN/09-002). */
export const lightPalette: Palette = {
  name: 'light',
  paper: 0xffffff,
  tint: hypsometricTint,
  tintOpacity,
  shade: 0x1b2529,
  bridge: 0x1f3a5c,
  local: 0x47586b,
  node: 0x22313d,
  nodeRing: 0xffffff,
  label: 0x131a20,
  halo: 0xffffff,
  accent: 0xd9480f,
  annotations: { landmark: 0xc1121f, bridge: 0xe8730c, area: 0x1a5fb4, border: 0x2b8a3e },
  categories: [0xcc6677, 0x332288, 0x117733, 0x88ccee, 0x882255, 0xddcc77, 0x44aa99, 0xaa4499, 0x999933],
  scale: cividis,
};

/** A night map for screens; categories are Paul Tol's "light" scheme. */
export const darkPalette: Palette = {
  name: 'dark',
  paper: 0x0d1319,
  tint: [
    { height: 0, color: 0x101820 },
    { height: 0.144, color: 0x2b3d4d },
    { height: 0.216, color: 0x3a5063 },
    { height: 1, color: 0x6d8aa3 },
  ],
  tintOpacity: 1,
  shade: 0x02060a,
  bridge: 0xd9b779,
  local: 0x8fb0cc,
  node: 0xd5e2ec,
  nodeRing: 0x0d1319,
  label: 0xf3f6f8,
  halo: 0x0b1117,
  accent: 0xff8a4c,
  annotations: { landmark: 0xff6b6b, bridge: 0xff9f43, area: 0x74b3ff, border: 0x69db7c },
  categories: [0x77aadd, 0xee8866, 0xeedd88, 0xffaabb, 0x99ddff, 0x44bb99, 0xbbcc33, 0xaaaa00, 0xdddddd],
  scale: cividis,
};

/** The palette of that name. */
export function paletteOf(name: Palette['name']): Palette {
  return name === 'dark' ? darkPalette : lightPalette;
}
