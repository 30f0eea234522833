import { createIllumination, toneOf } from '../relief/hillshade.ts';
import { tintAt } from '../relief/tint.ts';
import type { GraphMap } from './graph-map.ts';
import type { Color } from './palettes.ts';

/** The colour that the ground tends to far from all nodes, flat and at height 0: what suits the surroundings of a sheet. */
export function groundColor({ palette, settings, relief }: Pick<GraphMap, 'palette' | 'settings' | 'relief'>): Color {
  if (!settings.relief.show || relief.peak === 0) return palette.paper;
  const tint = tintAt(palette.tint, 0);
  const shadow = 1 - toneOf(createIllumination(settings.relief)(0, 0));
  const mix = (a: number, b: number, share: number) => a + (b - a) * share;
  const channel = (shift: number) => {
    const [paper, tinted, shade] = [palette.paper, tint, palette.shade].map((color) => (color >> shift) & 0xff);
    return Math.round(mix(paper, tinted, palette.tintOpacity) * mix(1, shade / 255, shadow)) << shift;
  };
  return channel(16) | channel(8) | channel(0);
}
