import { type GraphMap, restyleMap, type View } from '../../engine/index.ts';

/** Draws a map on whatever canvas: RGBA, rows from the top. */
export type Draw = (map: GraphMap, view: View) => Uint8Array;

/** A way to draw edges on the same relief and under the same nodes. */
export interface Encoding {
  readonly name: string;
  /** Whether the strokes of a bridge are gathered, by the map's settings; else all run straight. */
  readonly isBundled?: boolean;
  draw(map: GraphMap, view: View, draw: Draw): Uint8Array;
}

/** Labels and legend would hide strokes that the encoding shows. */
export function baseMap(map: GraphMap): GraphMap {
  return restyleMap(map, { labels: { show: false } });
}

export const isthmus: Encoding = { name: 'isthmus', isBundled: true, draw: (map, view, draw) => draw(map, view) };

/** Ours as a reader has it, with names over it. */
export const isthmusWithNames: Encoding = {
  name: 'isthmus, with names',
  isBundled: true,
  draw: (map, view, draw) => draw(restyleMap(map, { labels: { show: true } }), view),
};

/** Ours without its lanes. */
export const isthmusStraight: Encoding = {
  name: 'isthmus, no bundling',
  draw: (map, view, draw) => draw(restyleMap(map, { edges: { bundling: 0 } }), view),
};

/** Every edge as opaque as any other. */
export function uniformOpacity(opacity: number): Encoding {
  return blended(`uniform opacity ${opacity}`, () => opacity);
}

/** The longer, the more opaque: in proportion to the length, `opacity` for the longest. */
export function opacityByLength(opacity: number): Encoding {
  return blended(`opacity by length, at most ${opacity}`, (length, longest) => (opacity * length) / longest);
}

/** As cosmos.gl fades links by default: full up to 50 pixels of length, a quarter from 150 on. */
export function fadeByLength(opacity: number): Encoding {
  const fade = (length: number) => Math.max(0.25, Math.min(1, (150 - length) / 100));
  return blended(`fade by length, at most ${opacity}`, (length) => opacity * fade(length));
}

/** Opacity by the rank of a pixel's number of strokes among all pixels with any (datashader's `eq_hist`). */
export const histogramEqualisation: Encoding = {
  name: 'histogram equalisation',
  draw(map, view, draw) {
    const land = draw(restyleMap(map, { edges: { show: false }, nodes: { scale: 0 } }), view);
    const populated = draw(restyleMap(map, { edges: { show: false } }), view);
    const paper = restyleMap(map, { relief: { show: false }, nodes: { scale: 0 } });
    const ranks = ranksOf(
      draw(
        withOpacity(paper, view, () => countingOpacity),
        view,
      ),
    );
    const ink = [map.palette.bridge >> 16, (map.palette.bridge >> 8) & 255, map.palette.bridge & 255];
    return land.map((ground, i) => {
      if (i % 4 === 3 || populated[i] !== ground) return populated[i];
      return Math.round(ground + (ink[i % 4] - ground) * ranks[i >> 2]);
    });
  },
};

/** So faint that some 300 strokes on one pixel can be told from more, yet each from the next where they are few. */
const countingOpacity = 0.02;

/** For every pixel the share of pixels with strokes that are as light as it or lighter; 0 for bare paper. */
function ranksOf(pixels: Uint8Array): Float64Array {
  const tallies = new Float64Array(256);
  for (let i = 0; i < pixels.length; i += 4) tallies[pixels[i]]++;
  const inked = tallies.reduce((sum, tally) => sum + tally, -tallies[255]);
  const shares = new Float64Array(256);
  for (let tone = 254; tone >= 0; tone--) shares[tone] = shares[tone + 1] + tallies[tone] / inked;
  return Float64Array.from({ length: pixels.length / 4 }, (_, i) => shares[pixels[4 * i]]);
}

function blended(name: string, opacityOf: OpacityOf): Encoding {
  return { name, draw: (map, view, draw) => draw(withOpacity(map, view, opacityOf), view) };
}

/** The opacity of a stroke by its length and that of the longest, CSS pixels. */
type OpacityOf = (length: number, longest: number) => number;

/**
 * The map with plain strokes, one pixel wide, blended over one another: opacities α of strokes on one pixel make
 * 1 − Π(1 − α), and energies −ln(1 − α) that add up make the same.
 */
function withOpacity(map: GraphMap, view: View, opacityOf: OpacityOf): GraphMap {
  const { positions } = map;
  const { ends } = map.edges;
  const lengths = Float64Array.from({ length: ends.length / 2 }, (_, e) => {
    const [a, b] = [2 * ends[2 * e], 2 * ends[2 * e + 1]];
    return Math.hypot(positions[a] - positions[b], positions[a + 1] - positions[b + 1]) / view.unitsPerPixel;
  });
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const energy = Float32Array.from(lengths, (length) => -Math.log(1 - Math.min(0.99, opacityOf(length, longest))));
  const styled = restyleMap(map, { edges: { strength: 1, cap: 1, width: 1, adaptation: 0, bundling: 0, halo: 0 } });
  return { ...styled, edges: { ...map.edges, energy, nonlocal: new Uint8Array(energy.length).fill(1) } };
}
